// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/inference/inference.h"

#include "core/differences/differences.h"
#include "core/history/apply_revision.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

namespace sightglass {

namespace {

constexpr std::size_t startsToGrow = 3;
constexpr std::size_t setsToReplay = 12;

/// A state with how it compares, before evidence is gathered.
struct Compared
{
    HeadSet revisions;
    FactTally tally;
    std::uint64_t sum = 0;
    bool afterUnread = false;
    std::size_t age = 0; ///< place in the order of the chain, of its newest revision
    double score = 0;
};

std::string linesText(const std::vector<LineName>& lines)
{
    constexpr std::size_t shown = 3;
    std::string text;
    for (std::size_t i = 0; i < std::min(lines.size(), shown); ++i)
        text += (i == 0 ? "" : ", ") + toText(lines[i]);
    if (lines.size() > shown)
        text += " and " + std::to_string(lines.size() - shown) + " more";
    return text;
}

/// "All 3 operations of ", "None of the 2 operations of ", "1 of 3 operations of ".
std::string shareText(std::size_t done, std::size_t all)
{
    const std::string noun = all == 1 ? " operation of " : " operations of ";
    if (all == 1)
        return done == 1 ? "The one operation of " : "Not the one operation of ";
    if (done == all)
        return "All " + std::to_string(all) + noun;
    if (done == 0)
        return "None of the " + std::to_string(all) + noun;
    return std::to_string(done) + " of " + std::to_string(all) + noun;
}

class Ranking
{
public:
    Ranking(const Fingerprints& prints,
            const History& history,
            const RevisionGraph& graph,
            const ReplayedSchema& schema,
            const InferenceSettings& settings)
        : m_prints(prints)
        , m_history(history)
        , m_graph(graph)
        , m_schema(schema)
        , m_settings(settings)
        , m_live(prints, schema.schema, {.leftOut = settings.leftOut, .doubts = schema.doubts})
        , m_ages(graph.size(), 0)
    {
        for (std::size_t i = 0; i < prints.order().size(); ++i)
            m_ages[prints.order()[i]] = i;
    }

    InferenceResult result()
    {
        InferenceResult result;
        result.unmanagedTables = m_live.unmanagedTables();
        if (!m_prints.unread().isEmpty())
            result.notRead = "Of the database " + unreadText(m_prints.unread()) +
                             " were not read; they count neither way.";
        if (m_live.knownLines() == 0) {
            result.whyNot = "No object of this schema is made by any revision.";
            return result;
        }
        std::vector<Compared> states = singles();
        sort(states);
        addSets(states);
        sort(states);
        result.statesCompared = states.size();
        if (states.empty() || states.front().tally.matched + states.front().tally.differing == 0) {
            result.whyNot = "No object of this schema is surely made by a revision.";
            return result;
        }
        take(states, result);
        for (std::size_t i = 0; i < std::min(m_settings.withEvidence, result.candidates.size());
             ++i)
            addEvidence(result.candidates[i]);
        return result;
    }

private:
    void add(FactTally& tally, const std::vector<ObjectChange>& changes)
    {
        for (const ObjectChange& change : changes) {
            if (change.after != ObjectChange::none)
                tally += m_live.contribution(m_prints.versions()[change.after]);
            if (change.before != ObjectChange::none)
                tally -= m_live.contribution(m_prints.versions()[change.before]);
        }
    }

    std::vector<Compared> singles()
    {
        std::vector<FactTally> tallies(m_graph.size());
        std::vector<Compared> states;
        for (const RevisionIndex each : m_prints.order()) {
            const RevisionPrint& print = m_prints.print(each);
            FactTally tally = print.base ? tallies[*print.base] : FactTally();
            add(tally, print.merged);
            add(tally, print.own);
            tallies[each] = tally;
            if (m_graph.isReplaced(each))
                continue;
            states.push_back({.revisions = {each},
                              .tally = tally,
                              .sum = print.sum,
                              .afterUnread = print.afterUnread,
                              .age = m_ages[each],
                              .score = scoreOf(tally, m_live)});
        }
        return states;
    }

    void addSets(std::vector<Compared>& states)
    {
        std::vector<RevisionIndex> starts;
        for (std::size_t i = 0; i < std::min(startsToGrow, states.size()); ++i)
            starts.push_back(states[i].revisions.front());
        const auto sets = setsWorthALook(m_prints, m_graph, m_live, starts);
        for (std::size_t i = 0; i < std::min(setsToReplay, sets.size()); ++i)
            states.push_back(replayed(sets[i]));
    }

