// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/history/fresh_run.h"

#include <algorithm>
#include <utility>
#include <variant>

namespace sightglass {

namespace {

constexpr std::size_t mostDoubts = 20;

/// One run over an empty database, until something stops it.
class Run
{
public:
    Run(const RevisionGraph& graph, const std::vector<RevisionSteps>& steps, const ReadAgain& read)
        : m_graph(graph)
        , m_steps(steps)
        , m_readAgain(read)
    {}

    FreshRun go(std::span<const RevisionIndex> order)
    {
        for (const RevisionIndex revision : order) {
            if (m_graph.isReplaced(revision))
                continue;
            if (!takes(revision))
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
        const RevisionReading& first = m_steps[revision].upgrade;
        if (!first.asksSchema)
            return applies(revision, first);
        // What it does hangs on the schema that it meets: on a run of all revisions that may be
        // another than the one that its ancestors alone leave.
        Replay scratch = m_state;
        const RevisionReading reading = m_readAgain(revision, scratch);
        return applies(revision, reading);
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
            const auto refusal = m_state.apply(operation);
            // What is not known is a doubt; a syntax error is opaque and known to stop.
            if (!refusal && operation.resolution == Resolution::Opaque &&
                isStructural(operation.change))
                addDoubt(operation.span, operation.reason);
            if (!refusal)
                continue;
            if (!operation.tolerated)
                return stops(revision, i, operation, *refusal);
            aborted = !operation.autocommit && savepoints == 0;
        }
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
        m_result.revision = m_graph.revision(revision).id;
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

    const RevisionGraph& m_graph;
    const std::vector<RevisionSteps>& m_steps;
    const ReadAgain& m_readAgain;
    Replay m_state;
    FreshRun m_result;
};

} // namespace

FreshRun freshRunOf(const RevisionGraph& graph,
                    std::span<const RevisionIndex> order,
                    const std::vector<RevisionSteps>& steps,
                    const ReadAgain& readAgain)
{
    return Run(graph, steps, readAgain).go(order);
}

} // namespace sightglass
