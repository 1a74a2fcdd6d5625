// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/history/fresh_run.h"

#include "core/history/filled_tables.h"
#include "core/history/history_state.h"

#include <algorithm>
#include <array>
#include <utility>
#include <variant>

namespace sightglass {

namespace {

constexpr std::size_t mostDoubts = 20;
constexpr std::string_view usedTooEarly = "55P04"; ///< a label in the transaction that adds it

/// The words of a statement that refuses to run inside a transaction; empty: any other.
std::string wordsOutside(const Change& change)
{
    if (const auto* index = std::get_if<change::CreateIndex>(&change))
        return index->concurrently ? "CREATE INDEX CONCURRENTLY" : "";
    if (const auto* index = std::get_if<change::DropIndex>(&change))
        return index->concurrently ? "DROP INDEX CONCURRENTLY" : "";
    if (const auto* reindex = std::get_if<change::Reindex>(&change))
        return reindex->concurrently ? "REINDEX CONCURRENTLY" : "";
    if (const auto* detach = std::get_if<change::DetachPartition>(&change))
        return detach->concurrently ? "ALTER TABLE ... DETACH CONCURRENTLY" : "";
    if (const auto* other = std::get_if<change::Other>(&change)) {
        constexpr auto words = std::to_array<std::string_view>(
            {"VACUUM", "CREATE DATABASE", "DROP DATABASE", "ALTER SYSTEM", "CREATE TABLESPACE"});
        for (const std::string_view each : words) {
            if (other->statement == each)
                return other->statement;
        }
    }
    return {};
}

/// One run over an empty database, until something stops it.
class Run
{
public:
    explicit Run(const FreshRunRequest& request)
        : m_request(request)
        , m_transactions(request.transactions)
    {}

    FreshRun go(const RunContext& run)
    {
        for (const RevisionIndex revision : m_request.order) {
            if (m_request.graph.isReplaced(revision))
                continue;
            if (m_transactions.perMigration.isKnown() && m_transactions.perMigration.value())
                beginTransaction();
            if (run.stopRequested() || !takes(revision))
                return std::move(m_result);
        }
        m_result.outcome = m_result.doubts.empty() && m_state.doubts().empty()
                               ? FreshRun::Outcome::Succeeds
                               : FreshRun::Outcome::NotKnown;
        for (const Doubt& doubt : m_state.doubts())
            addDoubt(doubt.span, doubt.reason);
        return std::move(m_result);
    }

private:
    /// False: the run ends here and the result says how.
    bool takes(RevisionIndex revision)
    {
        const RevisionReading& first = m_request.steps[revision].upgrade;
        if (!m_request.asksSchema[revision] && isSettled(first))
            return applies(revision, first);
        // What it does hangs on the schema that it meets, or on rows: on a run of all revisions
        // that may be another than the one that its ancestors alone leave, and tables that nothing
        // wrote to are empty.
        Replay scratch = m_state;
        FilledTables filled = m_filled;
        const RevisionReading reading = m_request.readAgain(revision, scratch, filled);
        return applies(revision, reading);
    }

    static bool isSettled(const RevisionReading& reading)
    {
        return reading.end != RevisionReading::End::Limit &&
               std::ranges::all_of(reading.operations, [](const Operation& each) {
                   return each.resolution == Resolution::Resolved;
               });
    }

    bool applies(RevisionIndex revision, const RevisionReading& reading)
    {
        using End = RevisionReading::End;
        bool aborted = false; // an error was caught, and the transaction does nothing any more
        int savepoints = 0;   // open ones: an error inside goes back to them
        for (std::size_t i = 0; i < reading.operations.size(); ++i) {
            const Operation& operation = reading.operations[i];
            if (aborted)
                return stops(revision, i, operation, abortedTransaction());
            savepoints += savepointStep(operation);
            m_filled.note(operation, m_state.schema());
            followTransaction(operation);
            auto refusal = m_state.apply(operation);
            if (auto outside = refusedInside(operation))
                refusal = std::move(outside);
            if (refusal && refusal->state == usedTooEarly && !m_transactions.perMigration.isKnown())
                addDoubt(operation.span, m_transactions.perMigration.reason());
            // What is not known is a doubt; a syntax error is opaque and known to stop.
            if (!refusal && operation.resolution == Resolution::Opaque &&
                isStructural(operation.change))
                addDoubt(operation.span, operation.reason);
            // The state keeps no doubt about what is gone.
            if (!refusal && operation.resolution == Resolution::Conditional &&
                takesAway(operation.change))
                addDoubt(operation.span, operation.reason);
            if (!refusal)
                continue;
            if (!operation.tolerated)
                return stops(revision, i, operation, *refusal);
            aborted = !operation.autocommit && savepoints == 0;
        }
        for (const RevisionReading::PossibleStop& stop : reading.possibleStops)
            addDoubt(stop.span, "may raise " + stop.raised);
        if (aborted)
            return stopsAtEnd(revision, "the version row", abortedTransaction().message, {});
        switch (reading.end) {
        case End::Raises:
            return stopsAtEnd(revision, {}, reading.raised, reading.endSpan);
        case End::NoFunction:
            return stopsAtEnd(
                revision, {}, "AttributeError: the file has no function upgrade", reading.endSpan);
        case End::Limit:
        case End::NeedsSchema:
            addDoubt(reading.endSpan, reading.raised);
            break;
        case End::Done:
            break;
        }
        return true;
    }