    Compared replayed(const HeadSet& set)
    {
        const Replay database = m_history.replayAt(set);
        const SchemaDoubts doubts = doubtsByObject(database.doubts());
        Compared state{.revisions = set, .afterUnread = doubts.anything.has_value()};
        for (const ObjectVersion& version :
             versionsOf(database.schema(), doubts, m_prints.unread())) {
            state.tally += m_live.contribution(version);
            state.sum += sumOf(version);
        }
        for (const RevisionIndex each : set)
            state.age = std::max(state.age, m_ages[each]);
        state.score = scoreOf(state.tally, m_live);
        return state;
    }

    /// Best first; among those that fit alike the oldest, so that an upgrade from there skips
    /// nothing.
    static void sort(std::vector<Compared>& states)
    {
        std::ranges::stable_sort(states, [](const Compared& left, const Compared& right) {
            if (left.score != right.score)
                return left.score > right.score;
            if (left.age != right.age)
                return left.age < right.age;
            return left.revisions.size() < right.revisions.size();
        });
    }

    /// A revision with an empty upgrade() can be recorded as well as not: nothing is skipped.
    bool doesNothing(RevisionIndex revision) const
    {
        const RevisionReading& reading = m_history.steps(revision).upgrade;
        return reading.operations.empty() && reading.end == RevisionReading::End::Done;
    }

    /// Whether `later` is what `earlier` becomes by a revision that does nothing.
    bool followsIdly(const HeadSet& later, const HeadSet& earlier) const
    {
        if (later.size() != 1 || !doesNothing(later.front()))
            return false;
        const auto down = m_graph.acyclicDown(later.front());
        return topsOf(m_graph, {down.begin(), down.end()}) == earlier;
    }

    /// States of one schema become one candidate.
    void take(const std::vector<Compared>& states, InferenceResult& result) const
    {
        std::map<std::uint64_t, std::size_t> places;
        for (const Compared& state : states) {
            const auto known = places.find(state.sum);
            if (known != places.end()) {
                join(result.candidates[known->second], state.revisions);
                continue;
            }
            if (result.candidates.size() == m_settings.most)
                continue;
            places.emplace(state.sum, result.candidates.size());
            result.candidates.push_back(
                {.revisions = state.revisions,
                 .score = state.score,
                 .tally = state.tally,
                 .extra = static_cast<std::size_t>(extraOf(state.tally, m_live)),
                 .afterUnread = state.afterUnread});
        }
        const auto heads = m_graph.effectiveHeads();
        const HeadSet all = topsOf(m_graph, {heads.begin(), heads.end()});
        for (InferenceCandidate& candidate : result.candidates) {
            candidate.isAtHeads = candidate.revisions == all;
            addIdleMerge(candidate);
        }
    }

    /// Before a merge that does nothing, its branches together have the same schema.
    void addIdleMerge(InferenceCandidate& candidate) const
    {
        if (candidate.revisions.size() != 1 || !doesNothing(candidate.revisions.front()))
            return;
        const auto down = m_graph.acyclicDown(candidate.revisions.front());
        if (down.size() > 1)
            join(candidate, topsOf(m_graph, {down.begin(), down.end()}));
    }

    void join(InferenceCandidate& candidate, const HeadSet& revisions) const
    {
        if (candidate.revisions == revisions ||
            std::ranges::find(candidate.sameSchema, revisions) != candidate.sameSchema.end())
            return;
        candidate.sameSchema.push_back(revisions);
        if (followsIdly(revisions, candidate.revisions))
            std::swap(candidate.sameSchema.back(), candidate.revisions);
    }

    void addEvidence(InferenceCandidate& candidate) const
    {
        const Replay database = m_history.replayAt(candidate.revisions);
        const SchemaDoubts doubts = doubtsByObject(database.doubts());
        const SchemaDoubts here = doubtsByObject(m_schema.doubts);
        const DifferenceSettings settings{.owners = false,
                                          .comments = true,
                                          .extensionObjects = false,
                                          .leftOut = m_settings.leftOut};
        for (const Difference& each :
             differencesBetween(asRead(database.schema(), m_prints.unread()),
                                asRead(m_schema.schema, m_prints.unread()),
                                settings)) {
            if (isDoubted(doubts, database.schema(), each) || here.about(each.object) != nullptr)
                continue;
            place(candidate, each);
        }
        candidate.hasEvidence = true;
        for (const RevisionIndex each : candidate.revisions)
            addStep(candidate, each, true);
        for (const RevisionIndex each : nextOf(candidate))
            addStep(candidate, each, false);
        if (!candidate.missing.empty())
            candidate.evidenceAgainst.push_back("Missing: " + linesText(candidate.missing) + ".");
        if (!candidate.surplus.empty())
            candidate.evidenceAgainst.push_back("There already: " + linesText(candidate.surplus) +
                                                ".");
        if (!candidate.differing.empty())
            candidate.evidenceAgainst.push_back("Not alike: " + linesText(candidate.differing) +
                                                ".");
    }

