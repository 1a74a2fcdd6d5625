// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/finding_report.h"
#include "core/rules/idiom.h"
#include "core/rules/table_locks.h"

namespace sightglass::rules::missing_statement_timeout {

namespace {

/// Time grows with the table. What blocks nobody (CONCURRENTLY, VALIDATE, VACUUM) is better left
/// without a limit.
bool isSlow(const StepRecord& record)
{
    if (!record.runs || record.target.isNew || record.footprint.outsideTransactionOnly ||
        record.as<change::ValidateConstraint>() != nullptr)
        return false;
    return record.footprint.isSlow();
}

void add(const RevisionReview& revision,
         const StepRecord& record,
         const RunReview& run,
         FindingReport& report)
{
    const std::string table = toText(record.target.name);
    FindingDraft draft;
    draft.title = "No statement_timeout before a long statement" +
                  (table.empty() ? std::string() : " on " + table);
    draft.detail = "The statement works through every row and holds its locks for as long as that "
                   "takes. Set a statement_timeout above the time that you can accept, so that it "
                   "gives up rather than stops the application.";
    draft.instead = executeCall("SET LOCAL statement_timeout = '60s'");
    draft.confidence = Confidence::Likely;
    draft.unsettled = "what SHOW statement_timeout says for the role that migrates";
    report.add(revision, record, *run.facts, std::move(draft));
}

void check(const RunReview& run, FindingReport& report)
{
    TimeoutInForce timeout("statement_timeout", false);
    for (const RevisionReview& revision : run.revisions) {
        for (const StepRecord& record : revision.steps) {
            timeout.note(record);
            if (!revision.reported || !isSlow(record) || timeout.isSet(record.transaction))
                continue;
            add(revision, record, run, report);
            if (report.count() > 0) // an empty table is no reason
                return;
        }
    }
}

} // namespace

extern const Rule rule{.id = "missing-statement-timeout",
                       .category = RuleCategory::Lock,
                       .severity = Severity::Low,
                       .scaling = Scaling::Duration,
                       .onByDefault = false,
                       .checkRun = check};

} // namespace sightglass::rules::missing_statement_timeout
