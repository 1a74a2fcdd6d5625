// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/finding_report.h"
#include "core/rules/index_keys.h"

namespace sightglass::rules::multiple_heads {

namespace {

void check(const RunReview& run, FindingReport& report)
{
    if (run.heads.size() < 2)
        return;
    report.add({.title = "The revisions end in " + std::to_string(run.heads.size()) +
                         " heads: " + listed(run.heads),
                .detail = "With more than one head \"alembic upgrade head\" refuses to run. Merge "
                          "them, or let one branch follow the other.",
                .object = "heads",
                .instead = "alembic merge heads -m \"merge\""});
}

} // namespace

extern const Rule rule{.id = "multiple-heads",
                       .category = RuleCategory::Transaction,
                       .severity = Severity::High,
                       .checkRun = check};

} // namespace sightglass::rules::multiple_heads
