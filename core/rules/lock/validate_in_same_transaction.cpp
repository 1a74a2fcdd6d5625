// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/alembic_words.h"
#include "core/rules/finding_report.h"
#include "core/rules/validation.h"

namespace sightglass::rules::validate_in_same_transaction {

namespace {

void check(const Step& step, FindingReport& report)
{
    if (step.target().isNew)
        return;
    const StepRecord* const add = addedNotValid(step, step.earlier());
    if (add == nullptr)
        return;
    const auto severity = severityUnderLock(step, *add);
    if (!severity)
        return;
    const auto& validate = *step.as<change::ValidateConstraint>();
    const std::string table = toText(step.target().name);
    report.add(
        step,
        {.title = "Validates " + validate.name + " while " + table + " is still locked",
         .detail = "The constraint was added NOT VALID in the same transaction, whose lock "
                   "stays until it commits: users of " +
                   table +
                   " wait for the whole scan after all. Move VALIDATE into the next "
                   "revision and give each revision its own transaction.",
         .instead = "# in the next revision, with transaction_per_migration=True in "
                    "env.py:\n" +
                    executedAlterTable(validate.table,
                                       "VALIDATE CONSTRAINT " + quotedIdentifier(validate.name)),
         .severity = severity,
         .related = {add->operation->span}});
}

} // namespace

extern const Rule rule{.id = "validate-in-same-transaction",
                       .category = RuleCategory::Lock,
                       .severity = Severity::High,
                       .scaling = Scaling::Fixed,
                       .checkStep = check};

} // namespace sightglass::rules::validate_in_same_transaction
