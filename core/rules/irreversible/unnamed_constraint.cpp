// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/alembic_words.h"
#include "core/rules/finding_report.h"

namespace sightglass::rules::unnamed_constraint {

namespace {

/// op.create_foreign_key(None, …) and its kin; a constraint that comes with a column has its own
/// name by right.
bool isConstraintDirective(std::string_view directive)
{
    if (directive.starts_with("batch_op."))
        directive.remove_prefix(9);
    return directive.starts_with("create_") &&
           (directive.ends_with("_constraint") || directive.ends_with("foreign_key") ||
            directive.ends_with("primary_key"));
}

void checkMade(const RevisionReview& revision,
               const StepRecord& step,
               const ReviewFacts& facts,
               FindingReport& report)
{
    const auto* const add = step.as<change::AddConstraint>();
    if (add == nullptr || !add->constraint.name.empty() ||
        !isConstraintDirective(step.operation->directive))
        return;
    const std::string table = toText(step.target.name);
    report.add(revision,
               step,
               facts,
               {.title = "A constraint of " + table + " gets no name",
                .detail = "PostgreSQL names it, so drop_constraint(None, ...) in downgrade() can't "
                          "be rendered and the revision has no way back. Give it a name, or give "
                          "the MetaData a naming convention.",
                .instead = pythonText(constraintName(add->constraint, add->table))});
}

/// drop_constraint(None, …) raises while it is rendered.
void checkDropped(const RevisionReview& revision,
                  const RevisionReading& reading,
                  FindingReport& report)
{
    if (reading.end != RevisionReading::End::Raises ||
        reading.raised.find("it has no name") == std::string::npos)
        return;
    FindingDraft draft{.title = "Drops a constraint without saying which",
                       .detail = "drop_constraint(None, ...) can't be rendered: " + reading.raised +
                                 " Give the constraint's name, which \\d shows in psql.",
                       .object = "constraint"};
    draft.span = reading.endSpan;
    report.add(revision, std::move(draft));
}

void check(const RevisionReview& revision, const RunReview& run, FindingReport& report)
{
    for (const StepRecord& step : revision.steps)
        checkMade(revision, step, *run.facts, report);
    checkDropped(revision, *revision.reading, report);
    if (revision.opposite != nullptr && report.count() == 0)
        checkDropped(revision, *revision.opposite, report);
}

} // namespace

extern const Rule rule{.id = "unnamed-constraint",
                       .category = RuleCategory::Irreversible,
                       .severity = Severity::Medium,
                       .checkRevision = check};

} // namespace sightglass::rules::unnamed_constraint
