// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/finding_report.h"

namespace sightglass::rules::drop_used_index {

namespace {

bool comesBack(const Step& step, const FoundIndex& index)
{
    const auto creates = [&](const change::CreateIndex& create) {
        return create.index.name == index.name.name;
    };
    return step.laterChange<change::CreateIndex>(creates) != nullptr;
}

void check(const Step& step, FindingReport& report)
{
    const auto* const drop = step.as<change::DropIndex>();
    if (drop == nullptr)
        return;
    const FoundIndex index = step.moment.index(drop->index);
    const IndexFacts* const facts = step.moment.facts().index(index.name);
    if (index.isNew || facts == nullptr || facts->scans.value_or(0) <= 0 || comesBack(step, index))
        return;
    const std::string name = toText(index.name);
    report.add(
        step,
        {.title = "Drops index " + name + ", which queries use",
         .detail = "PostgreSQL counted " + std::to_string(*facts->scans) +
                   " scans of it; those queries read whole tables once it is gone. Find them "
                   "in pg_stat_statements first, or drop it in a quiet window with the "
                   "CREATE INDEX CONCURRENTLY at hand.",
         .object = "index " + name});
}

} // namespace

extern const Rule rule{.id = "drop-used-index",
                       .category = RuleCategory::Compatibility,
                       .severity = Severity::Medium,
                       .checkStep = check};

} // namespace sightglass::rules::drop_used_index
