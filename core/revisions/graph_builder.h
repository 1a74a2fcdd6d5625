// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/revisions/graph_cycles.h"
#include "core/revisions/revision_graph.h"

namespace sightglass {

/// Fills a RevisionGraph that has only its revisions yet. Each step needs those before it.
///
/// What Alembic makes of an id that two files define: its map has the later one, so every name
/// leads there; the earlier stays in the lists of heads and bases, names nothing by itself, unless
/// it has a branch label, because labels are names of the map too.
struct RevisionGraph::Builder
{
    explicit Builder(RevisionGraph& target);

    void build();

    // graph_builder.cpp: names and edges
    void nameRevisions();
    void nameLabels();
    void linkDown();
    void linkDependencies();
    void linkBack();
    void findVersionedCycles();
    void normalizeDependencies();
    void findDependencyCycles();
    void collectPoints();
    void orderWalk();

    // label_spread.cpp
    void spreadLabels();

    // graph_problems.cpp, in the order in which Alembic comes upon them
    void listProblems();
    void listRefusedFiles();
    void listDuplicateLabels();
    void listMissing(bool dependencies);
    void listCycles();
    void listDuplicates();
    void listRepeatedReferences();
    void listSeveral(GraphProblem::Kind kind, const std::vector<RevisionIndex>& revisions);
    void listNothingAtAnEnd();
    void listIslands();

    // alembic_words.cpp
    std::string cycleWords(bool withDependencies) const;
    std::string overlapWords() const;
    std::string unknownNameWords(const MissingRevision& missing) const;

    bool isLive(RevisionIndex index) const { return live[index] == index; }

    void miss(const RevisionReference& reference, MissingRevision::Kind kind, RevisionIndex by);
    Adjacency linkedBack(const Adjacency& edges) const;
    void addProblem(GraphProblem problem);

    RevisionGraph& graph;
    const std::vector<Revision>& revisions;
    const RevisionIndex count;
    std::vector<RevisionIndex> live; ///< what find() gives for each revision's id
    std::vector<bool> linksBack;     ///< its down revisions know it as their next
    std::vector<bool> lostDown;      ///< a down revision was left out: missing, or itself
    std::map<std::string, std::size_t, std::less<>> missingAt; ///< id → place in graph.m_missing
    std::vector<std::vector<RevisionIndex>> versionedCycles;
    std::vector<std::vector<RevisionIndex>> dependencyCycles;
    Adjacency acyclicVersioned;             ///< down() without closing edges
    std::vector<RevisionIndex> oldestFirst; ///< by acyclicVersioned
};

} // namespace sightglass
