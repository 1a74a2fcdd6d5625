// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sqlalchemy/clause_parts.h"
#include "core/sqlalchemy/declarative.h"
#include "core/sqlalchemy/items_parts.h"
#include "core/sqlalchemy/naming.h"

namespace sightglass {
namespace {

using Kind = ConstraintDefinition::Kind;

ConstraintItem* newConstraint(Interpreter& interpreter,
                              const Arguments& arguments,
                              std::string className,
                              Kind kind)
{
    auto* item = interpreter.make<ConstraintItem>();
    item->className = std::move(className);
    item->definition.kind = kind;
    item->span = arguments.span;
    item->name = givenName(arguments.keyword("name"));
    if (item->name.kind == GivenName::Kind::None && arguments.hidden)
        item->name = {.kind = GivenName::Kind::Unknown, .text = arguments.hidden->reason};
    return item;
}

Evaluated finished(Interpreter& interpreter, const Arguments& arguments, ConstraintItem* item)
{
    if (auto raised = readConstraintOptions(interpreter, arguments, *item))
        return otherwise(*raised);
    return Value(item);
}

/// PrimaryKeyConstraint and UniqueConstraint: columns are the positional arguments.
Evaluated
makeKey(Interpreter& interpreter, const Arguments& arguments, std::string className, Kind kind)
{
    auto* item = newConstraint(interpreter, arguments, std::move(className), kind);
    for (const Value& each : arguments.positional) {
        if (auto name = columnNameOf(each, item->unknown))
            item->definition.columns.push_back(std::move(*name));
    }
    return finished(interpreter, arguments, item);
}

void readTarget(const Value& value, ConstraintItem& item)
{
    const auto target = columnTargetOf(value, item.unknown);
    if (!target)
        return;
    item.definition.target = target->table;
    if (!target->column.empty())
        item.definition.targetColumns.push_back(target->column);
}

} // namespace

std::optional<ColumnTarget> columnTargetOf(const Value& value, std::optional<Unknown>& unknown)
{
    if (const auto* column = value.as<ColumnItem>()) {
        if (column->table == nullptr || !column->name.isKnown()) {
            note(unknown, "the table of the column that it points to is not known");
            return std::nullopt;
        }
        return ColumnTarget{column->table->name, column->name.value()};
    }
    if (value.as<Clause>() != nullptr) {
        note(unknown, "the column that it points to is given as an expression");
        return std::nullopt;
    }
    const auto text = optionalText(&value, unknown);
    if (!text)
        return std::nullopt;
    const std::size_t last = text->rfind('.');
    if (last == std::string::npos)
        return ColumnTarget{{{}, *text}, {}};
    ColumnTarget target{{{}, text->substr(0, last)}, text->substr(last + 1)};
    if (const std::size_t dot = target.table.name.rfind('.'); dot != std::string::npos) {
        target.table.schema = target.table.name.substr(0, dot);
        target.table.name.erase(0, dot + 1);
    }
    return target;
}

Evaluated ConstraintItem::attribute(Interpreter& interpreter, std::string_view attributeName)
{
    // A constraint without a name may still get one by convention.
    if (attributeName == "name" && name.kind == GivenName::Kind::Unknown)
        return Value(Unknown{name.text});
    if (attributeName == "name" && name.kind != GivenName::Kind::None)
        return Value(name.text);
    if (attributeName == "table" && table != nullptr)
        return Value(static_cast<Object*>(table));
    return Object::attribute(interpreter, attributeName);
}

Evaluated makeForeignKey(Interpreter& interpreter, const Arguments& arguments)
{
    auto* item = newConstraint(interpreter, arguments, "ForeignKey", Kind::ForeignKey);
    const Value* target = arguments.at(0, "column");
    const auto* column = target != nullptr ? target->as<ColumnItem>() : nullptr;
    auto* registry = interpreter.service<ModelRegistry>();
    if (registry != nullptr && column != nullptr && column->table == nullptr)
        registry->targets.emplace(item, column); // of a class that is being made
    else if (target != nullptr)
        readTarget(*target, *item);
    else
        note(item->unknown, "no target is given");
    return finished(interpreter, arguments, item);
}

Evaluated makeForeignKeyConstraint(Interpreter& interpreter, const Arguments& arguments)
{
    auto* item = newConstraint(interpreter, arguments, "ForeignKeyConstraint", Kind::ForeignKey);
    if (const Value* name = arguments.at(2, "name"))
        item->name = givenName(name);
    const Value* columns = arguments.at(0, "columns");
    const Value* targets = arguments.at(1, "refcolumns");
    if (columns == nullptr || targets == nullptr) {
        note(item->unknown,
             arguments.hidden ? arguments.hidden->reason : "its columns are not given");
        return Value(item);
    }
    auto names = columnNamesOf(interpreter, *columns, item->unknown);
    if (!names)
        return otherwise(names.error());
    item->definition.columns = std::move(*names);
    if (targets->isUnknown()) {
        note(item->unknown, targets->reason());
        return finished(interpreter, arguments, item);
    }
    const auto elements = interpreter.elementsOf(*targets);
    if (!elements)
        return otherwise(elements.error());
    for (const Value& each : *elements)
        readTarget(each, *item);
    if (!item->unknown && item->definition.columns.size() != elements->size())
        return sqlalchemyError("ArgumentError",
                               "ForeignKeyConstraint number of constrained columns must match the "
                               "number of referenced columns.");
    return finished(interpreter, arguments, item);
}

Evaluated makePrimaryKeyConstraint(Interpreter& interpreter, const Arguments& arguments)
{
    return makeKey(interpreter, arguments, "PrimaryKeyConstraint", Kind::PrimaryKey);
}

Evaluated makeUniqueConstraint(Interpreter& interpreter, const Arguments& arguments)
{
    return makeKey(interpreter, arguments, "UniqueConstraint", Kind::Unique);
}

Evaluated makeCheckConstraint(Interpreter& interpreter, const Arguments& arguments)
{
    auto* item = newConstraint(interpreter, arguments, "CheckConstraint", Kind::Check);
    if (const Value* name = arguments.at(1, "name"))
        item->name = givenName(name);
    if (const Value* sql = arguments.at(0, "sqltext"))
        item->definition.expression = conditionOf(interpreter, *sql);
    else
        item->definition.expression =
            Unknown{arguments.hidden ? arguments.hidden->reason : "no condition is given"};
    return finished(interpreter, arguments, item);
}

Evaluated makeExcludeConstraint(Interpreter& interpreter, const Arguments& arguments)
{
    auto* item = newConstraint(interpreter, arguments, "ExcludeConstraint", Kind::Exclude);
    if (auto raised = readExclusion(interpreter, arguments, 0, *item))
        return otherwise(*raised);
    return Value(item);
}

namespace {

/// The table that an index is made on: that of a column anywhere in one of its keys.
TableItem* tableOfKey(const Value& key)
{
    Froms froms;
    if (const auto* clause = key.as<Clause>())
        addFroms(*clause, froms);
    for (const Clause* from : froms) {
        // NOLINTNEXTLINE(cppcoreguidelines-pro-type-const-cast): the table gets the index
        if (auto* table = dynamic_cast<TableItem*>(const_cast<Clause*>(from)))
            return table;
    }
    return nullptr;
}

} // namespace

Evaluated makeIndex(Interpreter& interpreter, const Arguments& arguments)
{
    auto* index = interpreter.make<IndexItem>();
    index->span = arguments.span;
    const Value* name = arguments.at(0, "name");
    index->name = givenName(name);
    if (name == nullptr && arguments.hidden)
        index->name = {.kind = GivenName::Kind::Unknown, .text = arguments.hidden->reason};
    for (std::size_t i = 1; i < arguments.positional.size(); ++i) {
        const Value& each = arguments.positional[i];
        if (each.isNone())
            continue;
        index->definition.elements.push_back(indexElementOf(each, index->unknown));
        if (TableItem* table = tableOfKey(each))
            index->table = table;
    }
    if (auto raised = readIndexOptions(interpreter, arguments, *index))
        return otherwise(*raised);
    if (arguments.hidden)
        note(index->unknown, arguments.hidden->reason);
    if (const Value* table = arguments.keyword("_table"); table != nullptr)
        index->table = table->as<TableItem>();
    if (index->table != nullptr) {
        index->definition.table = index->table->name;
        index->table->indexes.push_back(index);
    }
    return Value(index);
}

} // namespace sightglass
