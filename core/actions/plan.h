// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/journal/journal_record.h"
#include "core/live/environment.h"
#include "core/live/writing_session.h"

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace sightglass {

/// Where a plan changes something.
struct PlanTarget
{
    JournalTarget place; ///< `environment` is filled from `environment` below
    EnvironmentKind environment = EnvironmentKind::Unknown;
    std::string environmentWhy; ///< one sentence
};

/// What a person has to do before the plan runs.
struct PlanConfirmation
{
    ConfirmationLevel level = ConfirmationLevel::TypedPhrase;
    std::string phrase;   ///< what is typed, exactly; the command line asks for it at any level
    std::string numberOf; ///< what the number in it counts: "version rows change"; may be empty
};

enum class PreconditionState
{
    Met,
    NotMet, ///< the plan can't run
    Unknown ///< only the run itself will tell; `detail` says how
};

struct Precondition
{
    std::string id;   ///< "chain-loads"
    std::string text; ///< what has to hold
    PreconditionState state = PreconditionState::Met;
    std::string detail; ///< how it is known; what to do where it is not met
};

std::string_view toText(PreconditionState state); ///< "met", "not-met", "unknown"

/// A statement and how many rows it has to change.
struct PlannedStatement
{
    std::string sql;
    std::optional<std::int64_t> rows; ///< any other number undoes everything; absent: any will do
};

/// A question and the one answer with which the plan goes on.
struct PlannedCheck
{
    std::string what; ///< "the rows of public.alembic_version"
    std::string sql;
    AnswerRows expected;

    friend bool operator==(const PlannedCheck&, const PlannedCheck&) = default;
};

/// SQL. In one transaction: locks, then the checks, then the statements, then `after`; what is not
/// as planned rolls everything back. `after` is asked once more through a new session at the end.
struct SqlWork
{
    std::vector<std::string> locks;
    std::vector<PlannedCheck> checks; ///< that the world is still what the plan saw
    std::vector<PlannedStatement> statements;
    std::vector<PlannedCheck> after; ///< that the statements did what they are for
    /// False: each statement stands alone, outside of a transaction; there are no locks then.
    bool inTransaction = true;
    /// Another database of the target's server to run in, for what concerns databases as a whole.
    /// Empty: the target's own.
    std::string database = {};
    /// Databases whose sessions are ended while the statements wait for them to go.
    std::vector<std::string> endsSessionsOf = {};
};

/// A program, never through a shell. Ends with status 0, or the plan stops.
struct CommandWork
{
    std::vector<std::string> argv;
    std::string directory;
    std::map<std::string, std::string> environment; ///< may hold secrets: only names are shown
    std::chrono::milliseconds limit{3'600'000};
};

/// One file becomes another, at once or not at all. What it was is kept for the way back.
struct FileWork
{
    std::string file;                    ///< absolute
    std::optional<std::string> before;   ///< hash (contentHash); absent: there must be no file
    std::optional<std::string> contents; ///< absent, and no `keptAt`: the file goes
    std::string keptAt;                  ///< the contents are those of this file
    std::string diff;                    ///< for people
    /// The file is this one under another name; nothing else above but `file` and `diff` counts.
    std::string renamedFrom = {};
    std::string renamedHash = {}; ///< of its contents
};

/// Work of a module of its own, which the caller of runPlan performs.
struct OwnWork
{
    std::string kind;               ///< "dump"
    std::vector<std::string> lines; ///< what is done, exactly, for people
    /// A file that is there exactly when the work is done; empty: there is none.
    std::string leaves = {};
    /// Sentences: what is changed and what may be left when it ends half-way. Empty: not known.
    std::string whenCutShort = {};
    bool cleansUp = false; ///< a failure that it lives to tell leaves nothing
};

struct PlanStep
{
    std::string title; ///< "Set the version rows"
    std::variant<SqlWork, CommandWork, FileWork, OwnWork> work;
};

/// One thing that is changed, made or destroyed.
struct AffectedObject
{
    std::string kind;   ///< "version table"
    std::string name;   ///< schema.name
    std::string change; ///< "1 row is replaced"
    std::optional<std::int64_t> rows;
    std::optional<std::int64_t> bytes;
    bool isLost = false; ///< data goes that only a backup brings back
};

/// What stands between a mistake and its consequences.
struct Protection
{
    bool needed = true; ///< the plan can lose data
    std::string text;   ///< "swae-20261121-0301.dump, 1.4 MB, verified", or why none is needed
    std::string backup; ///< id of the last verified backup; empty: there is none
    std::string backupAt;
};

/// How it is taken back.
struct PlanUndo
{
    std::string text;            ///< one or two sentences; why not, where there are no steps
    std::vector<PlanStep> steps; ///< files are put back without being named here
    bool possible = false;
};

/// A labelled line for people: "Now" "1a2b3c (head)".
struct PlanLine
{
    std::string label;
    std::string text;
    std::optional<std::vector<std::string>> values; ///< the same as values: ids
};

/// An action as a value, before it is an act. The wizard shows it, --dry-run prints it, runPlan
/// executes it; whatever it does stands in it.
struct Plan
{
    std::string action;  ///< "stamp"
    std::string title;   ///< says the effect: "Set the version of shop to 1a2b3c"
    std::string summary; ///< what is touched and what is not
    PlanTarget target;
    std::vector<PlanLine> lines; ///< what is, and what will be
    std::vector<Precondition> preconditions;
    std::vector<PlanStep> steps; ///< none: there is nothing to do
    std::vector<AffectedObject> affected;
    Protection protection;
    PlanUndo undo;
    PlanConfirmation confirmation;
    std::string undoes; ///< run that this plan takes back
};

/// The first that is not met; null where all are.
const Precondition* firstUnmet(const Plan& plan);

/// The steps as lines of text, exact SQL and commands.
std::vector<std::string> stepLines(const std::vector<PlanStep>& steps);
/// A command as a shell would take it, for people to copy; runs never go through one.
std::string shownCommand(const CommandWork& work);

/// Short name of everything that the plan does and expects; another world gives another.
std::string planHash(const Plan& plan);
/// Name of a file's contents, as FileWork::before has it.
std::string contentHash(std::string_view contents);

} // namespace sightglass
