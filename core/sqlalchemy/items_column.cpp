// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluation/objects.h"
#include "core/render/sql_names.h"
#include "core/sqlalchemy/items_parts.h"
#include "core/sqlalchemy/naming.h"

#include <array>

namespace sightglass {
namespace {

bool isItem(const Value& value)
{
    return value.as<ConstraintItem>() != nullptr || value.as<IdentityItem>() != nullptr ||
           value.as<ComputedItem>() != nullptr || value.as<FetchedValueItem>() != nullptr ||
           value.as<SequenceItem>() != nullptr;
}

void setSequence(ColumnItem& column, const SequenceItem& sequence)
{
    // An optional sequence is not used where the server has SERIAL.
    if (sequence.optional)
        return;
    if (sequence.name.isKnown())
        column.sequence = toText(sequence.name.value());
    else
        note(column.unknown, sequence.name.reason());
}

/// What a value given after name and type adds to a column.
std::optional<Raised> addItem(ColumnItem& column, const Value& value)
{
    if (value.isNone())
        return std::nullopt;
    if (auto* constraint = value.as<ConstraintItem>()) {
        if (constraint->definition.kind == ConstraintDefinition::Kind::ForeignKey &&
            constraint->definition.columns.empty() && column.name.isKnown())
            constraint->definition.columns = {column.name.value()};
        constraint->definition.atColumn =
            constraint->definition.kind == ConstraintDefinition::Kind::Check;
        column.constraints.push_back(constraint);
    } else if (const auto* identity = value.as<IdentityItem>()) {
        column.identity = identity->definition;
        if (identity->unknown)
            note(column.unknown, identity->unknown->reason);
    } else if (const auto* computed = value.as<ComputedItem>()) {
        if (computed->isVirtual)
            return sqlalchemyError("CompileError",
                                   "PostrgreSQL computed columns do not support 'virtual' "
                                   "persistence; set the 'persisted' flag to None or True for "
                                   "PostgreSQL support.")
                .value();
        column.computed = computed->expression;
    } else if (const auto* fetched = value.as<FetchedValueItem>()) {
        column.fetchedDefault = !fetched->sql;
        column.serverDefault = fetched->sql;
    } else if (const auto* sequence = value.as<SequenceItem>()) {
        setSequence(column, *sequence);
    } else if (value.isUnknown()) {
        note(column.unknown, value.reason());
    } else if (value.asObject() == nullptr) {
        return sqlalchemyError("ArgumentError",
                               "'SchemaItem' object, such as a 'Column' or a 'Constraint' expected")
            .value();
    }
    return std::nullopt;
}

/// Name and type out of the arguments; the rest of the positional ones stays in `items`.
std::optional<Raised> readNameAndType(Interpreter& interpreter,
                                      const Arguments& arguments,
                                      ColumnItem& column,
                                      std::vector<Value>& items)
{
    items = arguments.positional;
    const Value* name = arguments.keyword("name");
    const Value* type = arguments.keyword("type_");
    Value firstName;
    Value firstType;
    // One Unknown alone is a type: declared models give no names.
    const bool unknownIsName = items.size() > 1 && !isItem(items[1]);
    const auto mayBeName = [unknownIsName](const Value& value) {
        return value.asText() != nullptr || value.as<FinalName>() != nullptr ||
               (value.isUnknown() && unknownIsName) || value.as<EnumMemberObject>() != nullptr;
    };
    if (!items.empty() && mayBeName(items.front()) && name == nullptr) {
        firstName = items.front();
        items.erase(items.begin());
        name = &firstName;
    }
    if (!items.empty() && !items.front().isNone() && !isItem(items.front()) && type == nullptr) {
        firstType = items.front();
        items.erase(items.begin());
        type = &firstType;
    }
    if (const auto text = givenText(name))
        column.name = *text;
    else if (arguments.hidden)
        column.name = Unknown{arguments.hidden->reason};
    if (type == nullptr || type->isNone()) {
        if (arguments.hidden)
            column.type = Unknown{arguments.hidden->reason};
        column.typeGiven = arguments.hidden.has_value();
        return std::nullopt;
    }
    auto made = typeFrom(interpreter, *type);
    if (!made)
        return made.error();
    column.type = *made;
    column.typeGiven = true;
    return std::nullopt;
}

void readAutoincrement(const Value* value, ColumnItem& column)
{
    if (value == nullptr)
        return;
    if (const bool* flag = value->asBool())
        column.autoincrement = *flag ? "True" : "False";
    else if (const std::string* text = value->asText())
        column.autoincrement = *text;
    else
        note(column.unknown,
             value->isUnknown() ? value->reason() : "autoincrement is not readable");
}

std::optional<Raised>
readFlags(Interpreter& interpreter, const Arguments& arguments, ColumnItem& column)
{
    std::optional<Unknown>& unknown = column.unknown;
    column.primaryKey = flagOf(interpreter, arguments.keyword("primary_key"), false, unknown);
    if (const Value* nullable = arguments.keyword("nullable"))
        column.nullable = flagOf(interpreter, nullable, false, unknown);
    column.unique = flagOf(interpreter, arguments.keyword("unique"), false, unknown);
    column.index = flagOf(interpreter, arguments.keyword("index"), false, unknown);
    column.system = flagOf(interpreter, arguments.keyword("system"), false, unknown);
    column.comment = optionalText(arguments.keyword("comment"), unknown);
    readAutoincrement(arguments.keyword("autoincrement"), column);
    if (const Value* given = arguments.keyword("default"); given != nullptr && !given->isNone()) {
        if (const auto* sequence = given->as<SequenceItem>())
            setSequence(column, *sequence);
        else
            column.pythonDefault = true;
    }
    if (const Value* given = arguments.keyword("server_default"); given != nullptr) {
        if (given->as<IdentityItem>() != nullptr || given->as<ComputedItem>() != nullptr)
            return addItem(column, *given);
        auto made = serverDefaultFrom(interpreter, *given);
        if (!made)
            return made.error();
        column.fetchedDefault = made->kind == ServerDefault::Kind::Fetched;
        if (made->kind == ServerDefault::Kind::Sql)
            column.serverDefault = made->sql;
    }
    return std::nullopt;
}

} // namespace

Evaluated makeColumn(Interpreter& interpreter, const Arguments& arguments)
{
    auto* column = interpreter.make<ColumnItem>();
    column->span = arguments.span;
    std::vector<Value> items;
    if (auto raised = readNameAndType(interpreter, arguments, *column, items))
        return otherwise(*raised);
    if (auto raised = readFlags(interpreter, arguments, *column))
        return otherwise(*raised);
    for (const Value& item : items) {
        if (auto raised = addItem(*column, item))
            return otherwise(*raised);
    }
    if (arguments.hidden)
        note(column->unknown, arguments.hidden->reason);
    return Value(column);
}

ColumnItem* copyOf(Interpreter& interpreter, const ColumnItem& column)
{
    auto* copy = interpreter.make<ColumnItem>();
    copy->name = column.name;
    copy->type = column.type;
    copy->typeGiven = column.typeGiven;
    copy->primaryKey = column.primaryKey;
    copy->nullable = column.nullable;
    copy->unique = column.unique;
    copy->index = column.index;
    copy->autoincrement = column.autoincrement;
    copy->pythonDefault = column.pythonDefault;
    copy->serverDefault = column.serverDefault;
    copy->fetchedDefault = column.fetchedDefault;
    copy->identity = column.identity;
    copy->computed = column.computed;
    copy->sequence = column.sequence;
    copy->comment = column.comment;
    copy->system = column.system;
    copy->constraints = column.constraints;
    copy->unknown = column.unknown;
    copy->span = column.span;
    return copy;
}

QualifiedName sequenceNameOf(const ColumnItem& column)
{
    QualifiedName name{{}, column.sequence.value_or(std::string())};
    if (const std::size_t dot = name.name.rfind('.'); dot != std::string::npos) {
        name.schema = name.name.substr(0, dot);
        name.name.erase(0, dot + 1);
    }
    return name;
}

std::vector<std::string> ColumnItem::classNames() const
{
    return {"Column", "ColumnClause", "ColumnElement", "ClauseElement", "SchemaItem"};
}

SqlText ColumnItem::compile(const CompileContext& context) const
{
    if (!name.isKnown())
        return Unknown{name.reason()};
    const std::string own = sqlName(name.value());
    return context.tableNames && table != nullptr ? sqlName(table->name.name) + "." + own : own;
}

std::optional<std::string> ColumnItem::columnName() const
{
    if (!name.isKnown())
        return std::nullopt;
    return name.value();
}

Evaluated ColumnItem::attribute(Interpreter& interpreter, std::string_view attributeName)
{
    if (attributeName == "name" || attributeName == "key")
        return name.isKnown() ? Value(name.value()) : Value(Unknown{name.reason()});
    if (attributeName == "type")
        return type.isKnown() ? Value(static_cast<Object*>(type.value()))
                              : Value(Unknown{type.reason()});
    if (attributeName == "table")
        return table == nullptr ? Value() : Value(static_cast<Object*>(table));
    if (attributeName == "primary_key")
        return Value(primaryKey);
    if (attributeName == "nullable")
        return Value(nullable.value_or(!primaryKey));
    if (attributeName == "unique")
        return unique ? Value(true) : Value();
    if (attributeName == "index")
        return index ? Value(true) : Value();
    if (attributeName == "autoincrement")
        return autoincrement == "True" || autoincrement == "False" ? Value(autoincrement == "True")
                                                                   : Value(autoincrement);
    if (attributeName == "comment")
        return comment ? Value(*comment) : Value();
    if (attributeName == "copy" || attributeName == "_copy") {
        return interpreter.makeFunction("copy",
                                        [this](Interpreter& inner, const Arguments&) -> Evaluated {
                                            return Value(copyOf(inner, *this));
                                        });
    }
    return Clause::attribute(interpreter, attributeName);
}

std::optional<Unknown> unknownPart(const ColumnItem& column)
{
    if (column.unknown)
        return column.unknown;
    if (!column.name.isKnown())
        return Unknown{column.name.reason()};
    for (const ConstraintItem* constraint : column.constraints) {
        if (constraint->unknown)
            return constraint->unknown;
    }
    return std::nullopt;
}

} // namespace sightglass
