// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/revisions/adjacency.h"
#include "core/revisions/graph_problem.h"
#include "core/revisions/revision.h"

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sightglass {

/// An id that a down_revision or depends_on names and no file defines.
struct MissingRevision
{
    enum class Kind
    {
        Down,
        Dependency
    };
    RevisionId id;
    Kind kind = Kind::Down;                  ///< Down when any reference is a down_revision
    std::vector<RevisionIndex> referencedBy; ///< ascending, each once

    friend bool operator==(const MissingRevision&, const MissingRevision&) = default;
};

/// All revisions of a folder and how they hang together, by Alembic's rules.
///
/// Immutable. Builds from anything: what is wrong is listed in problems(), never thrown, and the
/// rest of the graph stands. Where two files define one id, the later file in load order is the one
/// that find() gives, as in Alembic; the earlier keeps its index, its down edges and a place in
/// heads(). All traversals are iterative; nothing is recursive, so length is no limit.
///
/// source  Alembic 1.8 and 1.19, script/revision.py RevisionMap; compared in tests.
class RevisionGraph
{
public:
    RevisionGraph() = default;

    /// cost  linear in revisions and edges, and sorting of names.
    static RevisionGraph build(std::vector<Revision> revisions);

    std::size_t size() const { return m_revisions.size(); }

    const Revision& revision(RevisionIndex index) const { return m_revisions[index]; }

    std::span<const Revision> revisions() const { return m_revisions; }

    /// By exact id; labels are not ids.
    std::optional<RevisionIndex> find(std::string_view id) const;
    /// The revision that carries the label in its own file.
    std::optional<RevisionIndex> findLabel(std::string_view label) const;

    /// Down revisions that exist, in written order, each once.
    std::span<const RevisionIndex> down(RevisionIndex index) const;
    /// Revisions that name this one in down_revision, ascending.
    std::span<const RevisionIndex> next(RevisionIndex index) const;
    /// depends_on that exist (labels resolved), in written order.
    std::span<const RevisionIndex> dependencies(RevisionIndex index) const;
    /// depends_on less those that an ancestor already has (Alembic's normalised dependencies).
    std::span<const RevisionIndex> normalizedDependencies(RevisionIndex index) const;
    /// Revisions that name this one in depends_on, ascending.
    std::span<const RevisionIndex> dependents(RevisionIndex index) const;
    /// Down revisions and normalised dependencies, each once, without the edges that close a cycle:
    /// what it takes to go through the graph and be sure to arrive.
    std::span<const RevisionIndex> acyclicDown(RevisionIndex index) const;
    /// Own and propagated labels, sorted.
    std::span<const std::string> labels(RevisionIndex index) const;

    bool isHead(RevisionIndex index) const;          ///< nothing names it in down_revision
    bool isEffectiveHead(RevisionIndex index) const; ///< … nor in depends_on
    bool isBase(RevisionIndex index) const;          ///< its down_revision is None
    bool isBranchPoint(RevisionIndex index) const;
    bool isMergePoint(RevisionIndex index) const;
    /// A later file defines the same id, so find() gives that one.
    bool isReplaced(RevisionIndex index) const;

    /// Index of the first file that defines the same id: Alembic's place for it in load order.
    RevisionIndex loadPosition(RevisionIndex index) const { return m_firstOfId[index]; }

    /// Ids that begin with `prefix`, then labels that do, both in load order.
    std::vector<std::string> namesStartingWith(std::string_view prefix) const;

    /// Sorted by id, for output.
    std::span<const RevisionIndex> heads() const { return m_heads; }

    std::span<const RevisionIndex> effectiveHeads() const { return m_effectiveHeads; }

    std::span<const RevisionIndex> bases() const { return m_bases; }

    std::span<const RevisionIndex> branchPoints() const { return m_branchPoints; }

    std::span<const RevisionIndex> mergePoints() const { return m_mergePoints; }

    std::span<const MissingRevision> missing() const { return m_missing; }

    /// In the order in which Alembic comes upon them: the first that has words of Alembic's is
    /// where it stops.
    std::span<const GraphProblem> problems() const { return m_problems; }

    /// True when real Alembic would stop while it loads or walks this graph.
    bool stopsAlembic() const;

    /// Every revision once, newest first; equals Alembic's walk_revisions() where that works.
    /// Missing ids and edges that close a cycle are passed over; a file that another replaces
    /// stands before it.
    std::span<const RevisionIndex> walkOrder() const { return m_walkOrder; }

    /// `start` and everything that has to be applied with it: down revisions and dependencies, all
    /// the way. Result is one flag per revision.  cost  linear.
    std::vector<bool> withAncestors(std::span<const RevisionIndex> start) const;
    /// `start` and everything built on it, dependents included. One flag per revision.  cost
    /// linear.
    std::vector<bool> withDescendants(std::span<const RevisionIndex> start) const;

    /// The edges behind down(), next() and acyclicDown() as a whole.
    const Adjacency& downEdges() const { return m_down; }

    const Adjacency& nextEdges() const { return m_next; }

    const Adjacency& acyclicEdges() const { return m_acyclicDown; }

private:
    struct Builder;

    std::vector<Revision> m_revisions;
    std::map<std::string, RevisionIndex, std::less<>> m_byId;
    std::map<std::string, RevisionIndex, std::less<>> m_byLabel;
    std::vector<RevisionIndex> m_firstOfId;
    Adjacency m_down, m_next, m_dependencies, m_normalizedDependencies, m_dependents, m_acyclicDown;
    std::vector<std::vector<std::string>>
        m_labelSets; ///< each once, whatever number of revisions has it
    std::vector<std::uint32_t> m_labelSetOf;
    std::vector<RevisionIndex> m_heads, m_effectiveHeads, m_bases, m_branchPoints, m_mergePoints;
    std::vector<RevisionIndex> m_walkOrder;
    std::vector<MissingRevision> m_missing;
    std::vector<GraphProblem> m_problems;
};

} // namespace sightglass
