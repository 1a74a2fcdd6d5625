// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sqlalchemy/clause_dml.h"
#include "core/sqlalchemy/clause_values.h"

#include <algorithm>
#include <array>

namespace sightglass {

namespace {

using Kind = DmlParts::Kind;
using Step = void (*)(Interpreter&, DmlParts&, const Arguments&);

void fail(DmlParts& parts, std::string reason)
{
    if (parts.unknown.empty())
        parts.unknown = std::move(reason);
}

/// The name of a column that is given as text or as a column.
std::optional<std::string> columnNameOf(const Value& value)
{
    if (value.asText() != nullptr)
        return *value.asText();
    const auto* clause = value.as<Clause>();
    return clause != nullptr ? clause->columnName() : std::nullopt;
}

Typing typeOfColumn(const DmlParts& parts, std::string_view name)
{
    for (const FromColumn& column : columnsOfFrom(*parts.table)) {
        if (column.name == name)
            return column.type;
    }
    return {};
}

/// A Boolean column takes 0 and 1 too.
Value ofColumn(const Value& value, const Typing& type)
{
    const std::int64_t* number = value.asInteger();
    const bool isTruth = type.family == Family::Boolean && number != nullptr;
    return isTruth && (*number == 0 || *number == 1) ? Value(*number == 1) : value;
}

void assign(Interpreter& interpreter,
            DmlParts& parts,
            Assignments& row,
            const std::string& name,
            const Value& value)
{
    const Typing type = typeOfColumn(parts, name);
    // None is written as a literal of the column's type: NULL, and null inside a JSON column.
    const Clause* made = value.as<Clause>() != nullptr
                             ? operandFrom(interpreter, value, type)
                             : literalOf(interpreter, ofColumn(value, type), type);
    const auto found = std::ranges::find(row, name, &Assignments::value_type::first);
    if (found != row.end())
        found->second = made;
    else
        row.emplace_back(name, made);
}

void assignPairs(Interpreter& interpreter,
                 DmlParts& parts,
                 Assignments& row,
                 const Value& dictionary)
{
    for (const auto& [key, value] : Interpreter::pairsOf(dictionary)) {
        if (const std::optional<std::string> name = columnNameOf(key))
            assign(interpreter, parts, row, *name, value);
        else
            fail(parts, "a column that is written to is not known");
    }
}

void assignInOrder(Interpreter& interpreter, DmlParts& parts, const std::vector<Value>& values)
{
    const auto columns = columnsOfFrom(*parts.table);
    Assignments row;
    for (std::size_t i = 0; i < values.size() && i < columns.size(); ++i)
        assign(interpreter, parts, row, columns[i].name, values[i]);
    if (values.size() > columns.size())
        fail(parts, "the columns that values belong to are not known");
    parts.rows.push_back(std::move(row));
}

bool isDictionary(const Value& value)
{
    return value.asObject() != nullptr && value.asObject()->typeName() == "dict";
}

void assignRows(Interpreter& interpreter, DmlParts& parts, const std::vector<Value>& rows)
{
    parts.rows.clear();
    for (const Value& each : rows) {
        if (isDictionary(each)) {
            Assignments row;
            assignPairs(interpreter, parts, row, each);
            parts.rows.push_back(std::move(row));
        } else if (const auto* items = Interpreter::itemsOf(each)) {
            assignInOrder(interpreter, parts, *items);
        } else {
            fail(parts, each.isUnknown() ? each.reason() : "a row is not known");
        }
    }
}

void setValues(Interpreter& interpreter, DmlParts& parts, const Arguments& arguments)
{
    if (arguments.hidden)
        fail(parts, arguments.hidden->reason);
    if (arguments.positional.size() == 1) {
        const Value& only = arguments.positional.front();
        const auto* items = isDictionary(only) ? nullptr : Interpreter::itemsOf(only);
        const bool rows =
            items != nullptr && !items->empty() &&
            (isDictionary(items->front()) || Interpreter::itemsOf(items->front()) != nullptr);
        if (rows) {
            assignRows(interpreter, parts, *items);
            return;
        }
        if (items != nullptr) {
            parts.rows.clear();
            assignInOrder(interpreter, parts, *items);
            return;
        }
        if (!isDictionary(only) && !only.isNone()) {
            fail(parts, only.isUnknown() ? only.reason() : "the values are not known");
            return;
        }
    }
    if (parts.rows.empty())
        parts.rows.emplace_back();
    for (const Value& each : arguments.positional)
        assignPairs(interpreter, parts, parts.rows.front(), each);
    for (const auto& [name, value] : arguments.keywords)
        assign(interpreter, parts, parts.rows.front(), name, value);
}

void orderedValues(Interpreter& interpreter, DmlParts& parts, const Arguments& arguments)
{
    if (parts.rows.empty())
        parts.rows.emplace_back();
    for (const Value& each : arguments.positional) {
        const auto* pair = Interpreter::itemsOf(each);
        const auto name =
            pair != nullptr && pair->size() == 2 ? columnNameOf((*pair)[0]) : std::nullopt;
        if (name)
            assign(interpreter, parts, parts.rows.front(), *name, (*pair)[1]);
        else
            fail(parts, "a column that is written to is not known");
    }
}

void addWhere(Interpreter& interpreter, DmlParts& parts, const Arguments& arguments)
{
    for (const Value& each : arguments.positional)
        parts.where.push_back(operandFrom(interpreter, each));
    if (arguments.hidden)
        fail(parts, arguments.hidden->reason);
}

void addReturning(Interpreter& interpreter, DmlParts& parts, const Arguments& arguments)
{
    for (const Value& each : arguments.positional)
        parts.returning.push_back(columnFrom(interpreter, each));
}

void fromSelect(Interpreter& interpreter, DmlParts& parts, const Arguments& arguments)
{
    const Value* names = arguments.at(0, "names");
    const Value* select = arguments.at(1, "select");
    const auto items = names != nullptr ? interpreter.elementsOf(*names)
                                        : Outcome<std::vector<Value>, Raised>(std::vector<Value>());
    if (!items || select == nullptr || select->as<Clause>() == nullptr || names->isUnknown()) {
        fail(parts, "what an INSERT takes from a SELECT is not known");
        return;
    }
    parts.select = select->as<Clause>();
    parts.inlined = true;
    for (const Value& each : *items) {
        if (const auto name = columnNameOf(each))
            parts.selectColumns.push_back(*name);
        else
            fail(parts, "a column that is written to is not known");
    }
}

void setInline(Interpreter&, DmlParts& parts, const Arguments&)
{
    parts.inlined = true;
}

void conflictTarget(Interpreter& interpreter, DmlParts& parts, const Arguments& arguments)
{
    const Value* constraint = arguments.at(0, "constraint");
    const Value* elements = arguments.at(1, "index_elements");
    const Value* where = arguments.at(2, "index_where");
    if (constraint != nullptr && constraint->asText() != nullptr)
        parts.conflictConstraint = *constraint->asText();
    else if (constraint != nullptr && !constraint->isNone())
        fail(parts, "the constraint of ON CONFLICT is not known");
    if (elements != nullptr && !elements->isNone()) {
        const auto items = interpreter.elementsOf(*elements);
        if (!items)
            fail(parts, "the columns of ON CONFLICT are not known");
        else
            for (const Value& each : *items)
                parts.conflictColumns.push_back(columnFrom(interpreter, each));
    }
    if (where != nullptr && !where->isNone())
        parts.conflictIndexWhere = operandFrom(interpreter, *where);
}

void doNothing(Interpreter& interpreter, DmlParts& parts, const Arguments& arguments)
{
    parts.conflict = DmlParts::Conflict::Nothing;
    conflictTarget(interpreter, parts, arguments);
}

void doUpdate(Interpreter& interpreter, DmlParts& parts, const Arguments& arguments)
{
    parts.conflict = DmlParts::Conflict::Update;
    conflictTarget(interpreter, parts, arguments);
    const Value* set = arguments.at(3, "set_");
    const Value* where = arguments.at(4, "where");
    if (set == nullptr || !isDictionary(*set)) {
        fail(parts, "what ON CONFLICT sets is not known");
        return;
    }
    for (const auto& [key, value] : Interpreter::pairsOf(*set)) {
        if (const auto name = columnNameOf(key))
            assign(interpreter, parts, parts.conflictSet, *name, value);
        else
            fail(parts, "a column that ON CONFLICT sets is not known");
    }
    if (where != nullptr && !where->isNone())
        parts.conflictWhere = operandFrom(interpreter, *where);
}

void unchanged(Interpreter&, DmlParts&, const Arguments&) {}

void notFollowed(Interpreter&, DmlParts& parts, const Arguments&)
{
    fail(parts, "a method of this statement is not followed");
}

struct MethodRow
{
    std::string_view name;
    Step step;
};

constexpr auto methods = std::to_array<MethodRow>({{"execution_options", unchanged},
                                                   {"filter", addWhere},
                                                   {"from_select", fromSelect},
                                                   {"inline", setInline},
                                                   {"on_conflict_do_nothing", doNothing},
                                                   {"on_conflict_do_update", doUpdate},
                                                   {"ordered_values", orderedValues},
                                                   {"params", notFollowed},
                                                   {"prefix_with", notFollowed},
                                                   {"return_defaults", unchanged},
                                                   {"returning", addReturning},
                                                   {"values", setValues},
                                                   {"where", addWhere},
                                                   {"with_hint", notFollowed}});

Evaluated make(Interpreter& interpreter, Kind kind, const Arguments& arguments)
{
    const Value* table = arguments.at(0, "table");
    if (table == nullptr || table->as<Clause>() == nullptr)
        return Value(Unknown{table != nullptr && table->isUnknown() ? table->reason()
                                                                    : "the table is not known"});
    DmlParts parts;
    parts.kind = kind;
    parts.table = table->as<Clause>();
    const bool insert = kind == Kind::Insert;
    const Value* where = insert ? nullptr : arguments.at(1, "whereclause");
    const Value* values = kind == Kind::Delete ? nullptr : arguments.at(insert ? 1 : 2, "values");
    const Value* inlined = arguments.keyword("inline");
    parts.inlined = inlined != nullptr && inlined->asBool() != nullptr && *inlined->asBool();
    Arguments one;
    if (where != nullptr && !where->isNone()) {
        one.positional = {*where};
        addWhere(interpreter, parts, one);
    }
    if (values != nullptr && !values->isNone()) {
        one.positional = {*values};
        setValues(interpreter, parts, one);
    }
    return Value(interpreter.make<DmlClause>(std::move(parts)));
}

} // namespace

Evaluated DmlClause::attribute(Interpreter& interpreter, std::string_view name)
{
    const std::string method(name);
    if (const auto row = std::ranges::find(methods, name, &MethodRow::name); row != methods.end())
        return interpreter.makeFunction(
            method, [this, step = row->step](Interpreter& running, const Arguments& given) {
                DmlParts parts = m_parts;
                step(running, parts, given);
                return Evaluated(Value(running.make<DmlClause>(std::move(parts))));
            });
    if (name == "excluded" && m_parts.kind == Kind::Insert) {
        auto* alias = interpreter.make<AliasClause>();
        alias->standFor(m_parts.table);
        alias->name = "excluded";
        alias->pseudo = true;
        return alias->attribute(interpreter, "c");
    }
    if (name == "table")
        return valueOf(m_parts.table);
    if (name == "cte")
        return interpreter.makeFunction(method,
                                        [this](Interpreter& running, const Arguments& given) {
                                            auto* alias = running.make<AliasClause>();
                                            alias->standFor(this);
                                            alias->cte = true;
                                            const Value* label = given.at(0, "name");
                                            if (label != nullptr && label->asText() != nullptr)
                                                alias->name = *label->asText();
                                            return Evaluated(Value(alias));
                                        });
    return Clause::attribute(interpreter, name);
}

Evaluated makeInsert(Interpreter& interpreter, const Arguments& arguments)
{
    return make(interpreter, Kind::Insert, arguments);
}

Evaluated makeUpdate(Interpreter& interpreter, const Arguments& arguments)
{
    return make(interpreter, Kind::Update, arguments);
}

Evaluated makeDelete(Interpreter& interpreter, const Arguments& arguments)
{
    return make(interpreter, Kind::Delete, arguments);
}

Clause* makeRowInsert(Interpreter& interpreter, const Clause& table, const Value& row)
{
    DmlParts parts;
    parts.table = &table;
    parts.inlined = true;
    parts.rows.emplace_back();
    if (isDictionary(row))
        assignPairs(interpreter, parts, parts.rows.front(), row);
    else
        fail(parts, row.isUnknown() ? row.reason() : "a row is not known");
    return interpreter.make<DmlClause>(std::move(parts));
}

} // namespace sightglass