    bool
    isDoubted(const SchemaDoubts& doubts, const Schema& state, const Difference& difference) const
    {
        const Schema& side =
            difference.change == Difference::Change::OnlyRight ? m_schema.schema : state;
        const ObjectDoubt* doubt = doubts.about(difference.object, side);
        if (doubt == nullptr)
            return false;
        return difference.change == Difference::Change::Differs
                   ? doubt->isAboutText(difference.kind, difference.part)
                   : doubt->isAbout(difference.kind, difference.part);
    }

    void place(InferenceCandidate& candidate, const Difference& difference) const
    {
        const LineName line{
            .object = difference.object, .kind = difference.kind, .part = difference.part};
        if (difference.change == Difference::Change::OnlyLeft)
            candidate.missing.push_back(line);
        else if (difference.change == Difference::Change::Differs)
            candidate.differing.push_back(line);
        else if (m_prints.knowsLine(factKey(line.object, line.kind, line.part)))
            candidate.surplus.push_back(line);
        else if (m_prints.knowsObject(objectNumber(line.object)))
            candidate.byHand.push_back(line);
    }

    /// Revisions that an upgrade would run next.
    std::vector<RevisionIndex> nextOf(const InferenceCandidate& candidate) const
    {
        constexpr std::size_t most = 3;
        const std::vector<bool> has = m_graph.withAncestors(candidate.revisions);
        std::set<RevisionIndex> next;
        for (const RevisionIndex each : candidate.revisions) {
            for (const RevisionIndex follower : m_graph.next(each)) {
                if (!has[follower])
                    next.insert(follower);
            }
        }
        std::vector<RevisionIndex> some(next.begin(), next.end());
        if (some.size() > most)
            some.resize(most);
        return some;
    }

    void addStep(InferenceCandidate& candidate, RevisionIndex revision, bool applied) const
    {
        const StepProgress progress = progressOf(m_history.replayBefore(revision),
                                                 m_history.steps(revision),
                                                 m_schema.schema,
                                                 m_prints.unread());
        const std::size_t sure = progress.visible - progress.unknown;
        const std::string& id = m_graph.revision(revision).id;
        if (sure == 0) {
            if (!applied)
                candidate.evidenceFor.push_back(
                    "Revision " + id + ", which follows, changes nothing that a schema shows.");
            return;
        }
        const bool asExpected = applied ? progress.done == sure : progress.done == 0;
        std::string text = shareText(progress.done, sure) + id +
                           (applied ? "" : ", which follows,") +
                           (progress.done <= 1 ? " shows" : " show") + " in the schema";
        for (const OperationProgress& each : progress.operations) {
            if (each.state == OperationProgress::State::Done && !each.lines.empty()) {
                text += ": " + toText(each.lines.front());
                break;
            }
        }
        (asExpected ? candidate.evidenceFor : candidate.evidenceAgainst).push_back(text + ".");
    }

    const Fingerprints& m_prints;
    const History& m_history;
    const RevisionGraph& m_graph;
    const ReplayedSchema& m_schema;
    const InferenceSettings& m_settings;
    LiveFacts m_live;
    std::vector<std::size_t> m_ages;
};

} // namespace

const InferenceCandidate* InferenceResult::best() const
{
    if (candidates.empty() || candidates.front().tally.matched == 0)
        return nullptr;
    if (candidates.size() > 1 && candidates[1].score == candidates.front().score)
        return nullptr;
    return &candidates.front();
}

std::size_t InferenceResult::tied() const
{
    if (candidates.empty())
        return 0;
    return static_cast<std::size_t>(
        std::ranges::count(candidates, candidates.front().score, &InferenceCandidate::score));
}

InferenceResult inferRevisions(const Fingerprints& prints,
                               const History& history,
                               const RevisionGraph& graph,
                               const ReplayedSchema& schema,
                               const InferenceSettings& settings)
{
    return Ranking(prints, history, graph, schema, settings).result();
}

} // namespace sightglass
