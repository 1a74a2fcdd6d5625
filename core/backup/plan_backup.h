// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/actions/plan.h"
#include "core/backup/run_backup.h"
#include "core/revisions/revision_graph.h"

#include <string>

namespace sightglass {

struct BackupRequest
{
    Path folder;
    int jobs = 1; ///< over 1: the directory format, tables at once
};

/// What a backup is planned from.
struct BackupSituation
{
    const RevisionGraph& graph;
    const LiveState& live;
    const VersionTable* versionTable = nullptr; ///< of the project; null: there is none
    const ConnectionTarget& connection;
};

struct BackupPlan
{
    Plan plan;     ///< with one step of OwnWork, kind "dump"
    BackupJob job; ///< for runBackup, which performs that step
};

/// The plan of a backup of the whole database. What stands in the way is a precondition that is not
/// met: a client older than its server, no room, a password that only an argument could carry.
///
/// now     names the backup
BackupPlan planBackup(const BackupSituation& situation,
                      const PlanTarget& target,
                      const BackupRequest& request,
                      const DumpTools& tools,
                      Time now);

/// Short name of the revisions and how they hang together.
std::string chainHash(const RevisionGraph& graph);

} // namespace sightglass
