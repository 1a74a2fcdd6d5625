// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/finding_report.h"
#include "core/rules/table_locks.h"

#include <map>

namespace sightglass::rules::one_transaction_for_all_revisions {

namespace {

/// The first strong lock of a revision in each transaction that it takes part in.
std::map<int, QualifiedName> strongLocks(const RevisionReview& revision)
{
    std::map<int, QualifiedName> result;
    const std::span<const StepRecord> steps(revision.steps);
    for (std::size_t i = 0; i < steps.size(); ++i) {
        if (steps[i].transaction == 0)
            continue;
        if (const auto* const lock = lockOnExistingTable(steps[i], steps.first(i), LockMode::Share))
            result.try_emplace(steps[i].transaction, lock->relation);
    }
    return result;
}

std::string nameOf(const RevisionReview& revision)
{
    return revision.id.empty() ? std::string("an earlier revision") : "revision " + revision.id;
}

void check(const RunReview& run, FindingReport& report)
{
    if (run.transactionPerMigration)
        return;

    struct Holder
    {
        const RevisionReview* revision;
        QualifiedName table;
    };

    std::map<int, Holder> holders;
    for (const RevisionReview& revision : run.revisions) {
        if (revision.mode != RunMode::Alembic || revision.applied)
            continue;
        for (const auto& [transaction, table] : strongLocks(revision)) {
            const auto [found, first] =
                holders.try_emplace(transaction, Holder{.revision = &revision, .table = table});
            if (first || !revision.reported)
                continue;
            const std::string held = toText(found->second.table);
            FindingDraft draft;
            draft.title = "All pending revisions share one transaction and its locks";
            draft.detail = "The lock that " + nameOf(*found->second.revision) + " takes on " +
                           held +
                           " is held until the last pending revision commits. Let env.py "
                           "commit each revision by itself.";
            draft.object = "table " + held;
            draft.instead = "# env.py\ncontext.configure(\n    connection=connection,\n    "
                            "target_metadata=target_metadata,\n    "
                            "transaction_per_migration=True,\n)";
            report.add(std::move(draft));
            return;
        }
    }
}

} // namespace

extern const Rule rule{.id = "one-transaction-for-all-revisions",
                       .category = RuleCategory::Transaction,
                       .severity = Severity::Low,
                       .scaling = Scaling::Fixed,
                       .checkRun = check};

} // namespace sightglass::rules::one_transaction_for_all_revisions
