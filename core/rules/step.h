// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/operations/revision_reading.h"
#include "core/rules/footprint.h"
#include "core/rules/moment.h"
#include "core/rules/seen_objects.h"

#include <compare>
#include <cstddef>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <variant>
#include <vector>

namespace sightglass {

/// How statements reach the server.
enum class RunMode
{
    Alembic,    ///< inside the transaction that Alembic opened
    Autocommit, ///< inside an autocommit block
    Raw,        ///< a file run statement by statement
    AlembicSql ///< the text that `alembic upgrade --sql` printed, its own BEGIN and COMMIT included
};

/// What stays of a step when the review has gone on: for checks that look at a whole revision.
struct StepRecord
{
    const Operation* operation = nullptr;
    std::size_t index = 0; ///< in its revision
    int transaction = 0;   ///< number of its transaction in the run; 0: in none
    Found target;          ///< the relation it is about, as it was before; empty name: none
    Footprint footprint;
    std::optional<Refusal> refusal; ///< PostgreSQL's answer, if it is surely refused
    bool runs = true;               ///< false: it can't run or does nothing (an exclusive finding)

    template <typename T>
    const T* as() const
    {
        return std::get_if<T>(&operation->change);
    }
};

/// One revision, one direction, under review. A file of SQL is one too.
struct RevisionReview
{
    std::string id; ///< empty: a file
    Direction direction = Direction::Upgrade;
    RunMode mode = RunMode::Alembic;
    const RevisionReading* reading = nullptr;  ///< never null; `operations` are its
    const RevisionReading* opposite = nullptr; ///< the other direction; null: not known
    std::size_t position = 0;                  ///< in the run
    bool reported = true;          ///< false: it only leads up to the range, or follows it
    bool applied = false;          ///< a database has it already
    std::vector<StepRecord> steps; ///< so far
    SeenObjects seen;              ///< what they are about, as it was before the revision
    /// The database as this revision leaves it, only while checkRevision runs: try a way back on it
    /// with Replay::tryOut. Null else.
    Replay* after = nullptr;
    SourceSpan span; ///< of the function, or the file

    std::span<const Operation> operations() const { return reading->operations; }
};

/// Which step of which revision of a run.
struct StepPlace
{
    std::size_t revision = 0;
    std::size_t step = 0;
    friend auto operator<=>(const StepPlace&, const StepPlace&) = default;
};

/// A range, in the order in which it would run.
struct RunReview
{
    std::vector<RevisionReview> revisions;
    /// The steps so far by the relation that they are about, oldest first.
    std::map<QualifiedName, std::vector<StepPlace>> places;
    /// The SET CONSTRAINTS so far, oldest first.
    std::vector<StepPlace> constraintSettings;
    /// What each revision of the run does, by position; those that are still to come too.
    std::vector<const RevisionReading*> readings;
    /// Revisions that are not reported but stand beside: other branches, what follows the range.
    std::vector<RevisionReview> beside;
    std::vector<RevisionReview> following;
    bool transactionPerMigration = false;
    const ReviewFacts* facts = nullptr;
    const ChainKnowledge* chain = nullptr;
    std::optional<std::string> alembicVersion; ///< "1.13.1"
    bool whole = false;
    std::vector<std::string> heads; ///< of the graph; empty: not known
    /// Patterns of tables that nobody may touch: "legacy_*", "billing.*".
    std::vector<std::string> protectedTables;

    /// Steps so far about a relation, by the name that it had then.
    std::span<const StepPlace> about(const QualifiedName& relation) const
    {
        const auto found = places.find(relation);
        return found == places.end() ? std::span<const StepPlace>() : found->second;
    }

    const StepRecord& at(const StepPlace& place) const
    {
        return revisions[place.revision].steps[place.step];
    }

    /// What runs after `revision`, in order: the rest of the run, then what follows the range.
    std::vector<const RevisionReading*> after(const RevisionReview& revision) const;
};

/// One operation about to run. What a rule's checkStep sees.
class Step
{
public:
    Step(const StepRecord& stepRecord,
         const Moment& now,
         const RevisionReview& ofRevision,
         const RunReview& ofRun)
        : record(stepRecord)
        , moment(now)
        , revision(ofRevision)
        , run(ofRun)
    {}

    const StepRecord& record;
    const Moment& moment;
    const RevisionReview& revision;
    const RunReview& run;

    const Operation& operation() const { return *record.operation; }

    template <typename T>
    const T* as() const
    {
        return record.as<T>();
    }

    /// The relation it is about.
    const Found& target() const { return record.target; }

    const Footprint& footprint() const { return record.footprint; }

    bool inTransaction() const { return record.transaction != 0; }

    /// Steps of this revision before it, oldest first.
    std::span<const StepRecord> earlier() const;
    /// Operations of this revision behind it. Their names are as written: compare with sameName.
    std::span<const Operation> later() const;
    /// Whether two written names mean one relation here.
    bool sameName(const QualifiedName& left, const QualifiedName& right) const;

    /// The first later operation of type T for which `matches` holds; null: none.
    template <typename T, typename Matches>
    const T* laterChange(Matches matches) const
    {
        for (const Operation& operation : later()) {
            const T* const change = std::get_if<T>(&operation.change);
            if (change != nullptr && matches(*change))
                return change;
        }
        return nullptr;
    }
};

} // namespace sightglass
