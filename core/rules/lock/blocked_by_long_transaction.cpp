// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/finding_report.h"
#include "core/rules/idiom.h"
#include "core/rules/table_locks.h"

#include <algorithm>

namespace sightglass::rules::blocked_by_long_transaction {

namespace {

constexpr std::chrono::seconds shortest{60};

/// A build or drop that waits until older transactions are over.
bool isConcurrent(const StepRecord& record)
{
    const auto* const index = record.as<change::CreateIndex>();
    const auto* const drop = record.as<change::DropIndex>();
    const auto* const again = record.as<change::Reindex>();
    const auto* const detach = record.as<change::DetachPartition>();
    return (index != nullptr && index->concurrently) || (drop != nullptr && drop->concurrently) ||
           (again != nullptr && again->concurrently) || (detach != nullptr && detach->concurrently);
}

bool waits(const StepRecord& record, const RelationLock& lock)
{
    return record.runs && (isStrong(lock.mode) || isConcurrent(record));
}

bool waitedBefore(const Step& step, const QualifiedName& relation)
{
    return std::ranges::any_of(step.earlier(), [&](const StepRecord& record) {
        return std::ranges::any_of(record.footprint.locks, [&](const RelationLock& lock) {
            return lock.relation == relation && waits(record, lock);
        });
    });
}

std::string age(std::chrono::seconds time)
{
    if (time < std::chrono::seconds(120))
        return std::to_string(time.count()) + " s";
    return std::to_string((time.count() + 30) / 60) + " min";
}

void check(const Step& step, FindingReport& report)
{
    for (const RelationLock& lock : step.footprint().locks) {
        const TableFacts* const facts = step.moment.facts().table(lock.relation);
        if (facts == nullptr || !facts->longestTransaction ||
            *facts->longestTransaction < shortest || !waits(step.record, lock) ||
            step.moment.isNewRelation(lock.relation) || waitedBefore(step, lock.relation))
            continue;
        const std::string table = toText(lock.relation);
        const std::string who = facts->longestTransactionWords.empty()
                                    ? "A transaction of " + age(*facts->longestTransaction)
                                    : "A transaction (" + facts->longestTransactionWords + ")";
        FindingDraft draft;
        draft.title = "An open transaction of " + age(*facts->longestTransaction) +
                      " stands in the way on " + table;
        draft.detail = who + " holds " + table +
                       ": the statement waits for it, and everybody else waits behind the "
                       "statement. End that session or wait until it is over, and set a short "
                       "lock_timeout.";
        draft.object = "table " + table;
        draft.instead = executeCall("SET LOCAL lock_timeout = '3s'");
        report.add(step, std::move(draft));
    }
}

} // namespace

extern const Rule rule{.id = "blocked-by-long-transaction",
                       .category = RuleCategory::Lock,
                       .severity = Severity::High,
                       .scaling = Scaling::Fixed,
                       .checkStep = check};

} // namespace sightglass::rules::blocked_by_long_transaction
