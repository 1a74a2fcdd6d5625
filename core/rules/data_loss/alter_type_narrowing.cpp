// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/finding_report.h"
#include "core/rules/type_change.h"

namespace sightglass::rules::alter_type_narrowing {

namespace {

std::string detailOf(const TypeChange& change)
{
    const std::string types =
        change.from ? "From " + *change.from + " to " + change.to + ": " : std::string();
    const std::string what =
        change.losesSilently
            ? (types.empty() ? "A" : types + "a") +
                  std::string(" part of the values is cut off or rounded away without a word. ")
            : (types.empty() ? "The" : types + "the") +
                  std::string(" new type holds less, and one value that does not fit makes the "
                              "statement fail. ");
    return what + "Look at the longest and largest values first, add a new column, convert in "
                  "batches, then swap the two.";
}

void check(const Step& step, FindingReport& report)
{
    const auto* const set = step.as<change::SetColumnType>();
    if (set == nullptr || step.moment.isNewColumn(set->table, set->column))
        return;
    const TypeChange change = typeChange(*set, step.moment);
    if (!change.narrows)
        return;
    FindingDraft draft{.title = "Narrows column " + toText(step.target().name) + "." + set->column +
                                (change.to.empty() ? "" : " to " + change.to),
                       .detail = detailOf(change)};
    if (!change.from) {
        draft.confidence = Confidence::Likely;
        draft.unsettled = "the column's type now";
    }
    report.add(step, std::move(draft));
}

} // namespace

extern const Rule rule{.id = "alter-type-narrowing",
                       .category = RuleCategory::DataLoss,
                       .severity = Severity::High,
                       .scaling = Scaling::MayFail,
                       .checkStep = check};

} // namespace sightglass::rules::alter_type_narrowing
