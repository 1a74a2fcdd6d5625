// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/actions/plan.h"
#include "core/backup/backup_store.h"
#include "core/backup/client_tools.h"
#include "core/backup/side_database.h"
#include "core/revisions/revision_graph.h"

#include <chrono>
#include <string>

namespace sightglass {

struct RestoreRequest
{
    std::string into; ///< a new database that nothing replaces; empty: takes the place of the one
    int jobs = 1;
};

/// What a restore is planned from.
struct RestoreSituation
{
    const RevisionGraph& graph;
    const LiveState& live;
    const VersionTable* versionTable = nullptr; ///< of the project; null: there is none
    const ConnectionTarget& connection;
    const DatabaseFacts& facts;
    const BackupStore& store;
    const StoredBackup& backup;
};

/// A backup to be restored into a database beside the one that stands.
struct RestoreJob
{
    ConnectionTarget target; ///< holds secrets; they go into the environment alone
    DumpTools tools;
    BackupManifest manifest;
    Path dump;
    DatabaseFacts facts;
    std::string side; ///< name of the new database
    int jobs = 1;
    bool copiesSettings = true;
    std::chrono::milliseconds lockLimit{3'000}; ///< to wait for a table of the target
};

struct RestorePlan
{
    Plan plan; ///< one step of OwnWork, kind "restore"; where it replaces, one of SQL that swaps
    RestoreJob job; ///< for restoreBeside, which performs the first step
};

/// The plan of a restore of a whole database: it is made beside the one that stands, compared with
/// what was backed up, and takes its name in one transaction; the old one is kept under another.
///
/// What stands in the way is a precondition that is not met.
RestorePlan planRestore(const RestoreSituation& situation,
                        const PlanTarget& target,
                        const RestoreRequest& request,
                        const DumpTools& tools,
                        Time now);

/// The job of restoring a backup beside, under a free name.
RestoreJob restoreJob(const RestoreSituation& situation, const DumpTools& tools, int jobs);
/// The step that restoreBeside performs.
PlanStep restoreStep(const RestoreJob& job);

/// Version rows for people: "1a2b3c4d5e6f (head)".
std::string versionText(const RevisionGraph& graph, const std::vector<std::string>& rows);

/// What has to hold for a dump to be restored beside the database, whatever is done with it then.
std::vector<Precondition> restorePreconditions(const RestoreSituation& situation,
                                               const DumpTools& tools);

/// What the backup is, what it holds, and what the chain says to it.
std::vector<PlanLine> backupLines(const RestoreSituation& situation, Time now);

} // namespace sightglass