    static bool takesAway(const Change& change)
    {
        return std::holds_alternative<change::DropTable>(change) ||
               std::holds_alternative<change::RenameTable>(change) ||
               std::holds_alternative<change::DropSchema>(change) ||
               std::holds_alternative<change::DropType>(change);
    }

    /// 1 where a savepoint is set, -1 where one ends.
    static int savepointStep(const Operation& operation)
    {
        const auto* transaction = std::get_if<change::Transaction>(&operation.change);
        if (transaction == nullptr)
            return 0;
        if (transaction->word.starts_with("SAVEPOINT"))
            return 1;
        const bool ends = transaction->word.starts_with("RELEASE") ||
                          transaction->word.starts_with("ROLLBACK TO");
        return ends ? -1 : 0;
    }

    void beginTransaction()
    {
        commitTransaction(m_state);
        m_inside = true;
    }

    /// After COMMIT or ROLLBACK as text the driver opens no transaction by itself: it has not seen
    /// that the one it opened has ended.
    void followTransaction(const Operation& operation)
    {
        const auto* transaction = std::get_if<change::Transaction>(&operation.change);
        if (transaction == nullptr || operation.autocommit)
            return;
        const std::string& word = transaction->word;
        if (word == "COMMIT" || word == "ROLLBACK")
            m_inside = false;
        else if (word == "BEGIN")
            m_inside = true;
    }

    /// What PostgreSQL does outside of transactions only.
    std::optional<Refusal> refusedInside(const Operation& operation)
    {
        const std::string statement = wordsOutside(operation.change);
        const bool sure = operation.resolution == Resolution::Resolved && !operation.alternative;
        if (statement.empty() || operation.autocommit || !m_inside || !sure)
            return std::nullopt;
        if (!m_transactions.autocommit.empty()) {
            addDoubt(operation.span,
                     statement + " runs only outside of a transaction, and " +
                         m_transactions.autocommit);
            return std::nullopt;
        }
        return Refusal{.state = "25001",
                       .message = statement + " cannot run inside a transaction block",
                       .object = {}};
    }

    static Refusal abortedTransaction()
    {
        return {.state = "25P02",
                .message = "current transaction is aborted, commands ignored until end of "
                           "transaction block",
                .object = {}};
    }

    bool stops(RevisionIndex revision,
               std::size_t index,
               const Operation& operation,
               const Refusal& refusal)
    {
        m_result.atOperation = true;
        m_result.operation = index;
        return stopsAtEnd(revision, refusal.object, refusal.message, operation.span);
    }

    /// What was not readable before may have made what is missing now: then it is not sure.
    bool stopsAtEnd(RevisionIndex revision,
                    std::string object,
                    std::string error,
                    const SourceSpan& span)
    {
        m_result.revision = m_request.graph.revision(revision).id;
        m_result.object = std::move(object);
        m_result.error = std::move(error);
        m_result.span = span;
        m_result.outcome =
            m_result.doubts.empty() ? FreshRun::Outcome::Stops : FreshRun::Outcome::NotKnown;
        return false;
    }

    void addDoubt(const SourceSpan& span, const std::string& reason)
    {
        if (m_result.doubts.size() >= mostDoubts)
            return;
        std::string text = span.file.empty()
                               ? reason
                               : span.file + ":" + std::to_string(span.line) + ": " + reason;
        if (std::ranges::find(m_result.doubts, text) == m_result.doubts.end())
            m_result.doubts.push_back(std::move(text));
    }

    const FreshRunRequest& m_request;
    const TransactionFacts& m_transactions;
    bool m_inside = true; ///< a transaction is open
    Replay m_state;
    FilledTables m_filled;
    FreshRun m_result;
};

} // namespace

FreshRun freshRunOf(const FreshRunRequest& request, const RunContext& run)
{
    return Run(request).go(run);
}

} // namespace sightglass
