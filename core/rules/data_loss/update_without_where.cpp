// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/data_step.h"
#include "core/rules/finding_report.h"

namespace sightglass::rules::update_without_where {

namespace {

std::string listed(const std::vector<std::string>& columns)
{
    std::string text;
    for (const std::string& column : columns)
        text += (text.empty() ? "" : ", ") + column;
    return text.empty() ? "its columns" : text;
}

void check(const Step& step, FindingReport& report)
{
    const auto* const data = step.as<change::ChangeData>();
    if (data == nullptr || data->command != "UPDATE" || step.target().isNew ||
        step.moment.isVersionTable(data->table))
        return;
    const std::optional<DataFacts> facts = dataFactsOf(step.revision, step.record.index);
    if (!takesEveryRow(*data, facts) || writesOnlyNewColumns(step, *data, facts))
        return;
    const std::string table = tableWords(step.target());
    report.add(step,
               {.title = "Overwrites every row of " + table,
                .detail = "The values that " + listed(assignedColumns(*data, facts)) +
                          " had are gone in every row, and each row stays locked until the "
                          "revision commits. Say which rows are meant, keep the old values in a "
                          "column or table of their own, and write in batches by key."});
}

} // namespace

extern const Rule rule{.id = "update-without-where",
                       .category = RuleCategory::DataLoss,
                       .severity = Severity::High,
                       .scaling = Scaling::Loss,
                       .checkStep = check};

} // namespace sightglass::rules::update_without_where
