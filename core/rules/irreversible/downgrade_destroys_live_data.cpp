// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/dropped.h"
#include "core/rules/finding_report.h"

namespace sightglass::rules::downgrade_destroys_live_data {

namespace {

void tell(const Step& step,
          const std::string& what,
          std::optional<std::int64_t> count,
          const char* many,
          FindingReport& report)
{
    FindingDraft draft{
        .title = "Downgrade destroys what " + what + " holds",
        .detail = (count ? "It holds " + std::to_string(*count) + " " + many +
                               " now, written since the "
                               "upgrade"
                         : std::string("Whatever was written since the upgrade goes with it")) +
                  ", and no upgrade brings them back. Look at the counts and save the data before "
                  "going down."};
    if (!count) {
        draft.confidence = Confidence::Possible;
        draft.unsettled = "how many rows it holds in the live database";
    }
    report.add(step, std::move(draft));
}

void check(const Step& step, FindingReport& report)
{
    if (step.revision.direction != Direction::Downgrade || isBatchCopy(step.operation()))
        return;
    const std::string table = toText(step.target().name);
    if (step.as<change::DropTable>() != nullptr && !step.target().isNew) {
        tell(step, "table " + table, step.moment.rows(step.target().name), "rows", report);
        return;
    }
    const auto* const drop = step.as<change::DropColumn>();
    if (drop == nullptr || step.moment.isNewColumn(drop->table, drop->column))
        return;
    const auto values = valuesIn(step, drop->column);
    const Column* const column = step.moment.column(drop->table, drop->column);
    if (values == 0 || (column != nullptr && column->generated))
        return;
    tell(step, "column " + table + "." + drop->column, values, "values", report);
}

} // namespace

extern const Rule rule{.id = "downgrade-destroys-live-data",
                       .category = RuleCategory::Irreversible,
                       .severity = Severity::High,
                       .scaling = Scaling::MayFail,
                       .checkStep = check};

} // namespace sightglass::rules::downgrade_destroys_live_data
