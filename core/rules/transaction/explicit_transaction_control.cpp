// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/finding_report.h"

#include <algorithm>
#include <array>

namespace sightglass::rules::explicit_transaction_control {

namespace {

/// Words that begin or end a transaction; savepoints stay inside of it.
constexpr std::array<std::string_view, 4> words{
    "BEGIN", "COMMIT", "ROLLBACK", "PREPARE TRANSACTION"};

bool ends(const change::Transaction& transaction)
{
    return std::ranges::any_of(words, [&](std::string_view word) {
        return transaction.word == word ||
               (word.starts_with("PREPARE") && transaction.word.starts_with(word));
    });
}

/// Written by hand, inside of what Alembic runs in its own transaction.
bool isByHand(const StepRecord& record)
{
    const auto* const transaction = record.as<change::Transaction>();
    const Operation& operation = *record.operation;
    return transaction != nullptr && ends(*transaction) && !operation.autocommit &&
           operation.directive != "autocommit_block";
}

void check(const RevisionReview& revision, const RunReview& run, FindingReport& report)
{
    if (revision.mode != RunMode::Alembic)
        return;
    const auto first = std::ranges::find_if(revision.steps, isByHand);
    if (first == revision.steps.end())
        return;
    const std::string word = first->as<change::Transaction>()->word;
    FindingDraft draft{
        .title = "Writes " + word + " into Alembic's transaction",
        .detail = std::string(word == "BEGIN"
                                  ? "Alembic has a transaction open already, and the COMMIT that "
                                    "belongs to this BEGIN ends that one. "
                                  : "It ends the transaction that Alembic opened. ") +
                  "When something behind it fails, half of the revision stays and its version is "
                  "not written, so the next run starts it again from the top. Use an autocommit "
                  "block for what must not run in a transaction.",
        .object = "transaction",
        .instead = "with op.get_context().autocommit_block():\n    ..."};
    for (auto other = std::next(first); other != revision.steps.end(); ++other) {
        if (isByHand(*other))
            draft.related.push_back(other->operation->span);
    }
    report.add(revision, *first, *run.facts, std::move(draft));
}

} // namespace

extern const Rule rule{.id = "explicit-transaction-control",
                       .category = RuleCategory::Transaction,
                       .severity = Severity::High,
                       .scaling = Scaling::Fixed,
                       .checkRevision = check};

} // namespace sightglass::rules::explicit_transaction_control
