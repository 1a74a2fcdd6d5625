// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/dropped.h"
#include "core/rules/finding_report.h"
#include "core/rules/idiom.h"
#include "core/sql/expression.h"

#include <algorithm>

namespace sightglass::rules::drop_column_side_effects {

namespace {

bool contains(const std::vector<std::string>& names, const std::string& name)
{
    return std::ranges::find(names, name) != names.end();
}

/// An index or constraint that goes with the column.
struct Lost
{
    std::string kind; ///< "index", "unique constraint", …
    std::string name;
    std::vector<std::string> columns;
};

/// A key of an index is spelled "email", "at DESC", "lower(email)".
bool usesColumn(const Index& index, const std::string& column)
{
    const auto mentions = [&](const std::string& key) {
        const std::string_view text = key;
        return text.substr(0, text.find(' ')) == column || contains(columnsOf(key), column);
    };
    return std::ranges::any_of(index.columns, mentions) || contains(index.include, column) ||
           (index.predicate && contains(columnsOf(*index.predicate), column));
}

std::vector<Lost> lostWith(const Table& table, const std::string& column)
{
    std::vector<Lost> lost;
    const auto addKey = [&](const char* kind, const KeyConstraint& key) {
        if (contains(key.columns, column) || contains(key.include, column))
            lost.push_back({.kind = kind, .name = key.name, .columns = key.columns});
    };
    if (table.primaryKey)
        addKey("primary key", *table.primaryKey);
    for (const KeyConstraint& unique : table.uniques)
        addKey("unique constraint", unique);
    for (const ForeignKey& key : table.foreignKeys) {
        if (contains(key.columns, column))
            lost.push_back({.kind = "foreign key", .name = key.name, .columns = key.columns});
    }
    for (const CheckConstraint& check : table.checks) {
        if (contains(columnsOf(check.expression), column))
            lost.push_back({.kind = "check", .name = check.name, .columns = {}});
    }
    for (const ExclusionConstraint& exclusion : table.exclusions) {
        if (exclusion.definition.find(column) != std::string::npos)
            lost.push_back({.kind = "exclusion constraint", .name = exclusion.name, .columns = {}});
    }
    for (const Index& index : table.indexes) {
        if (usesColumn(index, column))
            lost.push_back({.kind = "index", .name = index.name, .columns = index.columns});
    }
    return lost;
}

/// Made again later in the revision, under the same name or over the columns that remain.
bool isMadeAgain(const Step& step, const change::DropColumn& drop, const Lost& lost)
{
    std::vector<std::string> rest = lost.columns;
    std::erase(rest, drop.column);
    const auto coversRest = [&](const std::vector<std::string>& columns) {
        return !rest.empty() &&
               std::ranges::all_of(rest, [&](const auto& each) { return contains(columns, each); });
    };
    const auto isIndex = [&](const change::CreateIndex& create) {
        if (!step.sameName(create.index.table, drop.table))
            return false;
        std::vector<std::string> columns;
        for (const IndexElement& element : create.index.elements)
            columns.push_back(element.column);
        return create.index.name == lost.name || coversRest(columns);
    };
    const auto isConstraint = [&](const change::AddConstraint& add) {
        return step.sameName(add.table, drop.table) &&
               (add.constraint.name == lost.name || coversRest(add.constraint.columns));
    };
    return step.laterChange<change::CreateIndex>(isIndex) != nullptr ||
           step.laterChange<change::AddConstraint>(isConstraint) != nullptr;
}

void check(const Step& step, FindingReport& report)
{
    const auto* const drop = step.as<change::DropColumn>();
    if (drop == nullptr || step.moment.isNewColumn(drop->table, drop->column))
        return;
    // Of a table that is not known as a whole, the parts that are shown are known all the same.
    const Table* const table = step.moment.schema().table(step.target().name);
    if (table == nullptr)
        return;
    std::vector<std::string> lost;
    for (const Lost& each : lostWith(*table, drop->column)) {
        if (!isMadeAgain(step, *drop, each))
            lost.push_back(each.kind + " " + each.name);
    }
    if (lost.empty())
        return;
    const std::string name = toText(step.target().name) + "." + drop->column;
    report.add(
        step,
        {.title = "Dropping " + name + " also drops " +
                  (lost.size() == 1 ? lost.front()
                                    : std::to_string(lost.size()) + " indexes and constraints"),
         .detail = "PostgreSQL removes without a word what uses the column: " + listed(lost) +
                   ". What they guarded or made fast for the other columns is gone too. Drop "
                   "or rebuild each of them by name first, so that the loss is visible and "
                   "can be undone."});
}

} // namespace

extern const Rule rule{.id = "drop-column-side-effects",
                       .category = RuleCategory::DataLoss,
                       .severity = Severity::Medium,
                       .checkStep = check};

} // namespace sightglass::rules::drop_column_side_effects
