// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/diagnosis/schema_check.h"

#include "core/diagnosis/renamed_objects.h"
#include "core/history/apply_revision.h"

#include <algorithm>
#include <set>
#include <utility>

namespace sightglass {

namespace {

constexpr std::size_t pendingLookedAt = 200;
constexpr std::size_t collisionsListed = 50;
constexpr int comparedServer = 15; ///< definitions are spelled as this one does

std::string nameOf(const Difference& difference)
{
    return toText(
        LineName{.object = difference.object, .kind = difference.kind, .part = difference.part});
}

class Check
{
public:
    explicit Check(const SchemaCheckInput& input)
        : m_input(input)
        , m_promise(input.history.replayAt(input.current))
        , m_doubts(doubtsByObject(m_promise.doubts()))
    {}

    SchemaCheck result()
    {
        if (m_doubts.anything) {
            m_check.certainty = Confidence::Likely;
            m_check.unread = m_doubts.anything->reason;
        }
        noteUnread();
        lookAhead();
        compare();
        m_check.leftovers = leftoversIn(m_input.live.schema);
        m_check.renamed = renamedIn(m_promise.schema(), m_input.live.schema, m_check);
        if (!m_check.missing.empty() || !m_check.different.empty())
            lookBack();
        return std::move(m_check);
    }

private:
    void noteUnread()
    {
        const Schema& promised = m_promise.schema();
        m_check.notCompared = notCompared(promised, m_input.live.unread);
        for (const QualifiedName& name : m_input.live.unread.locked) {
            if (promised.table(name) != nullptr || promised.views.contains(name))
                m_check.lockedTables.push_back(name);
        }
        if (!m_check.isComplete())
            m_check.certainty = Confidence::Likely;
    }

    /// Which pending revisions are there already, and which will run into something. What was not
    /// read is taken to be as promised: nobody collides with what nobody saw.
    void lookAhead()
    {
        Replay promised = m_promise;
        Replay real(completedWith(m_input.live.schema, m_promise.schema(), m_input.live.unread),
                    {.searchPath = m_input.live.server.searchPath});
        std::set<RevisionIndex> open; // not there in full, nor what follows them
        const std::size_t most = std::min(pendingLookedAt, m_input.pending.size());
        for (std::size_t i = 0; i < most; ++i) {
            const RevisionIndex revision = m_input.pending[i];
            const RevisionSteps& steps = m_input.history.steps(revision);
            NextRevision next{
                .revision = revision,
                .progress = progressOf(promised, steps, m_input.live.schema, m_input.live.unread)};
            applyRevision(promised, steps);
            const bool follows =
                std::ranges::any_of(m_input.graph.acyclicDown(revision),
                                    [&](RevisionIndex down) { return open.contains(down); });
            if (!follows && isThere(next.progress)) {
                if (next.progress.visible > 0) {
                    claim(next.progress);
                    m_check.notRecorded.push_back(std::move(next));
                }
                continue;
            }
            if (open.insert(revision).second && !follows && !m_check.halfway &&
                isHalfway(next.progress)) {
                claim(next.progress);
                m_check.halfway = next;
            }
            collide(real, next);
        }
    }

    /// Done in full, as far as a schema shows. What changes no schema does not tell.
    static bool isThere(const StepProgress& progress)
    {
        return progress.unknown == 0 && progress.done == progress.visible;
    }

    /// The operations up to some point are done, and none behind; the next may have been stopped in
    /// its middle.
    bool isHalfway(const StepProgress& progress) const
    {
        const OperationProgress* next = nullptr;
        for (std::size_t i = progress.reached; i < progress.operations.size(); ++i) {
            if (progress.operations[i].state != OperationProgress::State::NoEffect) {
                next = &progress.operations[i];
                break;
            }
        }
        const std::size_t stopped = next != nullptr ? next->otherwise.size() : 0;
        if (progress.offAtReached > stopped)
            return false;
        if (progress.reached > 0)
            return true;
        return next != nullptr && std::ranges::any_of(next->otherwise, [&](const LineName& line) {
                   return isInvalidIndex(line);
               });
    }

    bool isInvalidIndex(const LineName& line) const
    {
        if (line.kind != "index")
            return false;
        const Table* table = m_input.live.schema.table(line.object);
        return table != nullptr && std::ranges::any_of(table->indexes, [&](const Index& index) {
                   return index.name == line.part && !index.valid;
               });
    }

