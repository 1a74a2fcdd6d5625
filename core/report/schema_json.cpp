// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/json_report.h"
#include "core/report/json_values.h"
#include "core/schema/definitions.h"

#include <map>
#include <string_view>

namespace sightglass {

namespace {

using json::Value;

Value keyJson(const KeyConstraint& key, const std::string& definition)
{
    Value value = {{"name", key.name}, {"columns", key.columns}, {"definition", definition}};
    if (!key.include.empty())
        value["include"] = key.include;
    if (key.nullsNotDistinct)
        value["nulls_not_distinct"] = true;
    if (key.deferrable)
        value["deferrable"] = true;
    if (key.initiallyDeferred)
        value["initially_deferred"] = true;
    return value;
}

Value columnJson(const Column& column)
{
    Value value = {{"name", column.name}, {"type", column.type}, {"nullable", column.nullable}};
    if (column.defaultExpression)
        value["default"] = *column.defaultExpression;
    if (column.identity) {
        value["identity"] = {{"always", column.identity->always},
                             {"start", column.identity->start},
                             {"increment", column.identity->increment}};
    }
    if (column.generated)
        value["generated"] = *column.generated;
    json::setText(value, "collation", column.collation);
    json::setText(value, "comment", column.comment);
    return value;
}

Value foreignKeyJson(const ForeignKey& key)
{
    Value value = {{"name", key.name},
                   {"columns", key.columns},
                   {"ref_schema", key.target.schema},
                   {"ref_table", key.target.name},
                   {"ref_columns", key.targetColumns}};
    json::setText(value, "on_delete", key.onDelete);
    json::setText(value, "on_update", key.onUpdate);
    json::setText(value, "match", key.match);
    if (key.deferrable)
        value["deferrable"] = true;
    if (key.initiallyDeferred)
        value["initially_deferred"] = true;
    if (!key.validated)
        value["valid"] = false;
    value["definition"] = foreignKeyDefinition(key);
    return value;
}

Value indexJson(const Index& index)
{
    Value value = {{"name", index.name},
                   {"unique", index.unique},
                   {"method", index.method},
                   {"columns", index.columns}};
    if (!index.include.empty())
        value["include"] = index.include;
    if (index.predicate)
        value["predicate"] = *index.predicate;
    value["valid"] = index.valid;
    if (index.nullsNotDistinct)
        value["nulls_not_distinct"] = true;
    json::setText(value, "definition", index.definition);
    if (index.bytes)
        value["bytes"] = *index.bytes;
    return value;
}

template <typename T, typename F>
Value listOf(const std::vector<T>& items, const F& toJson)
{
    Value list = Value::array();
    for (const T& item : items)
        list.push_back(toJson(item));
    return list;
}

Value checkJson(const CheckConstraint& check)
{
    Value value = {{"name", check.name},
                   {"expression", check.expression},
                   {"definition", checkDefinition(check)}};
    if (!check.validated)
        value["valid"] = false;
    if (check.noInherit)
        value["no_inherit"] = true;
    return value;
}

void setPartition(Value& value, const Table& table)
{
    json::setText(value, "partition_key", table.partitionKey);
    if (table.partitionOf)
        value["partition_of"] = {{"schema", table.partitionOf->schema},
                                 {"name", table.partitionOf->name}};
    json::setText(value, "partition_bound", table.partitionBound);
    if (!table.inherits.empty()) {
        value["inherits"] = listOf(table.inherits, [](const QualifiedName& name) {
            return Value({{"schema", name.schema}, {"name", name.name}});
        });
    }
}

Value tableJson(const Table& table)
{
    Value value = {
        {"schema", table.name.schema}, {"name", table.name.name}, {"kind", toText(table.kind)}};
    value["columns"] = listOf(table.columns, columnJson);
    if (table.primaryKey)
        value["primary_key"] = keyJson(*table.primaryKey, primaryKeyDefinition(*table.primaryKey));
    value["uniques"] = listOf(table.uniques, [](const KeyConstraint& key) {
        return keyJson(key, uniqueDefinition(key));
    });
    value["foreign_keys"] = listOf(table.foreignKeys, foreignKeyJson);
    value["checks"] = listOf(table.checks, checkJson);
    if (!table.exclusions.empty()) {
        value["exclusions"] = listOf(table.exclusions, [](const ExclusionConstraint& exclusion) {
            return Value({{"name", exclusion.name}, {"definition", exclusion.definition}});
        });
    }
    value["indexes"] = listOf(table.indexes, indexJson);
    if (!table.policies.empty() || table.rowSecurity) {
        value["row_security"] = table.rowSecurity;
        value["policies"] = listOf(table.policies, [](const Policy& policy) {
            return Value({{"name", policy.name},
                          {"command", policy.command},
                          {"permissive", policy.permissive},
                          {"roles", policy.roles},
                          {"using", policy.usingExpression},
                          {"check", policy.checkExpression}});
        });
    }
    setPartition(value, table);
    if (table.unlogged)
        value["unlogged"] = true;
    json::setText(value, "comment", table.comment);
    json::setText(value, "owner", table.owner);
    json::setText(value, "extension", table.extension);
    if (table.rowEstimate)
        value["row_estimate"] = *table.rowEstimate;
    if (table.bytes)
        value["bytes"] = *table.bytes;
    return value;
}

Value viewJson(const View& view)
{
    Value value = {{"schema", view.name.schema},
                   {"name", view.name.name},
                   {"materialized", view.materialized},
                   {"columns", listOf(view.columns, columnJson)},
                   {"definition", view.definition}};
    if (!view.indexes.empty())
        value["indexes"] = listOf(view.indexes, indexJson);
    json::setText(value, "extension", view.extension);
    return value;
}

Value enumJson(const EnumType& type)
{
    Value value = {{"schema", type.name.schema}, {"name", type.name.name}, {"values", type.labels}};
    json::setText(value, "extension", type.extension);
    return value;
}

Value domainJson(const Domain& domain)
{
    Value value = {{"schema", domain.name.schema},
                   {"name", domain.name.name},
                   {"type", domain.type},
                   {"nullable", domain.nullable}};
    if (domain.defaultExpression)
        value["default"] = *domain.defaultExpression;
    value["checks"] = listOf(domain.checks, checkJson);
    json::setText(value, "extension", domain.extension);
    return value;
}

Value sequenceJson(const Sequence& sequence)
{
    Value value = {{"schema", sequence.name.schema},
                   {"name", sequence.name.name},
                   {"type", sequence.type},
                   {"start", sequence.start},
                   {"increment", sequence.increment}};
    if (sequence.ownerTable) {
        value["owned_by"] = {{"schema", sequence.ownerTable->schema},
                             {"table", sequence.ownerTable->name},
                             {"column", sequence.ownerColumn}};
    }
    json::setText(value, "extension", sequence.extension);
    return value;
}

Value functionJson(const Function& function)
{
    Value value = {{"schema", function.name.schema},
                   {"name", function.name.name},
                   {"arguments", function.arguments},
                   {"result", function.result},
                   {"language", function.language},
                   {"kind", function.kind},
                   {"body", function.body}};
    json::setText(value, "extension", function.extension);
    return value;
}

template <typename Map, typename F>
Value objectsOf(const Map& objects, const F& toJson)
{
    Value list = Value::array();
    for (const auto& [name, object] : objects)
        list.push_back(toJson(*object));
    return list;
}

Value triggersOf(const Schema& schema)
{
    Value list = Value::array();
    for (const auto& [name, table] : schema.tables) {
        for (const Trigger& trigger : table->triggers) {
            list.push_back({{"schema", name.schema},
                            {"table", name.name},
                            {"name", trigger.name},
                            {"definition", trigger.definition},
                            {"enabled", trigger.enabled}});
        }
    }
    return list;
}

Value opaqueOf(const std::vector<Doubt>& doubts, const RevisionGraph* graph)
{
    std::map<std::string_view, std::string_view> revisionOfFile;
    if (graph != nullptr) {
        for (const Revision& revision : graph->revisions())
            revisionOfFile.emplace(revision.span.file, revision.id);
    }
    Value list = Value::array();
    for (const Doubt& doubt : doubts) {
        Value entry = Value::object();
        const auto revision = revisionOfFile.find(doubt.span.file);
        entry["revision"] =
            revision == revisionOfFile.end() ? Value(nullptr) : Value(revision->second);
        json::setSpan(entry, doubt.span);
        json::setText(entry, "table", toText(doubt.table));
        json::setText(entry, "column_name", doubt.column);
        entry["reason"] = doubt.reason;
        list.push_back(std::move(entry));
    }
    return list;
}

} // namespace

std::string schemaJson(const Schema& schema,
                       const std::string& source,
                       const std::string& revision,
                       const std::vector<Doubt>& doubts,
                       const RevisionGraph* graph)
{
    Value value = json::document("schema");
    value["source"] = source;
    json::setText(value, "revision", revision);
    value["namespaces"] = schema.namespaces;
    value["tables"] = objectsOf(schema.tables, tableJson);
    value["enums"] = objectsOf(schema.enums, enumJson);
    value["domains"] = objectsOf(schema.domains, domainJson);
    value["sequences"] = objectsOf(schema.sequences, sequenceJson);
    value["views"] = objectsOf(schema.views, viewJson);
    value["functions"] = objectsOf(schema.functions, functionJson);
    value["triggers"] = triggersOf(schema);
    value["extensions"] = Value::array();
    for (const auto& [name, extension] : schema.extensions)
        value["extensions"].push_back({{"name", extension.name},
                                       {"schema", extension.schema},
                                       {"version", extension.version}});
    value["opaque"] = opaqueOf(doubts, graph);
    return json::text(value);
}

} // namespace sightglass
