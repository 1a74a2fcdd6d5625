// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/differences/differences.h"

#include "core/schema/definitions.h"

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

namespace sightglass {

namespace {

/// Parts of one relation by name, as one line of definition each.
using Parts = std::map<std::string, std::string>;

/// Writes down what two maps of definitions do not hold alike.
class Collector
{
public:
    explicit Collector(std::vector<Difference>& differences)
        : m_differences(differences)
    {}

    void compare(const std::string& kind,
                 const QualifiedName& object,
                 const Parts& left,
                 const Parts& right)
    {
        for (const auto& [name, definition] : left) {
            const auto other = right.find(name);
            if (other == right.end())
                add(kind, object, name, Difference::Change::OnlyLeft, definition, {});
            else if (other->second != definition)
                add(kind, object, name, Difference::Change::Differs, definition, other->second);
        }
        for (const auto& [name, definition] : right) {
            if (!left.contains(name))
                add(kind, object, name, Difference::Change::OnlyRight, {}, definition);
        }
    }

    void add(const std::string& kind,
             const QualifiedName& object,
             const std::string& part,
             Difference::Change change,
             const std::string& left,
             const std::string& right)
    {
        m_differences.push_back({.kind = kind,
                                 .object = object,
                                 .part = part,
                                 .change = change,
                                 .left = left,
                                 .right = right});
    }

private:
    std::vector<Difference>& m_differences;
};

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

Parts columnsOf(const std::vector<Column>& columns, const DifferenceSettings& settings)
{
    Parts parts;
    for (const Column& column : columns) {
        std::string text = columnDefinition(column);
        if (settings.comments && !column.comment.empty())
            text += " comment '" + column.comment + "'";
        parts.emplace(column.name, std::move(text));
    }
    return parts;
}

std::string indexText(const QualifiedName& table, const Index& index)
{
    std::string text = index.definition.empty() ? indexDefinition(table, index) : index.definition;
    return index.valid ? text : text + " (invalid)";
}

template <typename T, typename F>
Parts partsOf(const std::vector<T>& items, const F& definition)
{
    Parts parts;
    for (const T& item : items)
        parts.emplace(item.name, definition(item));
    return parts;
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

void compareTables(const Table& left,
                   const Table& right,
                   const DifferenceSettings& settings,
                   Collector& collector)
{
    const QualifiedName& name = left.name;
    const std::string ours = tableDefinition(left, settings);
    const std::string theirs = tableDefinition(right, settings);
    if (ours != theirs)
        collector.add("table", name, {}, Difference::Change::Differs, ours, theirs);
    const auto keyOf = [](const Table& table) {
        Parts parts;
        if (table.primaryKey)
            parts.emplace(table.primaryKey->name, primaryKeyDefinition(*table.primaryKey));
        return parts;
    };
    const auto index = [&](const Index& each) { return indexText(name, each); };
    const auto exclusion = [](const ExclusionConstraint& each) { return each.definition; };
    collector.compare(
        "column", name, columnsOf(left.columns, settings), columnsOf(right.columns, settings));
    collector.compare("primary key", name, keyOf(left), keyOf(right));
    collector.compare("unique",
                      name,
                      partsOf(left.uniques, uniqueDefinition),
                      partsOf(right.uniques, uniqueDefinition));
    collector.compare("foreign key",
                      name,
                      partsOf(left.foreignKeys, foreignKeyDefinition),
                      partsOf(right.foreignKeys, foreignKeyDefinition));
    collector.compare("check",
                      name,
                      partsOf(left.checks, checkDefinition),
                      partsOf(right.checks, checkDefinition));
    collector.compare("exclusion",
                      name,
                      partsOf(left.exclusions, exclusion),
                      partsOf(right.exclusions, exclusion));
    collector.compare("index", name, partsOf(left.indexes, index), partsOf(right.indexes, index));
    collector.compare(
        "trigger", name, partsOf(left.triggers, triggerText), partsOf(right.triggers, triggerText));
    collector.compare(
        "policy", name, partsOf(left.policies, policyText), partsOf(right.policies, policyText));
}

void compareViews(const View& left,
                  const View& right,
                  const DifferenceSettings&,
                  Collector& collector)
{
    if (left.definition != right.definition || left.materialized != right.materialized) {
        collector.add(
            "view", left.name, {}, Difference::Change::Differs, left.definition, right.definition);
    }
    const auto index = [&](const Index& each) { return indexText(left.name, each); };
    collector.compare(
        "index", left.name, partsOf(left.indexes, index), partsOf(right.indexes, index));
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

/// Walks two sorted maps of shared objects. `describe` is for those on one side; `both` compares.
template <typename Map, typename Describe, typename Both>
void compareMaps(const Map& left, const Map& right, const Describe& describe, const Both& both)
{
    auto l = left.begin();
    auto r = right.begin();
    while (l != left.end() || r != right.end()) {
        if (r == right.end() || (l != left.end() && l->first < r->first)) {
            describe(l->first, *l->second, Difference::Change::OnlyLeft);
            ++l;
        } else if (l == left.end() || r->first < l->first) {
            describe(r->first, *r->second, Difference::Change::OnlyRight);
            ++r;
        } else {
            if (l->second != r->second)
                both(*l->second, *r->second);
            ++l;
            ++r;
        }
    }
}

class Comparison
{
public:
    Comparison(const DifferenceSettings& settings, std::vector<Difference>& differences)
        : m_settings(settings)
        , m_collector(differences)
    {}

    void tables(const Schema& left, const Schema& right)
    {
        compareMaps(
            left.tables,
            right.tables,
            [&](const QualifiedName& name, const Table& table, Difference::Change change) {
                if (counts(name, table.extension))
                    oneSided("table", name, {}, change, tableDefinition(table, m_settings));
            },
            [&](const Table& ours, const Table& theirs) {
                if (counts(ours.name, ours.extension))
                    compareTables(ours, theirs, m_settings, m_collector);
            });
        compareMaps(
            left.views,
            right.views,
            [&](const QualifiedName& name, const View& view, Difference::Change change) {
                if (counts(name, view.extension))
                    oneSided("view", name, {}, change, view.definition);
            },
            [&](const View& ours, const View& theirs) {
                if (counts(ours.name, ours.extension))
                    compareViews(ours, theirs, m_settings, m_collector);
            });
    }

    template <typename Map, typename Text>
    void objects(const std::string& kind, const Map& left, const Map& right, const Text& text)
    {
        compareMaps(
            left,
            right,
            [&](const QualifiedName& name, const auto& object, Difference::Change change) {
                if (counts(name, object.extension))
                    oneSided(kind, name, {}, change, text(object));
            },
            [&](const auto& ours, const auto& theirs) {
                if (counts(ours.name, ours.extension) && text(ours) != text(theirs)) {
                    m_collector.add(
                        kind, ours.name, {}, Difference::Change::Differs, text(ours), text(theirs));
                }
            });
    }

    void functions(const Schema& left, const Schema& right)
    {
        compareMaps(
            left.functions,
            right.functions,
            [&](const auto& key, const Function& function, Difference::Change change) {
                if (counts(key.first, function.extension))
                    oneSided("function",
                             key.first,
                             "(" + key.second + ")",
                             change,
                             functionText(function));
            },
            [&](const Function& ours, const Function& theirs) {
                if (counts(ours.name, ours.extension) &&
                    functionText(ours) != functionText(theirs)) {
                    m_collector.add("function",
                                    ours.name,
                                    "(" + ours.arguments + ")",
                                    Difference::Change::Differs,
                                    functionText(ours),
                                    functionText(theirs));
                }
            });
    }

    void namesOnly(const std::string& kind, const Parts& left, const Parts& right)
    {
        for (const auto& [name, definition] : left) {
            if (!right.contains(name))
                oneSided(kind,
                         {.schema = {}, .name = name},
                         {},
                         Difference::Change::OnlyLeft,
                         definition);
        }
        for (const auto& [name, definition] : right) {
            if (!left.contains(name))
                oneSided(kind,
                         {.schema = {}, .name = name},
                         {},
                         Difference::Change::OnlyRight,
                         definition);
        }
    }

private:
    bool counts(const QualifiedName& name, const std::string& extension) const
    {
        if (!extension.empty() && !m_settings.extensionObjects)
            return false;
        return !m_settings.leftOut || !m_settings.leftOut(name);
    }

    void oneSided(const std::string& kind,
                  const QualifiedName& object,
                  const std::string& part,
                  Difference::Change change,
                  const std::string& definition)
    {
        const bool left = change == Difference::Change::OnlyLeft;
        m_collector.add(kind, object, part, change, left ? definition : "", left ? "" : definition);
    }

    const DifferenceSettings& m_settings;
    Collector m_collector;
};

Parts namespacesOf(const Schema& schema)
{
    Parts parts;
    for (const std::string& name : schema.namespaces)
        parts.emplace(name, "schema");
    return parts;
}

Parts extensionsOf(const Schema& schema)
{
    Parts parts;
    for (const auto& [name, extension] : schema.extensions) {
        // Every new database has it; nobody makes it.
        if (name != "plpgsql")
            parts.emplace(name, "extension");
    }
    return parts;
}

} // namespace

std::string_view toText(Difference::Change change)
{
    switch (change) {
    case Difference::Change::OnlyLeft:
        return "only-left";
    case Difference::Change::OnlyRight:
        return "only-right";
    case Difference::Change::Differs:
        break;
    }
    return "differs";
}

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

std::vector<Difference>
differencesBetween(const Schema& left, const Schema& right, const DifferenceSettings& settings)
{
    std::vector<Difference> differences;
    Comparison comparison(settings, differences);
    comparison.namesOnly("schema", namespacesOf(left), namespacesOf(right));
    comparison.namesOnly("extension", extensionsOf(left), extensionsOf(right));
    comparison.objects("enum", left.enums, right.enums, enumText);
    comparison.objects("domain", left.domains, right.domains, domainText);
    comparison.objects("sequence", left.sequences, right.sequences, sequenceText);
    comparison.tables(left, right);
    comparison.functions(left, right);
    std::ranges::stable_sort(differences, {}, [](const Difference& each) {
        return std::tie(each.object, each.kind, each.part);
    });
    return differences;
}

} // namespace sightglass
