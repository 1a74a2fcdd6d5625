// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sqlalchemy/clause_select.h"
#include "core/sqlalchemy/clause_text.h"

#include <algorithm>
#include <array>

namespace sightglass {

namespace {

using Kind = Expression::Kind;

/// What a method of a select changes; the parts are a copy already.
using Step = void (*)(Interpreter&, SelectParts&, const Arguments&);

void fail(SelectParts& parts, std::string reason)
{
    if (parts.unknown.empty())
        parts.unknown = std::move(reason);
}

const Clause* entityFrom(Interpreter& interpreter, const Value& value, SelectParts& parts)
{
    if (const auto* clause = value.as<Clause>())
        return clause->statementKind() == "select" ? operandFrom(interpreter, value) : clause;
    const Clause* made = columnFrom(interpreter, value);
    if (value.asObject() != nullptr || value.isUnknown())
        fail(parts, value.isUnknown() ? value.reason() : "a column of a SELECT is not known");
    return made;
}

void addWhere(Interpreter& interpreter, SelectParts& parts, const Arguments& arguments)
{
    for (const Value& each : arguments.positional)
        parts.where.push_back(operandFrom(interpreter, each));
    if (arguments.hidden)
        fail(parts, arguments.hidden->reason);
}

void addHaving(Interpreter& interpreter, SelectParts& parts, const Arguments& arguments)
{
    for (const Value& each : arguments.positional)
        parts.having.push_back(operandFrom(interpreter, each));
}

void addColumns(Interpreter& interpreter,
                std::vector<const Clause*>& list,
                const Arguments& arguments)
{
    for (const Value& each : spread(arguments)) {
        if (each.isNone())
            list.clear();
        else
            list.push_back(columnFrom(interpreter, each));
    }
}

void addGroup(Interpreter& interpreter, SelectParts& parts, const Arguments& arguments)
{
    addColumns(interpreter, parts.groupBy, arguments);
}

void addOrder(Interpreter& interpreter, SelectParts& parts, const Arguments& arguments)
{
    addColumns(interpreter, parts.orderBy, arguments);
}

void setLimit(Interpreter& interpreter, SelectParts& parts, const Arguments& arguments)
{
    const Value* limit = arguments.at(0, "limit");
    parts.limit = limit == nullptr || limit->isNone() ? nullptr : operandFrom(interpreter, *limit);
}

void setOffset(Interpreter& interpreter, SelectParts& parts, const Arguments& arguments)
{
    const Value* offset = arguments.at(0, "offset");
    parts.offset =
        offset == nullptr || offset->isNone() ? nullptr : operandFrom(interpreter, *offset);
}

void setDistinct(Interpreter& interpreter, SelectParts& parts, const Arguments& arguments)
{
    parts.distinct = true;
    for (const Value& each : arguments.positional)
        parts.distinctOn.push_back(columnFrom(interpreter, each));
}

void selectFrom(Interpreter&, SelectParts& parts, const Arguments& arguments)
{
    for (const Value& each : arguments.positional) {
        if (const auto* clause = each.as<Clause>())
            parts.from.push_back(clause);
        else
            fail(parts, "what a SELECT reads from is not known");
    }
}

void addEntities(Interpreter& interpreter, SelectParts& parts, const Arguments& arguments)
{
    for (const Value& each : spread(arguments))
        parts.entities.push_back(entityFrom(interpreter, each, parts));
}

void withOnly(Interpreter& interpreter, SelectParts& parts, const Arguments& arguments)
{
    parts.entities.clear();
    addEntities(interpreter, parts, arguments);
}

void join(Interpreter& interpreter, SelectParts& parts, const Arguments& arguments)
{
    const Froms froms = SelectClause(parts).displayFroms({});
    const Value* target = arguments.at(0, "target");
    if (froms.empty() || target == nullptr || target->as<Clause>() == nullptr) {
        fail(parts, "what a SELECT joins is not known");
        return;
    }
    // The left side is what is in FROM already and not the target itself.
    const Clause* left = nullptr;
    for (const Clause* each : froms) {
        if (each != target->as<Clause>() && left == nullptr)
            left = each;
    }
    if (left == nullptr) {
        fail(parts, "the left side of a join is not known");
        return;
    }
    Value self = valueOf(left);
    const std::optional<Value> method = fromMethod(interpreter, self.as<Clause>(), "join");
    const Evaluated made = interpreter.call(*method, arguments);
    if (!made || made->as<JoinClause>() == nullptr) {
        fail(parts, "a join is not known");
        return;
    }
    std::erase(parts.from, left);
    parts.from.push_back(made->as<Clause>());
}

void outerJoin(Interpreter& interpreter, SelectParts& parts, const Arguments& arguments)
{
    Arguments outer = arguments;
    outer.keywords.emplace_back("isouter", Value(true));
    join(interpreter, parts, outer);
}

void lockRows(Interpreter&, SelectParts& parts, const Arguments& arguments)
{
    const auto flag = [&](std::string_view name) {
        const Value* value = arguments.keyword(name);
        return value != nullptr && value->asBool() != nullptr && *value->asBool();
    };
    if (flag("read"))
        parts.locking = flag("key_share") ? "FOR KEY SHARE" : "FOR SHARE";
    else
        parts.locking = flag("key_share") ? "FOR NO KEY UPDATE" : "FOR UPDATE";
    if (const Value* of = arguments.keyword("of"); of != nullptr && !of->isNone())
        fail(parts, "FOR UPDATE OF is not followed");
    parts.locking += flag("nowait") ? " NOWAIT" : "";
    parts.locking += flag("skip_locked") ? " SKIP LOCKED" : "";
}

void notFollowed(Interpreter&, SelectParts& parts, const Arguments&)
{
    fail(parts, "a method of this SELECT is not followed");
}

void unchanged(Interpreter&, SelectParts&, const Arguments&) {}

struct MethodRow
{
    std::string_view name;
    Step change;
};

constexpr auto methods = std::to_array<MethodRow>({
    {"add_columns", addEntities},
    {"column", addEntities},
    {"correlate", notFollowed},
    {"correlate_except", notFollowed},
    {"distinct", setDistinct},
    {"execution_options", unchanged},
    {"filter", addWhere},
    {"filter_by", notFollowed},
    {"group_by", addGroup},
    {"having", addHaving},
    {"join", join},
    {"limit", setLimit},
    {"offset", setOffset},
    {"order_by", addOrder},
    {"outerjoin", outerJoin},
    {"params", notFollowed},
    {"prefix_with", notFollowed},
    {"select_from", selectFrom},
    {"suffix_with", notFollowed},
    {"slice", notFollowed},
    {"where", addWhere},
    {"with_for_update", lockRows},
    {"with_only_columns", withOnly},
});

struct SetRow
{
    std::string_view name;
    std::string_view word;
};

constexpr auto setOperations = std::to_array<SetRow>({{"union", "UNION"},
                                                      {"union_all", "UNION ALL"},
                                                      {"intersect", "INTERSECT"},
                                                      {"intersect_all", "INTERSECT ALL"},
                                                      {"except_", "EXCEPT"},
                                                      {"except_all", "EXCEPT ALL"}});

Evaluated combined(Interpreter& interpreter, std::string_view word, std::vector<Value> selects)
{
    SelectParts parts;
    parts.setWord = word;
    for (const Value& each : selects) {
        const auto* clause = each.as<Clause>();
        if (clause == nullptr)
            fail(parts, "a part of " + std::string(word) + " is not known");
        else
            parts.members.push_back(clause);
    }
    return Value(interpreter.make<SelectClause>(std::move(parts)));
}

template <std::size_t row>
Evaluated makeCombined(Interpreter& interpreter, const Arguments& arguments)
{
    return combined(interpreter, setOperations.at(row).word, spread(arguments));
}

Evaluated
named(Interpreter& interpreter, const Clause* self, std::string_view how, const Arguments& given)
{
    auto* alias = interpreter.make<AliasClause>();
    alias->standFor(self);
    alias->cte = how == "cte";
    alias->lateral = how == "lateral";
    const Value* name = given.at(0, "name");
    if (name != nullptr && name->asText() != nullptr)
        alias->name = *name->asText();
    const Value* recursive = given.at(1, "recursive");
    alias->recursive = alias->cte && recursive != nullptr && recursive->asBool() != nullptr &&
                       *recursive->asBool();
    return Value(alias);
}

Evaluated
asValue(Interpreter& interpreter, const Clause* self, std::string_view how, const Arguments& given)
{
    const Clause* scalar = operandFrom(interpreter, valueOf(self));
    if (how == "exists") {
        auto* exists =
            interpreter.make<Expression>(Kind::Unary, std::vector<const Clause*>{scalar});
        exists->op.op = Op::Exists;
        exists->type = {.family = Family::Boolean};
        return valueOf(exists);
    }
    if (how != "label")
        return valueOf(scalar);
    const Evaluated method = interpreter.attribute(valueOf(scalar), "label");
    return method ? interpreter.call(*method, given) : method;
}

} // namespace

Evaluated SelectClause::attribute(Interpreter& interpreter, std::string_view name)
{
    const std::string method(name);
    if (const auto row = std::ranges::find(methods, name, &MethodRow::name); row != methods.end())
        return interpreter.makeFunction(
            method, [this, change = row->change](Interpreter& running, const Arguments& given) {
                SelectParts parts = m_parts;
                change(running, parts, given);
                return Evaluated(Value(running.make<SelectClause>(std::move(parts))));
            });
    if (name == "alias" || name == "subquery" || name == "cte" || name == "lateral")
        return interpreter.makeFunction(
            method, [this, method](Interpreter& running, const Arguments& given) {
                return named(running, this, method, given);
            });
    if (name == "scalar_subquery" || name == "as_scalar" || name == "label" || name == "exists")
        return interpreter.makeFunction(
            method, [this, method](Interpreter& running, const Arguments& given) {
                return asValue(running, this, method, given);
            });
    if (const auto row = std::ranges::find(setOperations, name, &SetRow::name);
        row != setOperations.end())
        return interpreter.makeFunction(
            method, [this, word = row->word](Interpreter& running, const Arguments& given) {
                std::vector<Value> all = given.positional;
                all.insert(all.begin(), Value(this));
                return combined(running, word, std::move(all));
            });
    if (name == "c" || name == "selected_columns" || name == "columns") {
        auto* alias = interpreter.make<AliasClause>();
        alias->standFor(this);
        return alias->attribute(interpreter, "c");
    }
    return Clause::attribute(interpreter, name);
}

Evaluated makeSelect(Interpreter& interpreter, const Arguments& arguments)
{
    SelectParts parts;
    Arguments columns = arguments;
    if (const Value* list = arguments.keyword("columns"))
        columns.positional.insert(columns.positional.begin(), *list);
    // 1.x: select([columns], where); 2.0: select(column, column).
    const bool older =
        !columns.positional.empty() && Interpreter::itemsOf(columns.positional.front()) != nullptr;
    Arguments first;
    first.positional = older ? std::vector<Value>{columns.positional.front()} : columns.positional;
    addEntities(interpreter, parts, first);
    Arguments where;
    if (older && columns.positional.size() > 1)
        where.positional = {columns.positional[1]};
    if (const Value* clause = arguments.keyword("whereclause"))
        where.positional = {*clause};
    if (!where.positional.empty() && !where.positional.front().isNone())
        addWhere(interpreter, parts, where);
    if (const Value* froms = arguments.keyword("from_obj")) {
        Arguments given;
        given.positional = {*froms};
        given.positional = spread(given);
        selectFrom(interpreter, parts, given);
    }
    constexpr auto clauses = std::to_array<MethodRow>({{"order_by", addOrder},
                                                       {"group_by", addGroup},
                                                       {"limit", setLimit},
                                                       {"offset", setOffset}});
    for (const MethodRow& row : clauses) {
        if (const Value* value = arguments.keyword(row.name)) {
            Arguments given;
            given.positional = {*value};
            row.change(interpreter, parts, given);
        }
    }
    if (arguments.hidden)
        fail(parts, arguments.hidden->reason);
    return Value(interpreter.make<SelectClause>(std::move(parts)));
}

namespace {

Evaluated makeExists(Interpreter& interpreter, const Arguments& arguments)
{
    SelectClause* select = nullptr;
    if (!arguments.positional.empty())
        select = arguments.positional.front().as<SelectClause>();
    if (select == nullptr) {
        Arguments columns = arguments;
        if (columns.positional.empty())
            columns.positional = {valueOf(rawOf(interpreter, "*"))};
        const Evaluated made = makeSelect(interpreter, columns);
        if (!made)
            return made;
        select = made->as<SelectClause>();
    }
    return asValue(interpreter, select, "exists", {});
}

Evaluated makeTable(Interpreter& interpreter, const Arguments& arguments)
{
    const Value* name = arguments.at(0, "name");
    if (name == nullptr || name->asText() == nullptr)
        return Value(Unknown{name != nullptr && name->isUnknown()
                                 ? name->reason()
                                 : "the name of a table is not known"});
    auto* table = interpreter.make<LightTable>();
    table->name.name = *name->asText();
    if (const Value* schema = arguments.keyword("schema")) {
        if (schema->isUnknown())
            return Value(Unknown{schema->reason()});
        if (schema->asText() != nullptr)
            table->name.schema = *schema->asText();
    }
    for (std::size_t i = 1; i < arguments.positional.size(); ++i) {
        const auto* column = arguments.positional[i].as<Clause>();
        if (column == nullptr || !column->columnName())
            continue;
        auto* own = interpreter.make<ColumnClause>();
        own->name = *column->columnName();
        own->type = typingOf(*column);
        own->tableText = sqlName(table->name);
        own->from = table;
        table->given.push_back(own);
    }
    return Value(table);
}

Evaluated makeJoin(Interpreter& interpreter, const Arguments& arguments)
{
    if (arguments.positional.empty() || arguments.positional.front().as<Clause>() == nullptr)
        return Value(Unknown{"what is joined is not known"});
    Arguments rest = arguments;
    rest.positional.erase(rest.positional.begin());
    const auto method = fromMethod(interpreter, arguments.positional.front().as<Clause>(), "join");
    return interpreter.call(*method, rest);
}

Evaluated makeOuterJoin(Interpreter& interpreter, const Arguments& arguments)
{
    Arguments outer = arguments;
    outer.keywords.emplace_back("isouter", Value(true));
    return makeJoin(interpreter, outer);
}

Evaluated makeAlias(Interpreter& interpreter, const Arguments& arguments)
{
    if (arguments.positional.empty() || arguments.positional.front().as<Clause>() == nullptr)
        return Value(Unknown{"what an alias stands for is not known"});
    Arguments rest = arguments;
    rest.positional.erase(rest.positional.begin());
    return named(interpreter, arguments.positional.front().as<Clause>(), "alias", rest);
}

Evaluated makeCte(Interpreter& interpreter, const Arguments& arguments)
{
    if (arguments.positional.empty() || arguments.positional.front().as<Clause>() == nullptr)
        return Value(Unknown{"what a CTE stands for is not known"});
    Arguments rest = arguments;
    rest.positional.erase(rest.positional.begin());
    return named(interpreter, arguments.positional.front().as<Clause>(), "cte", rest);
}

} // namespace

const std::vector<ConstructorRow>& statementConstructors()
{
    static const std::vector<ConstructorRow> rows = {
        {"alias", makeAlias},
        {"cte", makeCte},
        {"delete", makeDelete},
        {"except_", makeCombined<4>},
        {"except_all", makeCombined<5>},
        {"exists", makeExists},
        {"insert", makeInsert},
        {"intersect", makeCombined<2>},
        {"intersect_all", makeCombined<3>},
        {"join", makeJoin},
        {"lateral", makeAlias},
        {"outerjoin", makeOuterJoin},
        {"select", makeSelect},
        {"table", makeTable},
        {"union", makeCombined<0>},
        {"union_all", makeCombined<1>},
        {"update", makeUpdate},
    };
    return rows;
}

const std::vector<ConstructorRow>& dialectConstructors()
{
    static const std::vector<ConstructorRow> rows = {{"insert", makeInsert}};
    return rows;
}

} // namespace sightglass