    /// What a revision made belongs to it, and is no change by hand.
    void claim(const StepProgress& progress)
    {
        for (const OperationProgress& each : progress.operations)
            m_claimed.insert(each.lines.begin(), each.lines.end());
    }

    void collide(Replay& real, const NextRevision& next)
    {
        const RevisionSteps& steps = m_input.history.steps(next.revision);
        for (std::size_t i = 0; i < steps.upgrade.operations.size(); ++i) {
            const Operation& operation = steps.upgrade.operations[i];
            const auto refusal = real.apply(operation);
            const bool passes =
                !refusal &&
                next.progress.operations[i].state == OperationProgress::State::Otherwise &&
                !isChange(operation, next.progress.operations[i]);
            if (refusal && !operation.tolerated)
                real.assume(operation, *refusal);
            if ((!refusal || operation.tolerated) && !passes)
                continue;
            if (m_check.collisions.size() == collisionsListed)
                continue;
            const auto& otherwise = next.progress.operations[i].otherwise;
            m_check.collisions.push_back({.revision = next.revision,
                                          .operation = i,
                                          .span = operation.span,
                                          .summary = summaryOf(operation.change),
                                          .message = refusal ? refusal->message : "",
                                          .object = refusal ? refusal->object
                                                    : otherwise.empty()
                                                        ? ""
                                                        : toText(otherwise.front().object),
                                          .asksSchema = steps.upgrade.asksSchema});
        }
    }

    /// Whether an operation that finds something else than it expects changes it nevertheless: all
    /// but those that make an object that is there already.
    bool isChange(const Operation& operation, const OperationProgress& progress) const
    {
        if (!kindOf(operation.change).starts_with("create") &&
            !kindOf(operation.change).starts_with("add"))
            return true;
        return std::ranges::none_of(progress.otherwise, [&](const LineName& line) {
            return line.part.empty() || lineIn(m_input.live.schema, line).has_value();
        });
    }

    void compare()
    {
        DifferenceSettings settings;
        settings.leftOut = m_input.leftOut;
        for (const auto& [name, table] : m_promise.schema().tables) {
            if (!m_doubts.isAbout(name, "table", {}))
                ++m_check.promisedTables;
        }
        for (Difference& each : differencesBetween(asRead(m_promise.schema(), m_input.live.unread),
                                                   asRead(m_input.live.schema, m_input.live.unread),
                                                   settings))
            place(std::move(each));
    }

    void place(Difference difference)
    {
        const LineName line{
            .object = difference.object, .kind = difference.kind, .part = difference.part};
        if (m_claimed.contains(line) || belongsToOthers(difference))
            return;
        if (isOwnedByMissing(difference))
            return;
        if (isDoubted(difference) || dependsOnVersion(difference)) {
            m_check.doubted.push_back(nameOf(difference));
            return;
        }
        switch (difference.change) {
        case Difference::Change::OnlyLeft:
            if (difference.kind == "table")
                m_check.missingTables.push_back(difference.object);
            m_check.missing.push_back(std::move(difference));
            break;
        case Difference::Change::Differs:
            m_check.different.push_back(std::move(difference));
            break;
        case Difference::Change::OnlyRight:
            m_check.extra.push_back(std::move(difference));
            break;
        }
    }

    /// Whole objects that no applied revision makes are nobody's business here: other tools'
    /// tables, partitions made as time goes by, what belongs to either.
    bool belongsToOthers(const Difference& difference)
    {
        if (difference.change != Difference::Change::OnlyRight)
            return false;
        if (!difference.part.empty() && difference.kind != "function")
            return false;
        const Table* table = m_input.live.schema.table(difference.object);
        if (table != nullptr && table->kind != TableKind::Partition)
            m_check.unmanaged.push_back(difference.object);
        return true;
    }

    bool isDoubted(const Difference& difference) const
    {
        const Schema& side = difference.change == Difference::Change::OnlyRight
                                 ? m_input.live.schema
                                 : m_promise.schema();
        const ObjectDoubt* doubt = m_doubts.about(difference.object, side);
        if (doubt == nullptr)
            return false;
        return difference.change == Difference::Change::Differs
                   ? doubt->isAboutText(difference.kind, difference.part)
                   : doubt->isAbout(difference.kind, difference.part);
    }

