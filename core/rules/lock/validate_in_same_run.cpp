// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/finding_report.h"
#include "core/rules/validation.h"

namespace sightglass::rules::validate_in_same_run {

namespace {

/// The latest revision of the run that is pending too and added the constraint in the transaction
/// that is still open.
struct AddedBefore
{
    const RevisionReview* revision = nullptr;
    const StepRecord* step = nullptr;
};

AddedBefore addedBefore(const Step& step)
{
    AddedBefore result;
    for (const StepPlace& place : step.run.about(step.target().name)) {
        const RevisionReview& revision = step.run.revisions[place.revision];
        const StepRecord& add = step.run.at(place);
        if (place.revision < step.revision.position && !revision.applied && addsNotValid(add, step))
            result = {.revision = &revision, .step = &add};
    }
    return result;
}

void check(const Step& step, FindingReport& report)
{
    if (step.target().isNew || addedNotValid(step, step.earlier()) != nullptr)
        return;
    const AddedBefore added = addedBefore(step);
    if (added.step == nullptr)
        return;
    const auto severity = severityUnderLock(step, *added.step);
    if (!severity)
        return;
    const std::string name = step.as<change::ValidateConstraint>()->name;
    const std::string table = toText(step.target().name);
    const std::string earlier =
        added.revision->id.empty() ? "An earlier revision" : "Revision " + added.revision->id;
    report.add(step,
               {.title = "Validates " + name + " in the run that locks " + table,
                .detail = earlier +
                          " adds the constraint NOT VALID, is pending too, and one transaction "
                          "runs them all: its lock on " +
                          table +
                          " is still held while every row is read. Give each revision its own "
                          "transaction, or deploy the two revisions separately.",
                .instead = "context.configure(..., transaction_per_migration=True)  # in env.py",
                .severity = severity,
                .related = {added.step->operation->span}});
}

} // namespace

extern const Rule rule{.id = "validate-in-same-run",
                       .category = RuleCategory::Lock,
                       .severity = Severity::High,
                       .scaling = Scaling::Fixed,
                       .checkStep = check};

} // namespace sightglass::rules::validate_in_same_run
