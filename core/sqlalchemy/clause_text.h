// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sqlalchemy/clause_parts.h"

#include <map>
#include <string>
#include <utility>
#include <vector>

namespace sightglass {

/// sa.text("…"): SQL as a person wrote it. `:name` is a bind parameter where no colon, word
/// character or backslash stands before it and no colon behind; `\:` is a colon.
class TextClause final : public Element
{
public:
    explicit TextClause(std::string text)
        : m_text(std::move(text))
    {}

    std::string typeName() const override { return "TextClause"; }

    std::vector<std::string> classNames() const override;
    SqlText compile(const CompileContext& context) const override;

    std::string_view statementKind() const override { return "text"; }

    Change asChange() const override;
    Evaluated attribute(Interpreter& interpreter, std::string_view name) override;
    std::vector<std::string> openParameters() const override;
    Clause* withParameters(Interpreter& interpreter,
                           const std::vector<std::pair<std::string, Value>>& values) override;
    bool needsGroup(const Operator& against) const override;
    Known<std::string> text(Interpreter& interpreter) override;

    /// As it was written.
    const std::string& written() const { return m_text; }

private:
    std::string m_text;
    std::map<std::string, SqlText, std::less<>> m_values;
};

/// sa.DDL("…"): percent signs are doubled in it, as in %-formatting.
class DdlClause final : public Clause
{
public:
    explicit DdlClause(SqlText statement)
        : m_statement(std::move(statement))
    {}

    std::string typeName() const override { return "DDL"; }

    std::vector<std::string> classNames() const override
    {
        return {"DDL", "DDLElement", "Executable", "ClauseElement"};
    }

    SqlText compile(const CompileContext&) const override { return m_statement; }

    std::string_view statementKind() const override { return "ddl"; }

private:
    SqlText m_statement;
};

Evaluated makeText(Interpreter& interpreter, const Arguments& arguments);
Evaluated makeDdl(Interpreter& interpreter, const Arguments& arguments);

} // namespace sightglass
