// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/finding_report.h"

namespace sightglass::rules::set_logged_rewrite {

namespace {

void check(const Step& step, FindingReport& report)
{
    const auto* const option = step.as<change::AlterTableOption>();
    if (option == nullptr || !option->unlogged || step.target().isNew)
        return;
    // PostgreSQL does nothing when the table is so already.
    if (step.target().table && step.target().table->unlogged == *option->unlogged)
        return;
    const std::string table = toText(step.target().name);
    const std::string words = *option->unlogged ? "unlogged" : "logged";
    report.add(step,
               {.title = "Rewrites " + table + " to make it " + words,
                .detail = "SET LOGGED and SET UNLOGGED copy the whole table and its indexes under "
                          "ACCESS EXCLUSIVE: reads and writes wait until it is done, and SET "
                          "LOGGED writes all of it into the WAL as well. Fill a new table that is "
                          "made the right way and swap the names."});
}

} // namespace

extern const Rule rule{.id = "set-logged-rewrite",
                       .category = RuleCategory::Rewrite,
                       .severity = Severity::High,
                       .scaling = Scaling::Duration,
                       .checkStep = check};

} // namespace sightglass::rules::set_logged_rewrite
