// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/finding_report.h"
#include "core/rules/index_keys.h"

#include <algorithm>

namespace sightglass::rules::drop_unique_index {

namespace {

/// Something else forbids the same duplicates.
bool isCovered(const Table& table, const Index& dropped)
{
    const std::vector<std::string> columns = keyColumns(dropped);
    const bool plain = std::ranges::find(columns, "") == columns.end();
    const auto covers = [&](const Index& other) {
        if (!other.unique || !other.valid || other.name == dropped.name)
            return false;
        if (other.predicate && other.predicate != dropped.predicate)
            return false;
        return containsAll(dropped.columns, other.columns);
    };
    if (std::ranges::any_of(table.indexes, covers))
        return true;
    const auto keyCovers = [&](const KeyConstraint& key) {
        return plain && containsAll(columns, key.columns);
    };
    return (table.primaryKey && keyCovers(*table.primaryKey)) ||
           std::ranges::any_of(table.uniques, keyCovers);
}

void check(const Step& step, FindingReport& report)
{
    const auto* const drop = step.as<change::DropIndex>();
    if (drop == nullptr)
        return;
    const FoundIndex found = step.moment.index(drop->index);
    if (found.index == nullptr || !found.unique || found.isNew || !found.table ||
        isCovered(*found.table, *found.index))
        return;
    const std::string table = toText(found.table->name);
    const std::string columns = listed(found.index->columns);
    report.add(step,
               {.title = "Drops unique index " + found.name.name + " of table " + table,
                .detail = "Duplicates of (" + columns +
                          ") are possible from here on, and INSERT … ON CONFLICT (" + columns +
                          ") of running code fails. Build the replacement first, then drop this "
                          "one.",
                .object = "index " + toText(found.name)});
}

} // namespace

extern const Rule rule{.id = "drop-unique-index",
                       .category = RuleCategory::Integrity,
                       .severity = Severity::High,
                       .checkStep = check};

} // namespace sightglass::rules::drop_unique_index
