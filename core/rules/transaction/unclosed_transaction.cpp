// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/finding_report.h"

namespace sightglass::rules::unclosed_transaction {

namespace {

/// The BEGIN that nothing closes; null: there is none.
const StepRecord* openBegin(const RevisionReview& revision)
{
    const StepRecord* open = nullptr;
    for (const StepRecord& record : revision.steps) {
        const auto* const transaction = record.as<change::Transaction>();
        if (transaction == nullptr)
            continue;
        if (transaction->word == "BEGIN")
            open = open == nullptr ? &record : open;
        else if (transaction->word == "COMMIT" || transaction->word == "ROLLBACK" ||
                 transaction->word.starts_with("PREPARE TRANSACTION"))
            open = nullptr;
    }
    return open;
}

void check(const RevisionReview& revision, const RunReview& run, FindingReport& report)
{
    if (revision.mode != RunMode::Raw)
        return;
    const StepRecord* const begin = openBegin(revision);
    if (begin == nullptr)
        return;
    report.add(revision,
               *begin,
               *run.facts,
               {.title = "BEGIN without COMMIT at the end of the file",
                .detail = "When the session closes, everything behind this BEGIN is rolled back; "
                          "while it stays open, its locks stay too. End the file with COMMIT.",
                .object = "transaction",
                .instead = "COMMIT;"});
}

} // namespace

extern const Rule rule{.id = "unclosed-transaction",
                       .category = RuleCategory::Transaction,
                       .severity = Severity::High,
                       .scaling = Scaling::Fixed,
                       .checkRevision = check};

} // namespace sightglass::rules::unclosed_transaction
