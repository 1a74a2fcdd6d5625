// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/alembic_words.h"
#include "core/rules/finding_report.h"

namespace sightglass::rules::create_trigger {

namespace {

void check(const Step& step, FindingReport& report)
{
    const auto* const create = step.as<change::CreateTrigger>();
    if (create == nullptr || step.target().isNew)
        return;
    // A view has no rows that anybody writes.
    if (step.moment.schema().views.contains(step.target().name))
        return;
    const std::string table = toText(step.target().name);
    report.add(
        step,
        {.title = "Creates trigger " + create->trigger + " while writes to " + table + " wait",
         .detail = "CREATE TRIGGER takes SHARE ROW EXCLUSIVE on the table: the statement is "
                   "quick, but writes wait while it queues for the lock and until the "
                   "transaction ends. Set a short lock_timeout first and try again when it "
                   "strikes.",
         .instead = executeCall("SET LOCAL lock_timeout = '3s'")});
}

} // namespace

extern const Rule rule{.id = "create-trigger",
                       .category = RuleCategory::Lock,
                       .severity = Severity::Low,
                       .scaling = Scaling::Duration,
                       .checkStep = check};

} // namespace sightglass::rules::create_trigger
