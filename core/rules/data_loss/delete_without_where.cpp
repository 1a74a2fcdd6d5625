// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/data_step.h"
#include "core/rules/finding_report.h"

namespace sightglass::rules::delete_without_where {

namespace {

void check(const Step& step, FindingReport& report)
{
    const auto* const data = step.as<change::ChangeData>();
    if (data == nullptr || data->command != "DELETE" || step.target().isNew)
        return;
    const std::optional<DataFacts> facts = dataFactsOf(step.revision, step.record.index);
    if (!takesEveryRow(*data, facts) || step.moment.rows(data->table) == 0)
        return;
    const std::string table = tableWords(step.target());
    report.add(step,
               {.title = "Deletes every row of " + table,
                .detail = std::string(facts && facts->hasWhere ? "Its WHERE holds for every row."
                                                               : "The statement has no WHERE.") +
                          " All rows are gone when the revision commits, and each is locked until "
                          "then. Keep a copy, then delete in batches by key outside of the "
                          "revision that changes the schema."});
}

} // namespace

extern const Rule rule{.id = "delete-without-where",
                       .category = RuleCategory::DataLoss,
                       .severity = Severity::Critical,
                       .scaling = Scaling::Loss,
                       .checkStep = check};

} // namespace sightglass::rules::delete_without_where
