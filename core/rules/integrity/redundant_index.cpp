// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/finding_report.h"
#include "core/rules/index_keys.h"

#include <algorithm>
#include <optional>

namespace sightglass::rules::redundant_index {

namespace {

/// As it is after the revision; null: it is not there any more, or not known.
const Index* builtIndex(const Table& table, const StepRecord& record)
{
    const std::string& name = record.as<change::CreateIndex>()->index.name;
    const auto isBuilt = [&](const Index& index) {
        if (!name.empty())
            return index.name == name;
        return record.target.table &&
               std::ranges::find(record.target.table->indexes, index.name, &Index::name) ==
                   record.target.table->indexes.end();
    };
    const auto found = std::ranges::find_if(table.indexes, isBuilt);
    return found == table.indexes.end() ? nullptr : &*found;
}

bool begins(const std::vector<std::string>& whole, const std::vector<std::string>& part)
{
    return whole.size() >= part.size() && std::equal(part.begin(), part.end(), whole.begin());
}

/// A key's index serves what this one would.
bool isKeyEnough(const Index& index, const KeyConstraint& key)
{
    const bool plain = index.method == "btree" && !index.predicate && index.include.empty() &&
                       keyColumns(index) == index.columns;
    if (!plain || !begins(key.columns, index.columns))
        return false;
    return !index.unique || key.columns.size() == index.columns.size();
}

bool isEnough(const Index& index, const Index& other)
{
    if (other.name == index.name || !other.valid || other.method != index.method ||
        other.predicate != index.predicate)
        return false;
    // Only a btree can be searched by its leading keys alone.
    const bool same = other.columns == index.columns;
    if (!same && (index.method != "btree" || !begins(other.columns, index.columns)))
        return false;
    if (!containsAll(other.include, index.include) && !containsAll(other.columns, index.include))
        return false;
    // A unique index forbids what no other does.
    return !index.unique || (other.unique && same);
}

/// The index or key that makes it redundant; empty: none.
std::string otherOf(const Table& table, const Index& index)
{
    if (table.primaryKey && isKeyEnough(index, *table.primaryKey))
        return table.primaryKey->name;
    for (const KeyConstraint& key : table.uniques) {
        if (isKeyEnough(index, key))
            return key.name;
    }
    for (const Index& other : table.indexes) {
        if (isEnough(index, other))
            return other.name;
    }
    return {};
}

void check(const RevisionReview& revision, const RunReview& run, FindingReport& report)
{
    for (const StepRecord& record : revision.steps) {
        if (record.as<change::CreateIndex>() == nullptr || !record.runs || record.target.isNew)
            continue;
        const Table* const table = revision.after->schema().table(record.target.name);
        const Index* const index = table == nullptr ? nullptr : builtIndex(*table, record);
        if (index == nullptr)
            continue;
        const std::string other = otherOf(*table, *index);
        if (other.empty())
            continue;
        report.add(
            revision,
            record,
            *run.facts,
            {.title = "Index " + index->name + " does nothing that " + other + " does not do",
             .detail = "Its keys are the leading keys of " + other + " of table " +
                       toText(table->name) +
                       ", which serves the same searches: every write pays for both. Leave "
                       "it out, or drop the other.",
             .object = "index " + index->name});
    }
}

} // namespace

extern const Rule rule{.id = "redundant-index",
                       .category = RuleCategory::Integrity,
                       .severity = Severity::Low,
                       .checkRevision = check};

} // namespace sightglass::rules::redundant_index
