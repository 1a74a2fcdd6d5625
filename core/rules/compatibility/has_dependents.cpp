// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/dropped.h"
#include "core/rules/finding_report.h"

namespace sightglass::rules::has_dependents {

namespace {

struct Wanted
{
    std::string title;
    DroppedObject object; ///< whose dependents stand in the way
};

/// A relation, column or key whose end or change other objects can forbid.
std::optional<Wanted> wantedOf(const Step& step)
{
    if (const auto* const set = step.as<change::SetColumnType>()) {
        DroppedObject column;
        column.kind = "column";
        column.name = step.moment.fullName(set->table);
        column.part = set->column;
        return Wanted{.title = "Changing the type of " + column.words() + " will be refused",
                      .object = std::move(column)};
    }
    const bool counts =
        step.as<change::DropTable>() != nullptr || step.as<change::DropColumn>() != nullptr ||
        step.as<change::DropView>() != nullptr || step.as<change::DropConstraint>() != nullptr;
    if (!counts)
        return std::nullopt;
    DroppedObject object = *droppedObject(step);
    return Wanted{.title = "Dropping " + object.words() + " will be refused",
                  .object = std::move(object)};
}

void check(const Step& step, FindingReport& report)
{
    const auto wanted = wantedOf(step);
    if (!wanted || isBatchCopy(step.operation()))
        return;
    auto refusal = step.record.refusal;
    // What is known of a schema in part is enough to see what depends on it.
    if (!refusal && !step.moment.isWhole() && !step.operation().tolerated)
        refusal = step.moment.replay().wouldRefuse(step.operation());
    if (!refusal || (refusal->state != "2BP01" && refusal->state != "0A000"))
        return;
    const std::vector<std::string> dependents = dependentsOf(step.moment, wanted->object);
    report.add(step,
               {.title = wanted->title,
                .detail = "PostgreSQL answers: " + refusal->message + "." +
                          (dependents.empty() ? std::string()
                                              : " In the way: " + listed(dependents) + ".") +
                          " Drop or change what depends on it first, and make it again afterwards.",
                .object = wanted->object.words()});
}

} // namespace

extern const Rule rule{.id = "has-dependents",
                       .category = RuleCategory::Compatibility,
                       .severity = Severity::High,
                       .checkStep = check};

} // namespace sightglass::rules::has_dependents
