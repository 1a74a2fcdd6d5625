// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/finding_report.h"
#include "core/rules/table_locks.h"

#include <algorithm>

namespace sightglass::rules::slow_statement_under_exclusive_lock {

namespace {

/// Runs a query, however new the relation is that it fills.
bool runsQuery(const Step& step)
{
    const auto* const table = step.as<change::CreateTable>();
    const auto* const view = step.as<change::CreateView>();
    return (table != nullptr && !table->query.empty()) || (view != nullptr && view->materialized) ||
           step.as<change::RefreshView>() != nullptr;
}

bool isSlow(const Step& step)
{
    // Changes of rows have rules of their own.
    if (step.as<change::ChangeData>() != nullptr || step.as<change::Query>() != nullptr)
        return false;
    const Footprint& footprint = step.footprint();
    if (!footprint.scans && !footprint.rewrites && !footprint.buildsIndex)
        return false;
    return !step.target().isNew || runsQuery(step);
}

/// Adds the constraint that is validated now: that has a rule of its own.
bool addsValidated(const Step& step, const StepRecord& earlier)
{
    const auto* const validation = step.as<change::ValidateConstraint>();
    const auto* const added = earlier.as<change::AddConstraint>();
    return validation != nullptr && added != nullptr &&
           added->constraint.name == validation->name && earlier.target.name == step.target().name;
}

/// What `earlier` shuts and the slow statement would leave open.
const RelationLock* neededLess(const Step& step, const StepRecord& earlier, std::size_t index)
{
    if (!earlier.runs || addsValidated(step, earlier))
        return nullptr;
    for (const RelationLock& lock : earlier.footprint.locks) {
        const bool dropped = earlier.as<change::DropTable>() != nullptr && !lock.further;
        if (lock.mode != LockMode::AccessExclusive || dropped ||
            !isOnExistingTable(lock, earlier, step.earlier().first(index)))
            continue;
        if (step.footprint().lockOn(lock.relation) < LockMode::AccessExclusive)
            return &lock;
    }
    return nullptr;
}

std::string work(const Footprint& footprint)
{
    return footprint.rewrites      ? "A table is rewritten"
           : footprint.buildsIndex ? "An index is built"
                                   : "Every row is read";
}

void check(const Step& step, FindingReport& report)
{
    if (!step.inTransaction() || !isSlow(step))
        return;
    for (std::size_t i = 0; i < step.earlier().size(); ++i) {
        const StepRecord& earlier = step.earlier()[i];
        if (earlier.transaction != step.record.transaction ||
            earlier.operation->statement == step.operation().statement)
            continue;
        const RelationLock* const lock = neededLess(step, earlier, i);
        if (lock == nullptr)
            continue;
        const std::string locked =
            lock->ofIndex ? "the table of index " + toText(lock->relation) : toText(lock->relation);
        FindingDraft draft;
        draft.title = "Slow statement while " + locked + " is locked";
        draft.detail = work(step.footprint()) +
                       " while an earlier statement's ACCESS EXCLUSIVE on " + locked +
                       " is held: nobody reads or writes it until the commit. Put the "
                       "slow statement into a revision of its own, or in front.";
        draft.related.push_back(earlier.operation->span);
        draft.confidence = step.footprint().confidence;
        draft.unsettled = step.footprint().unsettled;
        draft.instead = "# revision 1: what locks " + locked +
                        "\n# revision 2: the slow statement\n# env.py\ncontext.configure(..., "
                        "transaction_per_migration=True)";
        // How long it takes is how long the earlier lock is held.
        StepRecord held = step.record;
        held.footprint.locks.push_back(*lock);
        report.add(step.revision, held, step.moment.facts(), std::move(draft));
        return;
    }
}

} // namespace

extern const Rule rule{.id = "slow-statement-under-exclusive-lock",
                       .category = RuleCategory::Lock,
                       .severity = Severity::High,
                       .scaling = Scaling::Duration,
                       .checkStep = check};

} // namespace sightglass::rules::slow_statement_under_exclusive_lock
