// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/finding_report.h"
#include "core/rules/idiom.h"
#include "core/rules/table_locks.h"

namespace sightglass::rules::missing_lock_timeout {

namespace {

void add(const RevisionReview& revision,
         const StepRecord& record,
         const RelationLock& lock,
         const RunReview& run,
         FindingReport& report)
{
    const std::string table = toText(lock.relation);
    FindingDraft draft;
    draft.title = "No lock_timeout before table " + table + " is locked";
    draft.detail = "A statement that waits for its lock makes everybody behind it wait too, for as "
                   "long as the oldest transaction on " +
                   table +
                   " runs. Set a short lock_timeout and run the migration again when it "
                   "gives up.";
    draft.instead = executeCall("SET LOCAL lock_timeout = '3s'");
    if (!run.facts->serverKnown || !run.facts->lockTimeout) {
        draft.confidence = Confidence::Likely;
        draft.unsettled = "what SHOW lock_timeout says for the role that migrates";
    }
    report.add(revision, record, *run.facts, std::move(draft));
}

/// One finding for the whole run: it is a habit of the project, not a slip of a revision.
void check(const RunReview& run, FindingReport& report)
{
    const bool atStart = run.facts->lockTimeout && run.facts->lockTimeout->count() > 0;
    TimeoutInForce timeout("lock_timeout", atStart);
    for (const RevisionReview& revision : run.revisions) {
        const std::span<const StepRecord> steps(revision.steps);
        for (std::size_t i = 0; i < steps.size(); ++i) {
            timeout.note(steps[i]);
            const RelationLock* const lock =
                lockOnExistingTable(steps[i], steps.first(i), LockMode::Share);
            if (lock == nullptr || !revision.reported || timeout.isSet(steps[i].transaction))
                continue;
            add(revision, steps[i], *lock, run, report);
            return;
        }
    }
}

} // namespace

extern const Rule rule{.id = "missing-lock-timeout",
                       .category = RuleCategory::Lock,
                       .severity = Severity::Medium,
                       .scaling = Scaling::Fixed,
                       .onByDefault = false,
                       .checkRun = check};

} // namespace sightglass::rules::missing_lock_timeout
