// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/actions/plan.h"
#include "core/journal/journal_entries.h"

#include <optional>
#include <string>
#include <vector>

namespace sightglass {

/// What an action that was cut short has left.
struct SettledRun
{
    EntryState state =
        EntryState::InDoubt; ///< Done, Refused (nothing was changed), Failed, InDoubt
    std::vector<std::string> sentences;
};

/// Finds out what became of an entry that is open: by the transaction's number, which the server
/// remembers, and by files. Reads only.
///
/// open  to the entry's database; empty: there is none to ask
/// errors  ConnectionLost, TimedOut, …: the server could not be asked; Cancelled
Result<SettledRun>
settleRun(const JournalEntry& entry, const OpenWritingSession& open, const RunContext& run);

/// Settles every open entry of `place` (and those of files, whatever their place) and writes what
/// was found. Gives the entries that were settled, as they are now.
///
/// errors  of the journal; a server that can't be asked leaves its entries open
Result<std::vector<JournalEntry>> settleOpenRuns(const ActionJournal& journal,
                                                 const Clock& clock,
                                                 const JournalTarget& place,
                                                 const OpenWritingSession& open,
                                                 const RunContext& run);

/// `seed` with the database's name, oid and cluster as the server says them.
///
/// errors  those of opening and asking
Result<JournalTarget>
placeFromServer(JournalTarget seed, const OpenWritingSession& open, const RunContext& run);

/// Whether an entry was done to the database of `place`, or to the files of its project alone, or
/// replaced the database of that name as a whole.
bool concerns(const JournalEntry& entry, const JournalTarget& place);

/// The plan that takes an entry back.
///
/// errors  Usage        the entry can't be taken back; says why
///         StateChanged `target` is another database than the entry's
///         Malformed    the journal's steps can't be read
Result<Plan> planUndo(const JournalEntry& entry, const PlanTarget& target);

/// The phrase that `level` asks for: the database's name, at the highest level with a number from
/// what is affected.
PlanConfirmation confirmationOf(const PlanTarget& target, std::size_t number, std::string numberOf);

} // namespace sightglass
