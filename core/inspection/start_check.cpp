// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/inspection/start_check.h"

#include "core/base/error.h"
#include "core/diagnosis/words.h"
#include "core/inspection/inspection.h"
#include "core/inspection/needed_locks.h"
#include "core/live/activity.h"
#include "core/live/sessions.h"

#include <algorithm>
#include <array>
#include <utility>

namespace sightglass {

namespace {

using Kind = StartBlocker::Kind;
using std::chrono::seconds;

/// An application that was idle for so long inside a transaction has forgotten it.
constexpr seconds forgotten{60};

std::string ageInWords(seconds age)
{
    if (age < seconds(120))
        return std::to_string(age.count()) + " s";
    if (age < std::chrono::hours(3))
        return std::to_string(age.count() / 60) + " min";
    return std::to_string(age.count() / 3600) + " h";
}

bool isDump(const OpenTransaction& transaction)
{
    return transaction.program.starts_with("pg_dump");
}

/// Steps aside as soon as somebody waits for its lock.
bool yields(const OpenTransaction& transaction)
{
    const bool worker = transaction.backend == "autovacuum worker" ||
                        (transaction.backend.empty() && transaction.user.empty());
    return transaction.pid != 0 && transaction.visible && worker && !transaction.preventsWraparound;
}

bool isIdle(const OpenTransaction& transaction)
{
    return transaction.state.starts_with("idle in transaction");
}

std::string whoIs(const OpenTransaction& transaction)
{
    const std::string user =
        transaction.user.empty() ? "" : " of user " + printable(transaction.user);
    if (transaction.pid == 0)
        return "Prepared transaction " + printable(transaction.gid) + user;
    const std::string pid = std::to_string(transaction.pid);
    if (isDump(transaction))
        return printable(transaction.program) + " (session " + pid + user + ")";
    if (transaction.preventsWraparound)
        return "An autovacuum that prevents wraparound (session " + pid + ")";
    std::string more = printable(transaction.program);
    if (!transaction.visible)
        more += std::string(more.empty() ? "" : ", ") + "what it does may not be seen";
    else if (!transaction.state.empty())
        more += (more.empty() ? "" : ", ") + transaction.state;
    return "Session " + pid + user + (more.empty() ? "" : " (" + more + ")");
}

/// One lock of another transaction that meets one that is needed.
struct Meeting
{
    Kind kind = Kind::LockHeld;
    const SessionLock* lock = nullptr;
    const NeededLock* need = nullptr;
    LockMode mode = LockMode::None;
};

std::optional<Kind> kindOf(const SessionLock& lock, LockMode mode, const NeededLock& need)
{
    if (conflicts(mode, need.mode) || conflicts(mode, need.waitsFor))
        return lock.granted ? Kind::LockHeld : Kind::LockAwaited;
    if (!lock.granted)
        return std::nullopt;
    if (need.isVersionTable && mode >= LockMode::RowExclusive)
        return Kind::AnotherUpgrade;
    if (need.changesRows && mode >= LockMode::RowShare)
        return Kind::RowsChanged;
    return std::nullopt;
}

/// What another transaction and the pending revisions both want, the worst first.
std::vector<Meeting> meetings(const OpenTransaction& transaction, const NeededLocks& needed)
{
    std::vector<Meeting> met;
    for (const SessionLock& lock : transaction.locks) {
        const NeededLock* const need = needed.on(lock.relation);
        if (need == nullptr)
            continue;
        const LockMode mode = lockModeOf(lock.mode);
        if (const auto kind = kindOf(lock, mode, *need))
            met.push_back({.kind = *kind, .lock = &lock, .need = need, .mode = mode});
    }
    std::ranges::stable_sort(met, [](const Meeting& a, const Meeting& b) {
        return std::pair(a.kind, b.need->mode) < std::pair(b.kind, a.need->mode);
    });
    return met;
}

std::string behind(LockMode mode)
{
    return blocksReads(mode) ? "reads and writes" : blocksWrites(mode) ? "writes" : "";
}

std::string namesOf(const std::vector<QualifiedName>& relations)
{
    std::vector<std::string> names;
    for (const QualifiedName& relation : relations)
        names.push_back(toText(relation));
    return firstOf(names, 2);
}

/// "has held ROW EXCLUSIVE on public.orders for 12 min"
std::string doing(const StartBlocker& blocker)
{
    const bool waits = blocker.kind == Kind::LockAwaited;
    const std::string what = (waits ? "for " : "") + std::string(toText(blocker.holds)) + " on " +
                             namesOf(blocker.relations);
    if (blocker.since)
        return (waits ? " has waited " : " has held ") + what + " for " +
               ageInWords(*blocker.since);
    return (waits ? " waits " : " holds ") + what + ", and since when may not be seen";
}

std::string consequence(const StartBlocker& blocker, const NeededLock& need)
{
    const std::string revision = "revision " + blocker.revision;
    if (blocker.kind == Kind::AnotherUpgrade)
        return "another upgrade may be at work, and this one would wait for it";
    if (blocker.kind == Kind::RowsChanged)
        return revision + " changes rows there, and would wait where both mean the same row";
    if (!conflicts(blocker.holds, need.mode))
        return revision + " works CONCURRENTLY there and would wait for its end";
    std::string text = revision + " needs " + std::string(toText(need.mode)) + " there and would " +
                       (blocker.kind == Kind::LockAwaited ? "queue behind it" : "wait");
    if (!blocker.blocks.empty())
        text += ", and all " + blocker.blocks + " of " + toText(blocker.relations.front()) +
                " behind the upgrade";
    return text;
}

void describe(const OpenTransaction& transaction, StartBlocker& blocker)
{
    blocker.pid = transaction.pid;
    blocker.who = whoIs(transaction);
    if (transaction.pid == 0)
        blocker.kind = Kind::PreparedTransaction;
    else if (isDump(transaction))
        blocker.kind = Kind::Dump;
    else if (transaction.preventsWraparound)
        blocker.kind = Kind::WraparoundVacuum;
    const std::string pid = std::to_string(transaction.pid);
    blocker.endsByItself = false;
    if (transaction.pid == 0) {
        blocker.way = "Somebody has to run COMMIT PREPARED or ROLLBACK PREPARED for it.";
    } else if (isIdle(transaction) && transaction.inState.value_or(seconds(0)) >= forgotten) {
        blocker.way =
            "It is idle: ask its owner to end it, or run SELECT pg_terminate_backend(" + pid + ").";
    } else {
        blocker.endsByItself = true;
        blocker.way = "Wait until it has ended, and look again.";
    }
}

/// `text` is made while `kind` still tells a held lock from an awaited one.
StartBlocker blockerOf(const OpenTransaction& transaction, const std::vector<Meeting>& met)
{
    const Meeting& worst = met.front();
    StartBlocker blocker{.kind = worst.kind};
    for (const Meeting& each : met) {
        if (each.kind == worst.kind)
            blocker.relations.push_back(each.lock->relation);
    }
    blocker.since =
        worst.kind == Kind::LockAwaited && worst.lock->waits ? worst.lock->waits : transaction.age;
    blocker.holds = worst.mode;
    blocker.needs = worst.need->mode;
    blocker.revision = worst.need->revision;
    blocker.blocks = behind(worst.need->mode);
    const std::string text = doing(blocker) + "; " + consequence(blocker, *worst.need) + ".";
    describe(transaction, blocker);
    blocker.text = blocker.who + text;
    return blocker;
}

/// CREATE INDEX CONCURRENTLY and REINDEX CONCURRENTLY wait for every older snapshot.
std::optional<StartBlocker> olderTransaction(const OpenTransaction& transaction,
                                             const NeededLocks& needed)
{
    if (needed.waitsForSnapshots.empty() || !transaction.holdsSnapshot)
        return std::nullopt;
    StartBlocker blocker{.kind = Kind::OlderTransaction};
    blocker.since = transaction.age;
    blocker.revision = needed.waitsForSnapshots;
    describe(transaction, blocker);
    blocker.text = blocker.who + " has a snapshot" +
                   (blocker.since ? " of " + ageInWords(*blocker.since) : std::string()) +
                   "; revision " + blocker.revision +
                   " builds an index CONCURRENTLY and would wait for its end.";
    return blocker;
}

StartBlocker standby()
{
    return {.kind = Kind::Standby,
            .who = "The server",
            .endsByItself = false,
            .text = "The server is a standby and takes no writes; no revision can run on it.",
            .way = "Connect to the primary server."};
}

void addSessions(const Sessions& sessions, const NeededLocks& needed, StartCheck& check)
{
    for (const OpenTransaction& transaction : sessions.transactions) {
        if (!transaction.lasted || yields(transaction))
            continue;
        if (const auto met = meetings(transaction, needed); !met.empty())
            check.blockers.push_back(blockerOf(transaction, met));
        else if (auto older = olderTransaction(transaction, needed))
            check.blockers.push_back(std::move(*older));
    }
    if (!sessions.complete)
        check.notKnown.emplace_back("More transactions and locks are open than were read.");
}

void judge(StartCheck& check)
{
    std::ranges::stable_sort(check.blockers, {}, &StartBlocker::endsByItself);
    if (!check.blockers.empty())
        check.verdict = check.blockers.front().endsByItself ? StartAnswer::Wait : StartAnswer::No;
    else if (check.notKnown.empty())
        check.verdict = StartAnswer::Yes;
}

/// Why nothing can be said; empty: it can.
std::string whyNot(const Inspection& inspection)
{
    if (inspection.live == nullptr)
        return "No database was read.";
    if (inspection.applied.empty() || !inspection.diagnosis.pendingUnknown.empty())
        return "What an upgrade would run is not known" +
               (inspection.diagnosis.pendingUnknown.empty()
                    ? "."
                    : ": " + inspection.diagnosis.pendingUnknown + ".");
    if (inspection.diagnosis.pending.empty())
        return "No revision is pending.";
    if (inspection.history == nullptr || inspection.review == nullptr)
        return "The pending revisions were not reviewed.";
    if (inspection.live->activity == nullptr || inspection.live->activity->sessions == nullptr)
        return "The open transactions of the server could not be read.";
    return "";
}

} // namespace

std::string_view toText(StartBlocker::Kind kind)
{
    constexpr std::array words{std::string_view("lock-held"),
                               std::string_view("lock-awaited"),
                               std::string_view("rows-changed"),
                               std::string_view("another-upgrade"),
                               std::string_view("dump"),
                               std::string_view("wraparound-vacuum"),
                               std::string_view("older-transaction"),
                               std::string_view("prepared-transaction"),
                               std::string_view("standby")};
    return words[static_cast<std::size_t>(kind)];
}

std::string_view toText(StartAnswer verdict)
{
    constexpr std::array words{
        std::string_view("yes"), std::string_view("wait"), std::string_view("no")};
    return words[static_cast<std::size_t>(verdict)];
}

ChecklistItem StartCheck::item() const
{
    const std::string item = "No other session stands in the way";
    if (!blockers.empty())
        return {item, false, blockers.front().text};
    if (!verdict)
        return {item, std::nullopt, notKnown.empty() ? std::string() : notKnown.front()};
    return {item, true, "no open transaction holds a lock that the pending revisions wait for"};
}

StartCheck startCheckOf(const Inspection& inspection)
{
    StartCheck check;
    if (std::string why = whyNot(inspection); !why.empty()) {
        check.nothingPending = inspection.live != nullptr && !inspection.applied.empty() &&
                               inspection.diagnosis.pendingUnknown.empty() &&
                               inspection.diagnosis.pending.empty();
        check.notKnown.push_back(std::move(why));
        return check;
    }
    check.readAt = toRfc3339(inspection.live->readAt);
    const NeededLocks needed = neededLocks(inspection);
    check.notKnown = needed.notKnown;
    if (inspection.live->server.inRecovery)
        check.blockers.push_back(standby());
    addSessions(*inspection.live->activity->sessions, needed, check);
    judge(check);
    return check;
}

} // namespace sightglass
