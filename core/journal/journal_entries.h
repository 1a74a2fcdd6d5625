// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/journal/action_journal.h"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace sightglass {

/// How an action ended, as far as the journal knows.
enum class EntryState
{
    Running,     ///< by a program that lives
    Interrupted, ///< its program ended before it wrote what became of it
    Done,
    Refused, ///< nothing was changed
    Failed,  ///< something was changed, and not all of it
    InDoubt  ///< a commit was sent, and no answer came
};

std::string_view toText(EntryState state); ///< "running", "interrupted", "done", …

/// One run of an action, put together from its lines.
struct JournalEntry
{
    JournalRecord intent;
    EntryState state = EntryState::Interrupted;
    JournalRecord lastCommit; ///< of the step that took effect last, or may have; step 0: none
    std::string endedAt;      ///< time of the outcome; empty: there is none
    std::vector<std::string> sentences; ///< of outcome, verdict and what was settled
    std::string verdict;  ///< "as-planned", "not-as-planned", "not-read"; empty: not verified
    bool settled = false; ///< the state is what a later look found
    std::string undoneBy; ///< run that took it back

    bool canBeUndone() const
    {
        return state == EntryState::Done && !intent.undo.empty() && undoneBy.empty();
    }

    /// What became of it is not known yet.
    bool isOpen() const { return state == EntryState::Interrupted || state == EntryState::InDoubt; }
};

/// The runs in the order of their beginning. `isRunning` tells whether the program of a run without
/// an outcome still lives.
std::vector<JournalEntry> entriesOf(const JournalReading& reading,
                                    const std::function<bool(const std::string&)>& isRunning);

/// Whether both are the same database of the same cluster. Where the cluster's identifier is not
/// known to one of them, host and port decide.
bool isSameDatabase(const JournalTarget& left, const JournalTarget& right);
/// Whether both are databases of one cluster; told in the same way.
bool isSameServer(const JournalTarget& left, const JournalTarget& right);

} // namespace sightglass
