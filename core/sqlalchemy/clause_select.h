// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sqlalchemy/clause_statements.h"

#include <optional>
#include <string>
#include <vector>

namespace sightglass {

/// What a select consists of; copied for each step of `select().where().order_by()`.
struct SelectParts
{
    std::vector<const Clause*> entities; ///< columns, tables, text
    std::vector<const Clause*> where;
    Froms from; ///< select_from()
    std::vector<const Clause*> groupBy;
    std::vector<const Clause*> having;
    std::vector<const Clause*> orderBy;
    const Clause* limit = nullptr;
    const Clause* offset = nullptr;
    bool distinct = false;
    std::vector<const Clause*> distinctOn;
    std::string locking; ///< "FOR UPDATE SKIP LOCKED"
    bool correlates = true;
    /// UNION and the like: the word, and the selects that it joins; empty: a plain select.
    std::string setWord;
    std::vector<const Clause*> members;
    std::string unknown; ///< why a part is not known; empty: all are
};

class SelectClause final : public Clause, public Sized
{
public:
    explicit SelectClause(SelectParts parts);

    std::string typeName() const override
    {
        return m_parts.setWord.empty() ? "Select" : "CompoundSelect";
    }

    std::vector<std::string> classNames() const override;
    SqlText compile(const CompileContext& context) const override;

    std::string_view statementKind() const override { return "select"; }

    Evaluated attribute(Interpreter& interpreter, std::string_view name) override;

    /// Its columns as a subquery has them; empty when they are not known.
    std::vector<FromColumn> outputColumns() const;

    const SelectParts& parts() const { return m_parts; }

    /// What stands in its FROM, joined sides left out.
    Froms displayFroms(const CompileContext& context) const;

private:
    SelectParts m_parts;
};

/// WITH … of the CTEs that a statement names; empty: none.
SqlText withText(const std::vector<const AliasClause*>& ctes, const CompileContext& context);

} // namespace sightglass
