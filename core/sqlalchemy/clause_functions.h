// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sqlalchemy/clause_parts.h"

#include <optional>
#include <string>
#include <vector>

namespace sightglass {

/// sa.bindparam("x", value).
class BindParameter final : public Element
{
public:
    std::string typeName() const override { return "BindParameter"; }

    std::vector<std::string> classNames() const override
    {
        return {"BindParameter", "ColumnElement", "ClauseElement"};
    }

    SqlText compile(const CompileContext& context) const override;

    Typing typing() const override { return type; }

    std::string name;
    std::optional<Value> value;
    SqlText literal = std::string();
    Typing type;
};

/// sa.func, and func.package behind it.
class FunctionGenerator final : public Object
{
public:
    explicit FunctionGenerator(std::vector<std::string> names = {})
        : m_names(std::move(names))
    {}

    std::string typeName() const override { return "_FunctionGenerator"; }

    Evaluated attribute(Interpreter& interpreter, std::string_view name) override;
    Evaluated call(Interpreter& interpreter, const Arguments& arguments) override;

private:
    std::vector<std::string> m_names;
};

/// sa.cast(expression, type).
Evaluated makeCast(Interpreter& interpreter, const Arguments& arguments);
Evaluated makeOver(Interpreter& interpreter, const Arguments& arguments);
Evaluated makeWithinGroup(Interpreter& interpreter, const Arguments& arguments);
Evaluated makeFilter(Interpreter& interpreter, const Arguments& arguments);
/// What a function has besides the operators: over, filter, within_group.
std::optional<Value>
functionMethod(Interpreter& interpreter, const Clause* self, std::string_view name);

/// A function of a module of the expression language, by its name.
struct ConstructorRow
{
    std::string_view name;
    Evaluated (*make)(Interpreter&, const Arguments&);
};

/// All that make expressions: literal, column, case, cast, and_, …
const std::vector<ConstructorRow>& expressionConstructors();

} // namespace sightglass
