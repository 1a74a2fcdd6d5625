// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/existing_object.h"
#include "core/rules/finding_report.h"

#include <algorithm>
#include <set>

namespace sightglass::rules::schema_drift {

namespace {

/// How the live table differs from what the revisions left; empty: it does not, or is not known.
std::string driftOf(const ChainKnowledge& chain, const Table* live)
{
    if (live == nullptr || !chain.managed.contains(live->name))
        return {};
    const Table* const ours = chain.schema->table(live->name);
    return ours == nullptr || ours == live ? std::string() : tableDifference(*ours, *live, true);
}

const StepRecord* firstStepOn(const RevisionReview& revision, const QualifiedName& table)
{
    const auto found = std::ranges::find_if(
        revision.steps, [&](const StepRecord& each) { return each.target.name == table; });
    return found == revision.steps.end() ? nullptr : &*found;
}

void check(const RunReview& run, FindingReport& report)
{
    if (!run.whole || !run.chain->schema)
        return;
    std::set<QualifiedName> touched; // the run itself changes them from here on
    for (const RevisionReview& revision : run.revisions) {
        for (const auto& [name, live] : revision.seen.tables) {
            if (!touched.insert(name).second || !revision.reported ||
                revision.seen.notKnown.contains(name))
                continue;
            const StepRecord* const record = firstStepOn(revision, name);
            const std::string drift = driftOf(*run.chain, live.get());
            if (drift.empty() || record == nullptr || !record->runs)
                continue;
            report.add(revision,
                       *record,
                       *run.facts,
                       {.title = "Table " + toText(name) + " is not as the revisions left it",
                        .detail = "In the live database " + drift +
                                  ": somebody changed it by hand. What this revision does was "
                                  "tested on another table. Bring both together first.",
                        .object = "table " + toText(name)});
        }
    }
}

} // namespace

extern const Rule rule{.id = "schema-drift",
                       .category = RuleCategory::Integrity,
                       .severity = Severity::Medium,
                       .checkRun = check};

} // namespace sightglass::rules::schema_drift
