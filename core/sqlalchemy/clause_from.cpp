// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/render/sql_writer.h"
#include "core/sqlalchemy/clause_select.h"
#include "core/sqlalchemy/clause_statements.h"
#include "core/sqlalchemy/items.h"

#include <algorithm>
#include <array>

namespace sightglass {

namespace {

/// `x.c`: columns by attribute and by key.
class ColumnCollection final : public Object
{
public:
    explicit ColumnCollection(const FromClause& from)
        : m_from(from)
    {}

    std::string typeName() const override { return "ColumnCollection"; }

    Evaluated attribute(Interpreter& interpreter, std::string_view name) override
    {
        if (const Clause* found = find(interpreter, name))
            return valueOf(found);
        if (name == "keys" || name == "values" || name == "items")
            return Object::attribute(interpreter, name);
        if (m_from.open())
            return Value(Unknown{"the columns of a query are not known"});
        return raising("AttributeError",
                       "'ColumnCollection' object has no attribute '" + std::string(name) + "'");
    }

    Evaluated subscript(Interpreter& interpreter, const Value& key) override
    {
        if (key.asText() == nullptr)
            return Value(Unknown{"a column by something that is not its name"});
        if (const Clause* found = find(interpreter, *key.asText()))
            return valueOf(found);
        if (m_from.open())
            return Value(Unknown{"the columns of a query are not known"});
        return raising("KeyError", *key.asText(), {"LookupError", "Exception"});
    }

    Outcome<std::vector<Value>, Raised> elements(Interpreter& interpreter) override
    {
        std::vector<Value> made;
        for (const FromColumn& each : m_from.columns())
            made.push_back(valueOf(m_from.column(interpreter, each)));
        return made;
    }

private:
    const Clause* find(Interpreter& interpreter, std::string_view name) const
    {
        for (const FromColumn& each : m_from.columns()) {
            if (each.name == name)
                return m_from.column(interpreter, each);
        }
        return nullptr;
    }

