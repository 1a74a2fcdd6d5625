// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/finding_report.h"

namespace sightglass::rules::set_expression_rewrite {

namespace {

constexpr int virtualColumns = 180'000;

void check(const Step& step, FindingReport& report)
{
    const auto* const set = step.as<change::SetExpression>();
    if (set == nullptr || step.target().isNew)
        return;
    const Column* const column = step.moment.column(set->table, set->column);
    const bool known = column != nullptr && column->generated;
    if (known && column->generatedVirtual)
        return;
    const bool certain = known || step.moment.serverVersion() < virtualColumns;
    const std::string table = toText(step.target().name);
    report.add(step,
               {.title = "Rewrites " + table + " to compute " + set->column + " anew",
                .detail = "Another expression of a stored generated column is computed for every "
                          "row: the table and its indexes are written anew under ACCESS EXCLUSIVE, "
                          "and reads and writes wait. Add a new column that is computed so, fill "
                          "it in batches, and swap the names.",
                .confidence = certain ? Confidence::Certain : Confidence::Likely,
                .unsettled = certain ? std::string()
                                     : "Whether the column is stored or virtual: a virtual one "
                                       "costs nothing."});
}

} // namespace

extern const Rule rule{.id = "set-expression-rewrite",
                       .category = RuleCategory::Rewrite,
                       .severity = Severity::High,
                       .scaling = Scaling::Duration,
                       .checkStep = check};

} // namespace sightglass::rules::set_expression_rewrite
