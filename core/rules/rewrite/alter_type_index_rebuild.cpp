// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/finding_report.h"
#include "core/rules/type_change.h"

namespace sightglass::rules::alter_type_index_rebuild {

namespace {

void check(const Step& step, FindingReport& report)
{
    const auto* const set = step.as<change::SetColumnType>();
    if (set == nullptr || step.target().isNew ||
        typeChange(*set, step.moment).work != TypeChange::Work::IndexRebuild)
        return;
    const Table* const table = step.moment.schema().table(step.target().name);
    const bool known = step.target().table != nullptr;
    const bool indexed = table != nullptr && isIndexed(*table, set->column);
    if (known && !indexed)
        return;
    const std::string name = toText(step.target().name);
    report.add(
        step,
        {.title = "Rebuilds the indexes of " + name + " on " + set->column,
         .detail = "The rows stay as they are, but another collation or operator class means that "
                   "every index on the column is built anew under ACCESS EXCLUSIVE: reads and "
                   "writes wait for it. Drop the indexes concurrently before and build them "
                   "concurrently afterwards, if the queries can do without them for that time.",
         .confidence = indexed ? Confidence::Certain : Confidence::Possible,
         .unsettled = indexed ? std::string()
                              : "Whether the column is indexed: the table's definition is not "
                                "known."});
}

} // namespace

extern const Rule rule{.id = "alter-type-index-rebuild",
                       .category = RuleCategory::Rewrite,
                       .severity = Severity::Medium,
                       .scaling = Scaling::Duration,
                       .checkStep = check};

} // namespace sightglass::rules::alter_type_index_rebuild