    const FromClause& m_from;
};

bool isFrom(const Clause& clause)
{
    return dynamic_cast<const FromClause*>(&clause) != nullptr ||
           dynamic_cast<const TableItem*>(&clause) != nullptr;
}

Evaluated joinOf(Interpreter& interpreter, Clause* left, const Arguments& arguments, bool outer)
{
    const Value* right = arguments.at(0, "right");
    const Value* on = arguments.at(1, "onclause");
    if (right == nullptr || right->as<Clause>() == nullptr)
        return Value(interpreter.make<OpenClause>("what is joined is not known"));
    auto* join = interpreter.make<JoinClause>();
    join->left = left;
    join->right = right->as<Clause>();
    join->on = on == nullptr || on->isNone()
                   ? interpreter.make<OpenClause>("a join on foreign keys is not followed")
                   : operandFrom(interpreter, *on);
    const auto flag = [&](std::string_view name) {
        const Value* value = arguments.keyword(name);
        return value != nullptr && value->asBool() != nullptr && *value->asBool();
    };
    for (const Clause* each : {join->left, join->right, join->on})
        join->extent.hold(each);
    join->outer = outer || flag("isouter");
    join->full = flag("full");
    return Value(join);
}

Evaluated aliasOf(Interpreter& interpreter, const Clause* element, const Arguments& arguments)
{
    auto* alias = interpreter.make<AliasClause>();
    alias->standFor(element);
    const Value* name = arguments.at(0, "name");
    if (name != nullptr && name->asText() != nullptr)
        alias->name = *name->asText();
    return Value(alias);
}

/// t.insert() is insert(t): what is left out of the older spellings is put in as methods.
Evaluated
statementOf(Interpreter& interpreter, Clause* self, std::string_view name, const Arguments& given)
{
    Arguments only;
    only.positional = {Value(self)};
    if (name == "select") {
        Evaluated made = callConstructor(interpreter, "select", only);
        if (made && !given.positional.empty() && !given.positional.front().isNone()) {
            const Evaluated where = interpreter.attribute(*made, "where");
            return where ? interpreter.call(*where, given) : where;
        }
        return made;
    }
    Arguments all = given;
    all.positional.insert(all.positional.begin(), Value(self));
    return callConstructor(interpreter, name, all);
}

} // namespace

std::vector<std::string> FromClause::classNames() const
{
    return {typeName(), "FromClause", "ClauseElement"};
}

SqlText FromClause::compile(const CompileContext& context) const
{
    return fromText(context);
}

const Clause* FromClause::column(Interpreter& interpreter, const FromColumn& wanted) const
{
    const auto* own = dynamic_cast<const ColumnClause*>(wanted.clause);
    if (own != nullptr && own->from == this)
        return own;
    auto* made = interpreter.make<ColumnClause>();
    made->name = wanted.name;
    made->tableText = prefix();
    const auto* alias = dynamic_cast<const AliasClause*>(this);
    made->from = alias != nullptr && alias->pseudo ? nullptr : this;
    made->type = wanted.type;
    return made;
}

Evaluated FromClause::attribute(Interpreter& interpreter, std::string_view name)
{
    if (name == "c" || name == "columns" || name == "exported_columns")
        return Value(interpreter.make<ColumnCollection>(*this));
    if (const std::optional<Value> method = fromMethod(interpreter, this, name))
        return *method;
    if (name == "name" || name == "fullname")
        return Value(tableNameOf(*this).name);
    if (name == "schema") {
        const std::string schema = tableNameOf(*this).schema;
        return schema.empty() ? Value() : Value(schema);
    }
    return Object::attribute(interpreter, name);
}

std::optional<Value> fromMethod(Interpreter& interpreter, Clause* self, std::string_view name)
{
    const std::string method(name);
    if (name == "join" || name == "outerjoin")
        return interpreter.makeFunction(
            method,
            [self, outer = name == "outerjoin"](Interpreter& running, const Arguments& given) {
                return joinOf(running, self, given, outer);
            });
    if (name == "alias" || name == "lateral")
        return interpreter.makeFunction(method,
                                        [self](Interpreter& running, const Arguments& given) {
                                            return aliasOf(running, self, given);
                                        });
    constexpr auto statements =
        std::to_array<std::string_view>({"insert", "update", "delete", "select"});
    if (std::ranges::find(statements, name) == statements.end())
        return std::nullopt;
    return interpreter.makeFunction(method,
                                    [self, method](Interpreter& running, const Arguments& given) {
                                        return statementOf(running, self, method, given);
                                    });
}

SqlText LightTable::fromText(const CompileContext&) const
{
    return sqlName(name);
}

std::string LightTable::prefix() const
{
    return sqlName(name);
}

std::vector<FromColumn> LightTable::columns() const
{
    std::vector<FromColumn> made;
    for (const ColumnClause* column : given)
        made.push_back({.name = column->name, .type = column->type, .clause = column});
    return made;
}

std::string AliasClause::prefix() const
{
    return sqlName(name.empty() ? std::string("anon_1") : name);
}

bool AliasClause::open() const
{
    const auto* select = dynamic_cast<const SelectClause*>(element);
    return select != nullptr && select->outputColumns().empty();
}

std::vector<FromColumn> AliasClause::columns() const
{
    std::vector<FromColumn> made;
    if (extent.tooLarge())
        return made;
    if (const auto* select = dynamic_cast<const SelectClause*>(element))
        made = select->outputColumns();
    else if (element != nullptr)
        made = columnsOfFrom(*element);
    for (FromColumn& each : made)
        each.clause = nullptr;
    return made;
}

SqlText AliasClause::fromText(const CompileContext& context) const
{
    if (element == nullptr || extent.tooLarge())
        return Unknown{"what an alias stands for is not known"};
    if (cte)
        return prefix();
    CompileContext outside = context;
    outside.tableNames = true;
    outside.enclosing = nullptr;
    outside.namesColumns = true;
    ++outside.depth;
    const bool query = !isFrom(*element);
    const SqlText inside = query ? element->compile(outside) : fromTextOf(*element, outside);
    if (!inside.isKnown())
        return inside;
    const std::string text = query ? "(" + inside.value() + ")" : inside.value();
    return (lateral ? "LATERAL " : "") + text + " AS " + prefix();
}

Froms JoinClause::hidden() const
{
    Froms froms;
    if (extent.tooLarge())
        return froms;
    for (const Clause* side : {left, right}) {
        froms.push_back(side);
        if (const auto* join = dynamic_cast<const JoinClause*>(side)) {
            const Froms more = join->hidden();
            froms.insert(froms.end(), more.begin(), more.end());
        }
    }
    return froms;
}

std::vector<FromColumn> JoinClause::columns() const
{
    if (extent.tooLarge())
        return {};
    std::vector<FromColumn> made = columnsOfFrom(*left);
    const std::vector<FromColumn> more = columnsOfFrom(*right);
    made.insert(made.end(), more.begin(), more.end());
    return made;
}

SqlText JoinClause::fromText(const CompileContext& context) const
{
    if (extent.tooLarge() || context.depth >= CompileContext::deepest)
        return Unknown{"the joins are nested too deeply"};
    CompileContext inside = context;
    inside.tableNames = true;
    ++inside.depth;
    const std::string_view word = full ? "FULL OUTER JOIN" : outer ? "LEFT OUTER JOIN" : "JOIN";
    const SqlText rightText = fromTextOf(*right, inside);
    const bool nested = dynamic_cast<const JoinClause*>(right) != nullptr;
    SqlWriter out;
    out.text(fromTextOf(*left, inside)).words(word);
    if (nested)
        out.group(rightText);
    else
        out.text(rightText);
    return out.words("ON").text(grouped(*on, {.op = Op::AsBoolean}, inside)).result();
}

SqlText fromTextOf(const Clause& from, const CompileContext& context)
{
    if (const auto* own = dynamic_cast<const FromClause*>(&from))
        return own->fromText(context);
    if (const auto* table = dynamic_cast<const TableItem*>(&from))
        return sqlName(table->name);
    return from.compile(context);
}

std::vector<FromColumn> columnsOfFrom(const Clause& from)
{
    if (const auto* own = dynamic_cast<const FromClause*>(&from))
        return own->columns();
    std::vector<FromColumn> made;
    if (const auto* table = dynamic_cast<const TableItem*>(&from)) {
        for (const ColumnItem* column : table->columns)
            made.push_back({.name = column->name.isKnown() ? column->name.value() : std::string(),
                            .type = typingOf(*column),
                            .clause = column});
    }
    return made;
}

std::string prefixOf(const Clause& from)
{
    if (const auto* own = dynamic_cast<const FromClause*>(&from))
        return own->prefix();
    if (const auto* table = dynamic_cast<const TableItem*>(&from))
        return sqlName(table->name);
    return {};
}

QualifiedName tableNameOf(const Clause& from)
{
    if (const auto* light = dynamic_cast<const LightTable*>(&from))
        return light->name;
    if (const auto* table = dynamic_cast<const TableItem*>(&from))
        return table->name;
    if (const auto* alias = dynamic_cast<const AliasClause*>(&from);
        alias != nullptr && !alias->cte && alias->element != nullptr && isWalkable(*alias))
        return tableNameOf(*alias->element);
    return {};
}

} // namespace sightglass
