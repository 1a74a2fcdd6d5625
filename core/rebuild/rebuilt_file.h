// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/actions/plan.h"
#include "core/edits/edit_draft.h"
#include "core/history/history.h"
#include "core/rebuild/schema_script.h"

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace sightglass {

/// Reads what the revisions of a folder do; null where it was stopped.
using ReadHistory = std::function<std::shared_ptr<const History>(
    const FileSystem& files, const Scripts& scripts, std::shared_ptr<const RevisionGraph> graph)>;

/// A schema that a chain should lead to, and where it comes from.
struct RebuildSource
{
    Schema schema;                ///< with no version table
    std::vector<RevisionId> rows; ///< the revisions that it is at; those of the chain to be, too
    FunctionTexts functions;
    std::string name;      ///< "the database shop on localhost:5432", "the models"
    bool isModels = false; ///< it tells nothing of triggers, views, functions and policies
    std::vector<std::string> doubts;    ///< what is not known of it
    std::vector<QualifiedName> leftOut; ///< relations that the file leaves alone
};

/// A revision to be made, and what else changes with it.
struct NewPlace
{
    RevisionId id;
    std::vector<RevisionId> parents;
    std::string folder;  ///< where its file is put
    std::string file;    ///< its whole path, where one was asked for; else as Alembic names it
    std::string message; ///< first line of its docstring
    std::string created;
    std::vector<DraftFile> others;     ///< files that change with it
    std::vector<std::string> docLines; ///< sentences of its docstring
};

/// A file that leads a chain to a schema, with its proof.
struct RebuiltFile
{
    DraftFile file;
    std::vector<Precondition> preconditions;
    std::vector<PlanLine> lines;
};

/// Writes the one revision that the chain is short of. The schema before it is that of its parents;
/// the schema after it is the source's, less what the revisions do that came later. The file is
/// read back and the chain replayed with it: both have to come out.
///
/// errors  those of readScripts; Cancelled; Usage: the rows are not of the chain
/// cost    the chain is read twice
Result<RebuiltFile> rebuiltFile(const ChainScene& scene,
                                const NewPlace& place,
                                const RebuildSource& source,
                                const ReadHistory& readHistory,
                                const RunContext& run);

/// A chain as it would be with some files.
struct ChainToBe
{
    std::shared_ptr<const Scripts> scripts;
    std::shared_ptr<const RevisionGraph> graph;
    std::shared_ptr<const History> history;
};

Result<ChainToBe> chainWith(const ChainScene& scene,
                            const std::vector<DraftFile>& files,
                            const ReadHistory& readHistory,
                            const RunContext& run);

/// The file of a revision with these bodies; `note` is what the project's template does not allow.
Result<DraftFile> draftOf(const ChainScene& scene,
                          const NewPlace& place,
                          const SchemaScript& script,
                          std::string* note);

/// CREATE FUNCTION statements as `heads` and their ancestors have them.
FunctionTexts functionTextsOf(const RevisionGraph& graph,
                              const History& history,
                              const std::vector<RevisionIndex>& heads);

} // namespace sightglass
