// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"
#include "core/diagnosis/diagnosis.h"
#include "core/findings/finding.h"
#include "core/history/history.h"
#include "core/live/live_state.h"
#include "core/revisions/revision_graph.h"
#include "core/scripts/script_directory.h"

#include <span>
#include <string>
#include <vector>

namespace sightglass {

/// Where the file of an id that the version table holds was found outside this chain.
struct FoundRevision
{
    enum class Place
    {
        Branch,  ///< a branch or tag has it now
        Stash,   ///< only a stash has it
        Deleted, ///< only a commit of the past has it
        Folder   ///< a folder beside the project
    };
    std::string id;
    Place place = Place::Deleted;
    std::string where;    ///< branch, or folder
    std::string path;     ///< of the file, below the repository's or the neighbouring folder
    std::string commit;   ///< the newest that has it; empty for a folder
    std::string summary;  ///< of that commit
    std::string when;     ///< its date
    std::string contents; ///< of the file
    /// Revisions of this chain that it builds on, through others that were found: empty where it
    /// hangs on nothing known.
    std::vector<RevisionId> buildsOn;
    std::size_t steps = 1; ///< revisions from there to it
};

/// A search for the files of unknown version rows.
struct ElsewhereSearch
{
    std::vector<FoundRevision> found;
    std::string searched;  ///< "412 commits of all branches and stashes"
    bool complete = false; ///< false: it stopped at a limit, or there is no repository
};

/// All that a diagnosis may look at. `live` is null when no database was read.
struct DiagnosisInput
{
    const Scripts& scripts;
    const RevisionGraph& graph;
    std::span<const Finding> chainFindings;
    const History* history = nullptr; ///< null: operations are not read
    const LiveState* live = nullptr;
    const Error* liveError = nullptr; ///< why `live` is null although a database was asked for
    const ElsewhereSearch* elsewhere = nullptr; ///< null: nothing was searched
};

/// The state of the database against the chain, by precedence when several hold.
///
/// shape  never empty: there is always a state, a title, at least one evidence; unhealthy states
/// have
///        at least one way back with exact commands.
/// cost   linear in revisions and tables.
Diagnosis diagnose(const DiagnosisInput& input);

/// Which of the version tables found belongs to a project, and how that was told.
struct VersionTablePairing
{
    const VersionTable* table = nullptr; ///< null: none fits, or several do
    std::vector<const VersionTable*>
        candidates;     ///< more than one: several fit, and none was chosen
    std::string remark; ///< a sentence when the settings alone did not lead to it; empty: they did
};

/// By the settings (env.py's name and schema, else the search path); where these don't lead to one,
/// by the ids that the tables hold. Several that fit equally are named, never guessed.
VersionTablePairing
pairVersionTable(const Project& project, const RevisionGraph& graph, const LiveState& live);

/// The version table that the project's settings alone lead to; null when there is none.
const VersionTable* versionTableOf(const Project& project, const LiveState& live);

} // namespace sightglass
