// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/inference/fingerprints.h"

#include "core/base/shared_map.h"
#include "core/history/apply_revision.h"

#include <algorithm>
#include <map>
#include <utility>

namespace sightglass {

ObjectVersion versionOf(const Schema& schema,
                        const QualifiedName& name,
                        const ObjectDoubt* doubt,
                        const UnreadParts& unread)
{
    ObjectVersion version{.object = objectNumber(name)};
    if (doubt != nullptr && doubt->existence) {
        version.sure = ObjectVersion::Sure::Nothing;
        return version;
    }
    version.facts = factsOf(name, linesUnder(schema, name, unread));
    if (doubt == nullptr || version.facts.empty())
        return version;
    if (doubt->parts) {
        version.sure = ObjectVersion::Sure::ItsPresence;
        version.facts.resize(1);
        return version;
    }
    for (const std::string& column : doubt->columns)
        version.doubted.push_back(factKey(name, "column", column));
    std::erase_if(version.facts, [&](const Fact& fact) {
        return std::ranges::find(version.doubted, fact.key) != version.doubted.end();
    });
    return version;
}

std::vector<ObjectVersion>
versionsOf(const Schema& schema, const SchemaDoubts& doubts, const UnreadParts& unread)
{
    std::vector<ObjectVersion> versions;
    std::set<QualifiedName> names = namesIn(schema);
    for (const auto& [name, doubt] : doubts.objects)
        names.insert(name);
    for (const QualifiedName& name : names)
        versions.push_back(versionOf(schema, name, doubts.about(name, schema), unread));
    return versions;
}

std::uint64_t sumOf(const ObjectVersion& version)
{
    std::uint64_t sum = 0;
    for (const Fact& fact : version.facts)
        sum += summand(fact);
    for (const std::uint64_t key : version.doubted)
        sum += summand({.key = key, .definition = 1});
    if (version.sure != ObjectVersion::Sure::Everything)
        sum += summand(
            {.key = version.object, .definition = static_cast<std::uint64_t>(version.sure)});
    return sum;
}

/// Replays the chain along its lines: a state is copied only where several revisions follow it.
class Fingerprints::Walker
{
public:
    Walker(const History& history, const RevisionGraph& graph, Fingerprints& result)
        : m_history(history)
        , m_graph(graph)
        , m_result(result)
    {
        const auto walk = graph.walkOrder();
        result.m_order.assign(walk.rbegin(), walk.rend());
        result.m_prints.resize(graph.size());
        m_followers.resize(graph.size());
        for (const RevisionIndex each : result.m_order) {
            if (const auto down = graph.acyclicDown(each); !down.empty())
                ++m_followers[down.front()];
        }
    }

    void walk()
    {
        for (const RevisionIndex each : m_result.m_order)
            visit(each);
    }

private:
    struct State
    {
        Replay database;
        Schema seen; ///< `database`'s, up to the last step
        std::vector<Doubt> doubts;
        SchemaDoubts byObject;                            ///< of `doubts`
        SharedMap<std::uint64_t, std::uint32_t> versions; ///< by object
        std::uint64_t sum = 0;
    };

    State take(RevisionIndex revision)
    {
        const auto found = m_states.find(revision);
        if (--m_followers[revision] > 0)
            return found->second;
        State state = std::move(found->second);
        m_states.erase(found);
        return state;
    }

    void visit(RevisionIndex revision)
    {
        RevisionPrint& print = m_result.m_prints[revision];
        const auto down = m_graph.acyclicDown(revision);
        State state;
        if (!down.empty()) {
            print.base = down.front();
            state = take(down.front());
        }
        if (down.size() > 1) {
            const auto has = m_graph.withAncestors(down.first(1));
            const auto wanted = m_graph.withAncestors(down.subspan(1));
            for (const RevisionIndex each : m_result.m_order) {
                if (wanted[each] && !has[each])
                    applyRevision(state.database, m_history.steps(each));
            }
            print.merged = step(state);
        }
        applyRevision(state.database, m_history.steps(revision));
        print.own = step(state);
        print.sum = state.sum;
        print.afterUnread = state.byObject.anything.has_value();
        if (m_followers[revision] > 0)
            m_states.emplace(revision, std::move(state));
    }

    /// What is not as it was at the last step.
    std::vector<ObjectChange> step(State& state)
    {
        std::vector<QualifiedName> names = namesChanged(state.seen, state.database.schema());
        catchUp(state.seen, state.database.schema(), names);
        if (state.doubts != state.database.doubts()) {
            const SchemaDoubts before = std::move(state.byObject);
            state.doubts = state.database.doubts();
            state.byObject = doubtsByObject(state.doubts);
            addChanged(before, state.byObject, names);
            addChanged(state.byObject, before, names);
            addOwnedSequences(state.seen, names);
            std::ranges::sort(names);
            const auto repeated = std::ranges::unique(names);
            names.erase(repeated.begin(), repeated.end());
        }
        std::vector<ObjectChange> changes;
        for (const QualifiedName& name : names)
            renew(state, name, changes);
        return changes;
    }

    static void addChanged(const SchemaDoubts& left,
                           const SchemaDoubts& right,
                           std::vector<QualifiedName>& names)
    {
        for (const auto& [name, doubt] : left.objects) {
            const ObjectDoubt* other = right.about(name);
            if (other == nullptr || !(*other == doubt))
                names.push_back(name);
        }
    }

    /// What is in doubt about a table is so about its sequences.
    static void addOwnedSequences(const Schema& schema, std::vector<QualifiedName>& names)
    {
        const std::set<QualifiedName> tables(names.begin(), names.end());
        for (const auto& [name, sequence] : schema.sequences) {
            if (sequence->ownerTable && tables.contains(*sequence->ownerTable))
                names.push_back(name);
        }
    }

    void renew(State& state, const QualifiedName& name, std::vector<ObjectChange>& changes)
    {
        ObjectVersion version =
            versionOf(state.seen, name, state.byObject.about(name, state.seen), m_result.m_unread);
        const auto* const known = state.versions.value(version.object);
        ObjectChange change{.before = known != nullptr ? *known : ObjectChange::none};
        const bool isThere =
            !version.facts.empty() || version.sure != ObjectVersion::Sure::Everything;
        if (change.before != ObjectChange::none ? m_result.m_versions[change.before] == version
                                                : !isThere)
            return;
        if (change.before != ObjectChange::none)
            state.sum -= sumOf(m_result.m_versions[change.before]);
        if (isThere) {
            state.sum += sumOf(version);
            change.after = static_cast<std::uint32_t>(m_result.m_versions.size());
            state.versions.insert_or_assign(version.object, change.after);
            note(version);
            m_result.m_versions.push_back(std::move(version));
        } else {
            state.versions.erase(version.object);
        }
        changes.push_back(change);
    }

    void note(const ObjectVersion& version)
    {
        m_result.m_objects.insert(version.object);
        if (version.sure != ObjectVersion::Sure::Everything)
            m_result.m_open.insert(version.object);
        for (const Fact& fact : version.facts)
            m_result.m_lines.insert(fact.key);
        m_result.m_lines.insert(version.doubted.begin(), version.doubted.end());
    }

    const History& m_history;
    const RevisionGraph& m_graph;
    Fingerprints& m_result;
    std::map<RevisionIndex, State> m_states; ///< that somebody still follows
    std::vector<std::size_t> m_followers;
};

Fingerprints
Fingerprints::of(const History& history, const RevisionGraph& graph, UnreadParts unread)
{
    Fingerprints result;
    result.m_unread = std::move(unread);
    Walker(history, graph, result).walk();
    return result;
}

} // namespace sightglass
