// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/directives/reflection.h"

#include "core/directives/inspector.h"
#include "core/directives/revision_session.h"
#include "core/directives/server_exception.h"

#include <algorithm>
#include <utility>

namespace sightglass {

namespace {

bool isAutoload(const std::pair<std::string, Value>& keyword)
{
    return keyword.first == "autoload" || keyword.first == "autoload_with";
}

bool asksToLoad(Interpreter& interpreter, const Arguments& arguments)
{
    for (const auto& keyword : arguments.keywords) {
        if (!isAutoload(keyword) || keyword.second.isNone())
            continue;
        const Known<bool> truth = interpreter.truthOf(keyword.second);
        if (keyword.first == "autoload_with" || !truth.isKnown() || truth.value())
            return true;
    }
    return false;
}

/// The metadata of Table("name", metadata) that was reflected, which is where its columns are from.
const MetaDataItem* reflectedMetadata(const Arguments& arguments)
{
    const Value* given = arguments.at(1, "metadata");
    const auto* metadata = given != nullptr ? given->as<MetaDataItem>() : nullptr;
    const bool bare = arguments.positional.size() <= 2 && !arguments.hidden;
    return metadata != nullptr && metadata->unknown && bare ? metadata : nullptr;
}

const Table* findTable(const RevisionSession& session, const Schema& schema, QualifiedName& name)
{
    if (!name.schema.empty())
        return schema.table(name);
    for (const std::string& space : session.searchPath()) {
        if (const Table* table = schema.table({space, name.name})) {
            name.schema = space;
            return table;
        }
    }
    return nullptr;
}

bool isPartOfKey(const Table& table, const std::string& column)
{
    return table.primaryKey &&
           std::ranges::find(table.primaryKey->columns, column) != table.primaryKey->columns.end();
}

void addColumn(Interpreter& interpreter,
               const Schema& schema,
               const Table& reflected,
               const Column& column,
               TableItem& table)
{
    const bool given = std::ranges::any_of(table.columns, [&](const ColumnItem* each) {
        return each->name.isKnown() && each->name.value() == column.name;
    });
    if (given)
        return;
    auto* item = interpreter.make<ColumnItem>();
    item->name = column.name;
    const Value type = reflectedType(interpreter, schema, column.type);
    auto* object = type.as<TypeObject>();
    item->type =
        object != nullptr
            ? Known<TypeObject*>(object)
            : Known<TypeObject*>(Unknown{"type " + column.type + " of a reflected column"});
    item->typeGiven = true;
    item->nullable = column.nullable;
    item->primaryKey = isPartOfKey(reflected, column.name);
    if (column.defaultExpression)
        item->serverDefault = SqlText(*column.defaultExpression);
    item->table = &table;
    item->span = table.span;
    table.columns.push_back(item);
}

void addConstraint(Interpreter& interpreter,
                   std::string className,
                   ConstraintDefinition definition,
                   TableItem& table)
{
    auto* item = interpreter.make<ConstraintItem>();
    item->className = std::move(className);
    item->name = {.kind = GivenName::Kind::Plain, .text = definition.name};
    definition.name.clear();
    item->definition = std::move(definition);
    item->table = &table;
    item->span = table.span;
    table.constraints.push_back(item);
}

/// Foreign keys, unique constraints and checks; the primary key is that of the columns.
void addConstraints(Interpreter& interpreter, const Table& reflected, TableItem& table)
{
    using Kind = ConstraintDefinition::Kind;
    for (const ForeignKey& key : reflected.foreignKeys)
        addConstraint(interpreter,
                      "ForeignKeyConstraint",
                      {.kind = Kind::ForeignKey,
                       .name = key.name,
                       .columns = key.columns,
                       .target = key.target,
                       .targetColumns = key.targetColumns,
                       .onDelete = key.onDelete,
                       .onUpdate = key.onUpdate},
                      table);
    for (const KeyConstraint& key : reflected.uniques)
        addConstraint(interpreter,
                      "UniqueConstraint",
                      {.kind = Kind::Unique, .name = key.name, .columns = key.columns},
                      table);
    for (const CheckConstraint& check : reflected.checks)
        addConstraint(interpreter,
                      "CheckConstraint",
                      {.kind = Kind::Check, .name = check.name, .expression = check.expression},
                      table);
}

std::optional<Raised> load(Interpreter& interpreter,
                           RevisionSession& session,
                           TableItem& table,
                           const MetaDataItem* metadata)
{
    const Outcome<const Schema*, Raised> schema = session.schema(interpreter);
    if (!schema)
        return schema.error();
    QualifiedName name = table.name;
    const Table* reflected = findTable(session, **schema, name);
    std::string doubt = session.doubtAbout(name);
    if (doubt.empty())
        doubt = session.doubtAboutColumns(name);
    if (!doubt.empty()) {
        table.unknown = Unknown{std::move(doubt)};
        return std::nullopt;
    }
    if (reflected == nullptr && metadata != nullptr) {
        table.unknown = metadata->unknown;
        return std::nullopt;
    }
    if (reflected == nullptr)
        return Raised{.type = "NoSuchTableError",
                      .bases = basesOfException("NoSuchTableError"),
                      .message = table.name.name,
                      .span = interpreter.here(),
                      .exception = {},
                      .stopsReading = false};
    for (const Column& column : reflected->columns)
        addColumn(interpreter, **schema, *reflected, column, table);
    addConstraints(interpreter, *reflected, table);
    return std::nullopt;
}

/// Table(…) with reflection: what it is given, then what the schema has.
Evaluated makeReflectedTable(Interpreter& interpreter, const Value& plain, const Arguments& given)
{
    RevisionSession* session = sessionOf(interpreter);
    const MetaDataItem* metadata = reflectedMetadata(given);
    if (session == nullptr || !session->running() ||
        (metadata == nullptr && !asksToLoad(interpreter, given)))
        return interpreter.call(plain, given);
    Arguments arguments = given;
    std::erase_if(arguments.keywords, isAutoload);
    const Evaluated made = interpreter.call(plain, arguments);
    if (!made)
        return made;
    auto* table = made->as<TableItem>();
    if (table == nullptr || table->unknown || table->name.name.empty())
        return made;
    if (metadata != nullptr && !table->columns.empty())
        return made;
    if (auto raised = load(interpreter, *session, *table, metadata))
        return otherwise(std::move(*raised));
    return made;
}

} // namespace

void addReflection(Interpreter& interpreter, NativeModule& module)
{
    const Value* found = module.find(interpreter, "Table");
    if (found == nullptr)
        return;
    auto* type = interpreter.make<NativeClass>(
        "Table",
        std::vector<std::string>{"FromClause", "SchemaItem"},
        [plain = *found](Interpreter& inner, const Arguments& arguments) -> Evaluated {
            return makeReflectedTable(inner, plain, arguments);
        });
    module.set("Table", Value(type));
}

} // namespace sightglass
