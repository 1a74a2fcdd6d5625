// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/schema/unread_parts.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <memory>
#include <utility>

namespace sightglass {

namespace {

using Kind = UnreadKind;

std::size_t countConstraints(const Table& table)
{
    return (table.primaryKey ? 1U : 0U) + table.uniques.size() + table.foreignKeys.size() +
           table.checks.size() + table.exclusions.size();
}

std::size_t countComments(const Table& table)
{
    return (table.comment.empty() ? 0U : 1U) +
           static_cast<std::size_t>(std::ranges::count_if(
               table.columns, [](const Column& each) { return !each.comment.empty(); }));
}

std::size_t countNothing(const Table&)
{
    return 0;
}

struct PartWords
{
    Kind part;
    std::string_view words;
    /// Anybody could have added such a thing to a table that revisions make.
    bool hangsOnTables;
    std::size_t (*ofTable)(const Table&);
};

constexpr std::array partWords{
    PartWords{
        Kind::Inheritance,
        "inheritance",
        true,
        [](const Table& table) { return table.inherits.size() + (table.partitionOf ? 1U : 0U); }},
    PartWords{Kind::Constraints, "constraints", true, countConstraints},
    PartWords{
        Kind::Indexes, "indexes", true, [](const Table& table) { return table.indexes.size(); }},
    PartWords{Kind::Comments, "comments", true, countComments},
    PartWords{
        Kind::Triggers, "triggers", true, [](const Table& table) { return table.triggers.size(); }},
    PartWords{Kind::Policies,
              "row policies",
              true,
              [](const Table& table) { return table.policies.size(); }},
    PartWords{Kind::ViewDefinitions, "definitions of views", false, countNothing},
    PartWords{Kind::Enums, "enum types", false, countNothing},
    PartWords{Kind::Domains, "domains", false, countNothing},
    PartWords{Kind::Sequences, "sequences", false, countNothing},
    PartWords{Kind::SequenceNumbers, "start and increment of sequences", false, countNothing},
    PartWords{Kind::Functions, "functions", false, countNothing},
    PartWords{Kind::Extensions, "extensions", false, countNothing},
    PartWords{Kind::ExtensionMembers, "members of extensions", false, countNothing}};

const PartWords& wordsOf(Kind part)
{
    const auto* const found = std::ranges::find(partWords, part, &PartWords::part);
    return found == partWords.end() ? partWords.front() : *found;
}

/// Objects of a kind of their own.
std::size_t countWhole(const Schema& schema, Kind part)
{
    switch (part) {
    case Kind::ViewDefinitions:
        return schema.views.size();
    case Kind::Enums:
        return schema.enums.size();
    case Kind::Domains:
        return schema.domains.size();
    case Kind::Sequences:
    case Kind::SequenceNumbers:
        return schema.sequences.size();
    case Kind::Functions:
        return schema.functions.size();
    case Kind::Extensions:
        return schema.extensions.size() - schema.extensions.count("plpgsql");
    default:
        return 0;
    }
}

void leaveOutExpressions(Table& table)
{
    for (Column& column : table.columns) {
        column.defaultExpression.reset();
        column.generated.reset();
        column.generatedVirtual = false;
    }
    for (CheckConstraint& check : table.checks)
        check.expression.clear();
    for (Policy& policy : table.policies) {
        policy.usingExpression.clear();
        policy.checkExpression.clear();
    }
    table.partitionBound.clear();
}

void leaveOutConstraints(Table& table)
{
    table.primaryKey.reset();
    table.uniques.clear();
    table.foreignKeys.clear();
    table.checks.clear();
    table.exclusions.clear();
}

/// INCLUDE and NULLS NOT DISTINCT of a key stand in its index.
void leaveOutIndexes(Table& table)
{
    table.indexes.clear();
    const auto ofIndex = [](KeyConstraint& key) {
        key.include.clear();
        key.nullsNotDistinct = false;
    };
    if (table.primaryKey)
        ofIndex(*table.primaryKey);
    std::ranges::for_each(table.uniques, ofIndex);
}

void leaveOutComments(std::vector<Column>& columns)
{
    for (Column& column : columns)
        column.comment.clear();
}

template <typename T>
Schema::Objects<T> eachAsRead(const Schema::Objects<T>& objects, const UnreadParts& unread)
{
    Schema::Objects<T> made;
    for (const auto& [name, object] : objects)
        made.insert_or_assign(name, std::make_shared<const T>(asRead(*object, unread)));
    return made;
}

/// Constraints of `promised` whose columns the live table has.
template <typename T>
std::vector<T> fitting(const std::vector<T>& promised, const Table& live)
{
    std::vector<T> fit;
    std::ranges::copy_if(promised, std::back_inserter(fit), [&](const T& each) {
        return std::ranges::all_of(each.columns, [&](const std::string& column) {
            return live.column(column) != nullptr;
        });
    });
    return fit;
}

bool hasColumnsOf(const Table& live, const Table& promised)
{
    return std::ranges::all_of(
        promised.columns, [&](const Column& each) { return live.column(each.name) != nullptr; });
}

void takeExpressions(Table& live, const Table& promised)
{
    for (Column& column : live.columns) {
        const Column* const other = promised.column(column.name);
        if (other == nullptr)
            continue;
        column.defaultExpression = other->defaultExpression;
        column.generated = other->generated;
        column.generatedVirtual = other->generatedVirtual;
    }
    for (CheckConstraint& check : live.checks) {
        const auto other = std::ranges::find(promised.checks, check.name, &CheckConstraint::name);
        if (other != promised.checks.end())
            check.expression = other->expression;
    }
    live.partitionBound = promised.partitionBound;
}

void takeConstraints(Table& live, const Table& promised)
{
    const bool whole = hasColumnsOf(live, promised);
    if (promised.primaryKey &&
        !fitting(std::vector<KeyConstraint>{*promised.primaryKey}, live).empty())
        live.primaryKey = promised.primaryKey;
    live.uniques = fitting(promised.uniques, live);
    live.foreignKeys = fitting(promised.foreignKeys, live);
    if (whole) {
        live.checks = promised.checks;
        live.exclusions = promised.exclusions;
    }
}

Table completed(const Table& live, const Table& promised, const UnreadParts& unread)
{
    Table made = live;
    if (unread.locked.contains(live.name))
        takeExpressions(made, promised);
    if (unread.lacks(Kind::Constraints))
        takeConstraints(made, promised);
    // Keys of an index may be expressions over any column.
    if (unread.lacks(Kind::Indexes) && hasColumnsOf(live, promised))
        made.indexes = promised.indexes;
    if (unread.lacks(Kind::Comments))
        made.comment = promised.comment;
    if (unread.lacks(Kind::Triggers))
        made.triggers = promised.triggers;
    if (unread.lacks(Kind::Policies))
        made.policies = promised.policies;
    if (unread.lacks(Kind::Inheritance)) {
        made.inherits = promised.inherits;
        made.partitionOf = promised.partitionOf;
    }
    return made;
}

} // namespace

std::string_view toText(UnreadKind part)
{
    return wordsOf(part).words;
}

std::string unreadText(const UnreadParts& unread)
{
    std::vector<std::string> items;
    for (const auto& [part, why] : unread.parts)
        items.emplace_back(toText(part));
    if (unread.locked.size() == 1)
        items.push_back("the expressions of " + toText(*unread.locked.begin()));
    else if (!unread.locked.empty())
        items.push_back("the expressions of " + std::to_string(unread.locked.size()) +
                        " locked tables");
    std::string text;
    for (std::size_t i = 0; i < items.size(); ++i) {
        if (i > 0)
            text += i + 1 == items.size() ? " and " : ", ";
        text += items[i];
    }
    return text;
}

Table asRead(const Table& table, const UnreadParts& unread)
{
    Table made = table;
    if (unread.locked.contains(table.name))
        leaveOutExpressions(made);
    if (unread.lacks(Kind::Constraints))
        leaveOutConstraints(made);
    if (unread.lacks(Kind::Indexes))
        leaveOutIndexes(made);
    if (unread.lacks(Kind::Comments)) {
        made.comment.clear();
        leaveOutComments(made.columns);
    }
    if (unread.lacks(Kind::Triggers))
        made.triggers.clear();
    if (unread.lacks(Kind::Policies))
        made.policies.clear();
    if (unread.lacks(Kind::Inheritance)) {
        made.inherits.clear();
        made.partitionOf.reset();
    }
    if (unread.lacks(Kind::Sequences) || unread.lacks(Kind::SequenceNumbers)) {
        for (Column& column : made.columns) {
            if (column.identity)
                column.identity = Identity{.always = column.identity->always};
        }
    }
    return made;
}

View asRead(const View& view, const UnreadParts& unread)
{
    View made = view;
    if (unread.lacks(Kind::ViewDefinitions) || unread.locked.contains(view.name))
        made.definition.clear();
    if (unread.lacks(Kind::Indexes))
        made.indexes.clear();
    if (unread.lacks(Kind::Comments))
        leaveOutComments(made.columns);
    return made;
}

Domain asRead(const Domain& domain, const UnreadParts& unread)
{
    Domain made = domain;
    if (unread.lacks(Kind::Constraints))
        made.checks.clear();
    return made;
}

Sequence asRead(const Sequence& sequence, const UnreadParts& unread)
{
    Sequence made = sequence;
    if (unread.lacks(Kind::SequenceNumbers)) {
        made.start = 1;
        made.increment = 1;
    }
    return made;
}

Schema asRead(const Schema& schema, const UnreadParts& unread)
{
    if (unread.isEmpty())
        return schema;
    Schema made = schema;
    made.tables = eachAsRead(schema.tables, unread);
    made.views = eachAsRead(schema.views, unread);
    made.domains = unread.lacks(Kind::Domains) ? Schema::Objects<Domain>{}
                                               : eachAsRead(schema.domains, unread);
    made.sequences = unread.lacks(Kind::Sequences) ? Schema::Objects<Sequence>{}
                                                   : eachAsRead(schema.sequences, unread);
    if (unread.lacks(Kind::Enums))
        made.enums = {};
    if (unread.lacks(Kind::Functions))
        made.functions.clear();
    if (unread.lacks(Kind::Extensions))
        made.extensions.clear();
    return made;
}

Schema completedWith(const Schema& live, const Schema& promised, const UnreadParts& unread)
{
    if (unread.isEmpty())
        return live;
    Schema made = live;
    for (const auto& [name, table] : live.tables) {
        if (const Table* other = promised.table(name); other != nullptr)
            made.tables.insert_or_assign(
                name, std::make_shared<const Table>(completed(*table, *other, unread)));
    }
    for (const auto& [name, view] : promised.views) {
        if (live.views.contains(name) &&
            (unread.lacks(Kind::ViewDefinitions) || unread.locked.contains(name)))
            made.views.insert_or_assign(name, view);
    }
    if (unread.lacks(Kind::Enums))
        made.enums = promised.enums;
    if (unread.lacks(Kind::Domains))
        made.domains = promised.domains;
    if (unread.lacks(Kind::Sequences))
        made.sequences = promised.sequences;
    if (unread.lacks(Kind::Functions))
        made.functions = promised.functions;
    if (unread.lacks(Kind::Extensions))
        made.extensions = promised.extensions;
    return made;
}

std::vector<NotCompared> notCompared(const Schema& promised, const UnreadParts& unread)
{
    std::vector<NotCompared> result;
    for (const auto& [part, why] : unread.parts) {
        const PartWords& words = wordsOf(part);
        NotCompared one{.kind = part, .promised = countWhole(promised, part), .why = why};
        for (const auto& [name, table] : promised.tables)
            one.promised += words.ofTable(*table);
        if (one.promised > 0 || (words.hangsOnTables && !promised.tables.empty()))
            result.push_back(std::move(one));
    }
    return result;
}

} // namespace sightglass
