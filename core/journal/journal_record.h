// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sightglass {

/// How far an action was when a line was written.
enum class JournalPhase
{
    Intent,  ///< before anything is done: what is meant, and the way back
    Commit,  ///< before a step takes effect: a transaction with its number, a file with its hash
    Outcome, ///< done, refused, failed or in doubt
    Verdict, ///< the world was read again and compared
    Settled  ///< of an action that was interrupted: what a later look found
};

std::string_view toText(JournalPhase phase); ///< "intent", …

/// What an action was done to. Holds no secrets.
struct JournalTarget
{
    std::string shown; ///< "shop on localhost:5432", or a folder
    std::string host;
    std::string port;
    std::string database;
    std::string user;
    std::string systemIdentifier; ///< of the cluster; empty: not known
    std::int64_t databaseOid = 0;
    std::string environment; ///< "production"
    std::string project;     ///< folder of the project

    friend bool operator==(const JournalTarget&, const JournalTarget&) = default;
};

/// One line of the journal. What a phase does not use is empty.
struct JournalRecord
{
    std::int64_t sequence = 0; ///< number of the line; given when it is written
    std::string time;          ///< RFC 3339, UTC
    std::string run;           ///< one for all lines of one run of an action
    JournalPhase phase = JournalPhase::Intent;

    // Intent
    std::string action; ///< "stamp"
    std::string title;
    std::string plan; ///< hash of the plan
    JournalTarget target;
    std::vector<std::string> changes; ///< sentences: what is before and after
    std::vector<std::string> steps;   ///< exact SQL and commands
    std::string undo;     ///< JSON of the steps that take it back; empty: there are none
    std::string undoText; ///< how it is taken back, or why it can't be
    std::string undoes;   ///< run that this one takes back

    // Commit, written before each step takes effect; in an intent, the number of steps
    std::size_t step = 0;    ///< 1-based
    std::string transaction; ///< of SQL: as txid_current() gave it
    std::string file;        ///< of a file: which
    std::string contents; ///< of a file: hash of what it becomes; empty: it goes; "*": it is there

    // Outcome, Verdict, Settled
    std::string state; ///< "done", "refused", "failed", "in-doubt"; a verdict: "as-planned", …
    std::vector<std::string> sentences; ///< of a commit: what holds if it is the last line

    friend bool operator==(const JournalRecord&, const JournalRecord&) = default;
};

/// The record as one line of JSON with its newline. Passwords in URLs and keyword strings are taken
/// out of every text but `undo`, which is data.
std::string journalLine(const JournalRecord& record);

/// errors  Malformed  not such a line: torn, or of another format
Result<JournalRecord> readJournalLine(std::string_view line);

} // namespace sightglass
