// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/back_up.h"

#include "app/action_context.h"
#include "core/diagnosis/diagnose.h"

namespace sightglass {

BackupPlan planBackupOf(const Inspection& inspection,
                        const ConnectionTarget& target,
                        const PlanTarget& place,
                        const BackupRequest& request,
                        const DumpTools& tools,
                        Time now)
{
    const auto pairing =
        pairVersionTable(inspection.scripts->project, *inspection.graph, *inspection.live);
    return planBackup({.graph = *inspection.graph,
                       .live = *inspection.live,
                       .versionTable = pairing.table,
                       .connection = target},
                      place,
                      request,
                      tools,
                      now);
}

void performBackups(PlanSeams& seams, const BackupPlan& made, const BackupStore& store)
{
    seams.perform = [&made, &store, &clock = seams.clock](const OwnWork&,
                                                          const RunContext& run) -> Result<void> {
        const auto kept = runBackup(made.job, store, serverDoor(), clock, run);
        return kept ? Result<void>() : failure(kept.error());
    };
    seams.verify = [&made, &store](const RunContext&) -> Result<std::vector<std::string>> {
        const auto kept = store.find(made.job.manifest.id);
        if (!kept)
            return failure(kept.error());
        return kept->problem.empty() ? std::vector<std::string>()
                                     : std::vector<std::string>{kept->problem};
    };
}

RotatedBackups rotateBackups(const BackupStore& store, const BackupManifest& made, std::size_t keep)
{
    RotatedBackups result;
    auto backups = store.list();
    if (!backups || keep == 0)
        return result;
    std::erase_if(*backups, [&](const StoredBackup& other) {
        return databaseKey(other.manifest) != databaseKey(made);
    });
    for (const BackupManifest& old : tooMany(*backups, keep)) {
        if (auto removed = store.remove(old); !removed)
            result.errors.push_back(removed.error());
        else
            result.removed.push_back(old.id);
    }
    return result;
}

} // namespace sightglass