    /// A sequence goes with the table that owns it.
    bool isOwnedByMissing(const Difference& difference) const
    {
        if (difference.kind != "sequence" || difference.change != Difference::Change::OnlyLeft)
            return false;
        const auto found = m_promise.schema().sequences.find(difference.object);
        return found != m_promise.schema().sequences.end() && found->second->ownerTable &&
               m_input.live.schema.table(*found->second->ownerTable) == nullptr;
    }

    /// Other versions of PostgreSQL print a view's query in another way.
    bool dependsOnVersion(const Difference& difference) const
    {
        constexpr int perMajor = 10000;
        const int number = m_input.live.server.versionNumber;
        return difference.kind == "view" && difference.change == Difference::Change::Differs &&
               number != 0 && number / perMajor != comparedServer;
    }

    /// Which recorded revisions did not run, and what it takes to bring their effects back.
    void lookBack()
    {
        const Fingerprints prints =
            Fingerprints::of(m_input.history, m_input.graph, m_input.live.unread);
        const LiveFacts facts(
            prints, m_input.live.schema, {.leftOut = m_input.leftOut, .doubts = {}});
        const std::vector<bool> applied = m_input.graph.withAncestors(m_input.current);
        bool laterShows = false;
        std::vector<RevisionTrace> traces = tracesOf(prints, applied, facts);
        std::ranges::reverse(traces);
        for (const RevisionTrace& trace : traces) {
            if (!trace.hasNoTrace()) {
                laterShows = laterShows || trace.shown > 0;
                continue;
            }
            m_check.noTraceIsLast = m_check.noTraceIsLast || !laterShows;
            m_check.noTrace.push_back(trace);
        }
        std::ranges::reverse(m_check.noTrace);
        std::ranges::reverse(traces);
        for (const RevisionTrace& trace : traces) {
            if (trace.shown < trace.effects)
                addUndone(trace.revision);
        }
    }

    void addUndone(RevisionIndex revision)
    {
        const StepProgress progress = progressOf(m_input.history.replayBefore(revision),
                                                 m_input.history.steps(revision),
                                                 m_input.live.schema,
                                                 m_input.live.unread);
        UndoneStep step{.revision = revision, .operations = {}};
        for (const OperationProgress& each : progress.operations) {
            if (each.state == OperationProgress::State::NotDone && isStillPromised(each))
                step.operations.push_back(each.operation);
        }
        if (!step.operations.empty())
            m_check.toReplay.push_back(std::move(step));
    }

    /// Later revisions may have taken away or changed what an operation made.
    bool isStillPromised(const OperationProgress& progress) const
    {
        return std::ranges::any_of(progress.lines, [&](const LineName& line) {
            return std::ranges::any_of(m_check.missing,
                                       [&](const Difference& each) {
                                           return each.object == line.object &&
                                                  (each.part.empty() || (each.kind == line.kind &&
                                                                         each.part == line.part));
                                       }) ||
                   std::ranges::any_of(m_check.different, [&](const Difference& each) {
                       return each.object == line.object && each.kind == line.kind &&
                              each.part == line.part;
                   });
        });
    }

    const SchemaCheckInput& m_input;
    Replay m_promise;
    SchemaDoubts m_doubts;
    std::set<LineName> m_claimed; ///< by pending revisions that are there already
    SchemaCheck m_check;
};

} // namespace

std::vector<Leftover> leftoversIn(const Schema& schema)
{
    std::vector<Leftover> leftovers;
    for (const auto& [name, table] : schema.tables) {
        if (!table->extension.empty())
            continue;
        for (const Index& index : table->indexes) {
            if (!index.valid)
                leftovers.push_back(
                    {.kind = Leftover::Kind::InvalidIndex, .table = name, .name = index.name});
        }
        for (const ForeignKey& key : table->foreignKeys) {
            if (!key.validated && key.enforced)
                leftovers.push_back(
                    {.kind = Leftover::Kind::NotValidForeignKey, .table = name, .name = key.name});
        }
        for (const CheckConstraint& check : table->checks) {
            if (!check.validated && check.enforced)
                leftovers.push_back(
                    {.kind = Leftover::Kind::NotValidCheck, .table = name, .name = check.name});
        }
    }
    return leftovers;
}

SchemaCheck checkSchema(const SchemaCheckInput& input)
{
    return Check(input).result();
}

} // namespace sightglass
