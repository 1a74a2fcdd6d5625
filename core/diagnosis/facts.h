// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/diagnosis/diagnose.h"
#include "core/diagnosis/schema_check.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace sightglass {

/// One row of the version table against the chain.
struct VersionRow
{
    std::string text;                       ///< as stored
    std::optional<RevisionIndex> revision;  ///< the revision whose id it is
    std::vector<RevisionId> wouldResolveTo; ///< for an unknown row: what Alembic would take it for
};

/// A reason why Alembic stops at this chain: of the graph or of a file.
struct ChainStop
{
    const GraphProblem* graph = nullptr;
    const FileProblem* file = nullptr;
};

/// What the conditions look at, computed once from a DiagnosisInput.
struct Facts
{
    const DiagnosisInput& input;
    const Project& project;
    const RevisionGraph& graph;
    const LiveState* live = nullptr;

    std::vector<ChainStop> stops; ///< most important first; empty: Alembic loads the chain
    std::vector<const FileProblem*>
        unknownIds; ///< files whose identifiers can't be known without running them

    VersionTablePairing pairing;
    bool rowsRead = false; ///< a version table was read, or it is certain that there is none
    std::vector<VersionRow> rows;
    std::vector<std::string> unknownRows; ///< in `rows` order, each once
    std::vector<std::string>
        impliedRows; ///< known rows that another row stands for already, each once
    std::vector<std::string> repeatedRows; ///< rows that stand more than once, each once
    std::vector<RevisionId> topRows;       ///< known rows that no other row implies, each once

    std::vector<const Table*>
        tables; ///< the application's: no version tables, no extension's, no partitions
    std::size_t extensionTables = 0;

    std::vector<RevisionId> pending;         ///< oldest first
    std::optional<std::string> pendingError; ///< why it can't be told

    /// The schema against what the rows promise; null: they promise nothing that can be compared.
    std::shared_ptr<const SchemaCheck> check;
    /// Which revisions the schema is at, where the rows don't tell; null: not asked, or not known.
    std::shared_ptr<const InferenceResult> inference;

    bool chainIsSound() const { return stops.empty() && !graph.stopsAlembic(); }

    bool isStamped() const { return rowsRead && !rows.empty(); }

    bool rowsAreValid() const
    {
        return unknownRows.empty() && impliedRows.empty() && repeatedRows.empty();
    }

    /// What was found of an unknown row's file; null: nothing.
    const FoundRevision* foundElsewhere(const std::string& id) const;
    std::vector<std::string> tableNames() const;
};

/// cost  linear in revisions, rows and tables; and that of checkSchema and inferRevisions
Facts factsOf(const DiagnosisInput& input);

} // namespace sightglass
