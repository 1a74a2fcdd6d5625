// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/differences/object_lines.h"

#include "core/schema/definitions.h"

#include <utility>

namespace sightglass {

namespace {

std::string joined(const std::vector<std::string>& items, std::string_view between = ", ")
{
    std::string text;
    for (const std::string& item : items) {
        if (!text.empty())
            text += between;
        text += item;
    }
    return text;
}

std::string identityDefinition(const Identity& identity)
{
    return std::string(" generated ") + (identity.always ? "always" : "by default") +
           " as identity (start " + std::to_string(identity.start) + " increment " +
           std::to_string(identity.increment) + ")";
}

std::string tableDefinition(const Table& table, const DifferenceSettings& settings)
{
    std::string text(toText(table.kind));
    if (!table.partitionKey.empty())
        text += " by " + table.partitionKey;
    if (table.partitionOf)
        text += " of " + toText(*table.partitionOf) + " " + table.partitionBound;
    if (table.unlogged)
        text += ", unlogged";
    if (table.rowSecurity)
        text += ", row security";
    for (const QualifiedName& parent : table.inherits)
        text += ", inherits " + toText(parent);
    if (settings.comments && !table.comment.empty())
        text += ", comment '" + table.comment + "'";
    if (settings.owners && !table.owner.empty())
        text += ", owner " + table.owner;
    return text;
}

std::string indexText(const QualifiedName& table, const Index& index)
{
    std::string text = index.definition.empty() ? indexDefinition(table, index) : index.definition;
    return index.valid ? text : text + " (invalid)";
}

std::string triggerText(const Trigger& trigger)
{
    return trigger.definition + (trigger.enabled ? "" : " (disabled)");
}

std::string policyText(const Policy& policy)
{
    return std::string(policy.permissive ? "permissive " : "restrictive ") + policy.command +
           " to " + joined(policy.roles) + " using " + policy.usingExpression + " check " +
           policy.checkExpression;
}

std::string enumText(const EnumType& type)
{
    return "enum (" + joined(type.labels) + ")";
}

std::string domainText(const Domain& domain)
{
    std::string text = domain.type + (domain.nullable ? "" : " not null");
    if (domain.defaultExpression)
        text += " default " + *domain.defaultExpression;
    for (const CheckConstraint& check : domain.checks)
        text += " constraint " + check.name + " " + checkDefinition(check);
    return text;
}

std::string sequenceText(const Sequence& sequence)
{
    std::string text = sequence.type + " start " + std::to_string(sequence.start) + " increment " +
                       std::to_string(sequence.increment);
    if (sequence.ownerTable)
        text += " owned by " + toText(*sequence.ownerTable) + "." + sequence.ownerColumn;
    return text;
}

std::string functionText(const Function& function)
{
    return function.kind + " returns " + function.result + " language " + function.language +
           " as " + function.body;
}

std::string columnText(const Column& column, const DifferenceSettings& settings)
{
    std::string text = columnDefinition(column);
    if (settings.comments && !column.comment.empty())
        text += " comment '" + column.comment + "'";
    return text;
}

template <typename T, typename F>
void add(std::vector<ObjectLine>& lines,
         std::string_view kind,
         const std::vector<T>& items,
         const F& definition)
{
    for (const T& item : items)
        lines.push_back({.kind = kind, .part = item.name, .definition = definition(item)});
}

std::vector<ObjectLine> oneLine(std::string_view kind, std::string definition)
{
    return {{.kind = kind, .part = {}, .definition = std::move(definition)}};
}

} // namespace

std::string columnDefinition(const Column& column)
{
    std::string text = column.type.empty() ? std::string("(type not known)") : column.type;
    if (!column.collation.empty())
        text += " collate " + column.collation;
    if (!column.nullable)
        text += " not null";
    if (column.defaultExpression)
        text += " default " + *column.defaultExpression;
    if (column.identity)
        text += identityDefinition(*column.identity);
    if (column.generated) {
        text += " generated always as (" + *column.generated +
                (column.generatedVirtual ? ") virtual" : ") stored");
    }
    return text;
}

std::vector<ObjectLine> linesOf(const Table& table, const DifferenceSettings& settings)
{
    auto lines = oneLine("table", tableDefinition(table, settings));
    add(lines, "column", table.columns, [&](const Column& each) {
        return columnText(each, settings);
    });
    if (table.primaryKey)
        lines.push_back({.kind = "primary key",
                         .part = table.primaryKey->name,
                         .definition = primaryKeyDefinition(*table.primaryKey)});
    add(lines, "unique", table.uniques, uniqueDefinition);
    add(lines, "foreign key", table.foreignKeys, foreignKeyDefinition);
    add(lines, "check", table.checks, checkDefinition);
    add(lines, "exclusion", table.exclusions, [](const ExclusionConstraint& each) {
        return each.definition;
    });
    add(lines, "index", table.indexes, [&](const Index& each) {
        return indexText(table.name, each);
    });
    add(lines, "trigger", table.triggers, triggerText);
    add(lines, "policy", table.policies, policyText);
    return lines;
}

std::vector<ObjectLine> linesOf(const View& view, const DifferenceSettings&)
{
    auto lines =
        oneLine("view", view.materialized ? "materialized " + view.definition : view.definition);
    add(lines, "index", view.indexes, [&](const Index& each) {
        return indexText(view.name, each);
    });
    return lines;
}

std::vector<ObjectLine> linesOf(const EnumType& type, const DifferenceSettings&)
{
    return oneLine("enum", enumText(type));
}

std::vector<ObjectLine> linesOf(const Domain& domain, const DifferenceSettings&)
{
    return oneLine("domain", domainText(domain));
}

std::vector<ObjectLine> linesOf(const Sequence& sequence, const DifferenceSettings&)
{
    return oneLine("sequence", sequenceText(sequence));
}

std::vector<ObjectLine> linesOf(const Function& function, const DifferenceSettings&)
{
    auto lines = oneLine("function", functionText(function));
    lines.front().part = "(" + function.arguments + ")";
    return lines;
}

} // namespace sightglass
