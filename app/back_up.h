// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/actions/run_plan.h"
#include "core/backup/plan_backup.h"
#include "core/inspection/inspection.h"

#include <vector>

namespace sightglass {

/// The plan of a backup of an inspection's database, and the seams that perform and check its step.
/// Needs Inspection::live.
BackupPlan planBackupOf(const Inspection& inspection,
                        const ConnectionTarget& target,
                        const PlanTarget& place,
                        const BackupRequest& request,
                        const DumpTools& tools,
                        Time now);
/// `made` and `store` outlive the seams.
void performBackups(PlanSeams& seams, const BackupPlan& made, const BackupStore& store);

/// What became of the backups that are too many.
struct RotatedBackups
{
    std::vector<std::string> removed; ///< ids
    std::vector<Error> errors;
};

/// Removes the oldest of the same database as `made`, never the last verified one, so that `keep`
/// are left; 0: all stay.
RotatedBackups
rotateBackups(const BackupStore& store, const BackupManifest& made, std::size_t keep);

} // namespace sightglass
