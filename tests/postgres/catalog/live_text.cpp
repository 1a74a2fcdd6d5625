// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/postgres/catalog/live_text.h"

#include "core/base/error.h"

namespace sightglass::test {

namespace {

std::string joined(const std::vector<std::string>& parts)
{
    std::string text;
    for (std::size_t i = 0; i < parts.size(); ++i)
        text += (i == 0 ? "" : ", ") + parts[i];
    return text;
}

std::string when(bool condition, const std::string& text)
{
    return condition ? text : std::string();
}

std::string labelled(const std::string& label, const std::string& text)
{
    return when(!text.empty(), " " + label + " " + text);
}

std::string deferral(bool deferrable, bool initially)
{
    return when(deferrable, initially ? " initially deferred" : " deferrable");
}

std::string columnText(const Column& column)
{
    std::string text = "  " + column.name + " " + column.type + when(!column.nullable, " not null");
    if (column.defaultExpression)
        text += " default " + *column.defaultExpression;
    if (column.identity)
        text += std::string(" identity ") + (column.identity->always ? "always" : "by default") +
                " from " + std::to_string(column.identity->start) + " by " +
                std::to_string(column.identity->increment);
    if (column.generated)
        text += " generated " + *column.generated;
    return text + labelled("collate", column.collation) + labelled("--", column.comment) + "\n";
}

std::string keyText(const std::string& word, const KeyConstraint& key)
{
    return "  " + word + " " + key.name + " (" + joined(key.columns) + ")" +
           when(!key.include.empty(), " include (" + joined(key.include) + ")") +
           when(key.nullsNotDistinct, " nulls not distinct") +
           deferral(key.deferrable, key.initiallyDeferred) + "\n";
}

std::string foreignKeyText(const ForeignKey& key)
{
    return "  foreign key " + key.name + " (" + joined(key.columns) + ") to " +
           sightglass::toText(key.target) + " (" + joined(key.targetColumns) + ")" +
           labelled("on delete", key.onDelete) + labelled("on update", key.onUpdate) +
           labelled("match", key.match) + deferral(key.deferrable, key.initiallyDeferred) +
           when(!key.validated, " not valid") + "\n";
}

std::string indexText(const Index& index)
{
    return "  index " + index.name + when(index.unique, " unique") + " " + index.method + " (" +
           joined(index.columns) + ")" +
           when(!index.include.empty(), " include (" + joined(index.include) + ")") +
           when(index.nullsNotDistinct, " nulls not distinct") +
           when(index.predicate.has_value(), " where " + index.predicate.value_or("")) +
           when(!index.valid, " INVALID") + when(!index.bytes, " no size") + "\n";
}

std::string checkText(const CheckConstraint& check)
{
    return "  check " + check.name + " " + check.expression + when(check.noInherit, " no inherit") +
           when(!check.validated, " not valid") + "\n";
}

std::string policyText(const Policy& policy)
{
    return "  policy " + policy.name + " " + policy.command +
           when(!policy.permissive, " restrictive") + " to " + joined(policy.roles) +
           labelled("using", policy.usingExpression) + labelled("check", policy.checkExpression) +
           "\n";
}

std::string tableText(const Table& table)
{
    std::string text =
        std::string(sightglass::toText(table.kind)) + " " + sightglass::toText(table.name) +
        " owner " + table.owner + when(table.unlogged, " unlogged") +
        when(table.rowSecurity, " row security") + labelled("by", table.partitionKey) +
        labelled("extension", table.extension) +
        when(table.partitionOf.has_value(),
             " partition of " + sightglass::toText(table.partitionOf.value_or(QualifiedName{})) +
                 " " + table.partitionBound) +
        labelled("--", table.comment) + "\n";
    for (const QualifiedName& parent : table.inherits)
        text += "  inherits " + sightglass::toText(parent) + "\n";
    for (const Column& column : table.columns)
        text += columnText(column);
    if (table.primaryKey)
        text += keyText("primary key", *table.primaryKey);
    for (const auto& key : table.uniques)
        text += keyText("unique", key);
    for (const auto& key : table.foreignKeys)
        text += foreignKeyText(key);
    for (const auto& check : table.checks)
        text += checkText(check);
    for (const auto& exclusion : table.exclusions)
        text += "  exclude " + exclusion.name + " " + exclusion.definition + "\n";
    for (const auto& index : table.indexes)
        text += indexText(index);
    for (const auto& trigger : table.triggers)
        text += "  trigger " + trigger.name + when(!trigger.enabled, " disabled") + " " +
                trigger.definition + "\n";
    for (const auto& policy : table.policies)
        text += policyText(policy);
    return text;
}

std::string viewText(const View& view)
{
    std::string text = std::string(view.materialized ? "materialized view " : "view ") +
                       sightglass::toText(view.name) + labelled("extension", view.extension) + "\n";
    for (const Column& column : view.columns)
        text += columnText(column);
    for (const auto& index : view.indexes)
        text += indexText(index);
    return text + "  as" + view.definition + "\n";
}

} // namespace

std::string toText(const Schema& schema)
{
    std::string text =
        "namespaces " + joined({schema.namespaces.begin(), schema.namespaces.end()}) + "\n";
    for (const auto& [name, extension] : schema.extensions)
        text += "extension " + name + " in " + extension.schema + "\n";
    for (const auto& [name, type] : schema.enums)
        text += "enum " + sightglass::toText(name) + " (" + joined(type->labels) + ")" +
                labelled("extension", type->extension) + "\n";
    for (const auto& [name, domain] : schema.domains) {
        text += "domain " + sightglass::toText(name) + " " + domain->type +
                when(!domain->nullable, " not null") +
                when(domain->defaultExpression.has_value(),
                     " default " + domain->defaultExpression.value_or("")) +
                "\n";
        for (const auto& check : domain->checks)
            text += checkText(check);
    }
    for (const auto& [name, sequence] : schema.sequences)
        text +=
            "sequence " + sightglass::toText(name) + " " + sequence->type + " from " +
            std::to_string(sequence->start) + " by " + std::to_string(sequence->increment) +
            when(sequence->ownerTable.has_value(),
                 " owned by " + sightglass::toText(sequence->ownerTable.value_or(QualifiedName{})) +
                     "." + sequence->ownerColumn) +
            "\n";
    for (const auto& [name, table] : schema.tables)
        text += tableText(*table);
    for (const auto& [name, view] : schema.views)
        text += viewText(*view);
    for (const auto& [key, function] : schema.functions)
        text += function->kind + " " + sightglass::toText(function->name) + "(" +
                function->arguments + ")" + labelled("returns", function->result) + " " +
                function->language + labelled("extension", function->extension) +
                labelled(":", function->body) + "\n";
    return text;
}

std::string versionText(const LiveState& state)
{
    std::string text;
    for (const VersionTable& table : state.versionTables) {
        text += std::string(table.isView ? "view " : "table ") +
                printable(sightglass::toText(table.name)) + " [" + joined(table.rows) + "]" +
                when(!table.readable, " unreadable") + labelled("type", table.columnType) +
                when(table.width.has_value(), " width " + std::to_string(table.width.value_or(0))) +
                when(table.nullable, " nullable") + labelled("key", table.primaryKeyName) +
                when(!table.hasPrimaryKey, " without primary key") +
                when(!table.otherColumns.empty(), " beside " + joined(table.otherColumns)) + "\n";
    }
    for (const std::string& sentence : state.notRead)
        text += "not read: " + sentence + "\n";
    return text;
}

} // namespace sightglass::test
