// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/backup/run_restore.h"

#include "core/backup/restore_dump.h"
#include "core/backup/verify_backup.h"
#include "core/base/error.h"

namespace sightglass {

namespace {

Result<void> fillSide(const RestoreJob& job, const ServerDoor& door, const RunContext& run)
{
    const ConnectionTarget side = otherDatabase(job.target, job.side);
    if (auto restored =
            restoreDump({.dump = job.dump, .tools = job.tools, .into = side, .jobs = job.jobs},
                        job.manifest.tables,
                        run);
        !restored)
        return restored;
    const auto missing = missingAfterRestore(job.manifest, side, door, run);
    if (!missing)
        return failure(missing.error());
    if (!missing->empty())
        return failure(ErrorCode::Malformed,
                       "What was restored of " + printable(job.manifest.id) +
                           " is not what was backed up. " + missing->front(),
                       "Do not use that backup; take another one.");
    run.report({.stage = "analysing"});
    const auto session = door.open(side, run);
    if (!session)
        return failure(session.error());
    if (auto analysed = (*session)->executeAlone("analysing the tables", "ANALYZE", run); !analysed)
        return failure(analysed.error());
    if (!job.copiesSettings)
        return {};
    return copySettings(job.target, job.facts, job.side, door, run);
}

} // namespace

Result<void> restoreBeside(const RestoreJob& job, const ServerDoor& door, const RunContext& run)
{
    run.report({.stage = "reading the dump"});
    if (auto sound = checkDump(job.manifest, job.dump, job.tools, run); !sound)
        return sound;
    const std::string purpose = "restored by Sightglass from " + job.manifest.id;
    auto done = createBeside(job.target, job.facts, job.side, purpose, door, run);
    if (!done)
        return done;
    done = fillSide(job, door, run);
    if (done)
        return done;
    const auto dropped = dropBeside(job.target, job.facts, job.side, door);
    if (!dropped)
        done.error().nextStep = "The database " + printable(job.side) +
                                " is left of it; drop it once nobody is connected to it.";
    return done;
}

Result<std::vector<std::string>> unmetVersionRows(const BackupManifest& manifest,
                                                  const ConnectionTarget& target,
                                                  const ServerDoor& door,
                                                  const RunContext& run)
{
    if (manifest.versionTable.empty() || !manifest.versionRowsKnown)
        return std::vector<std::string>();
    const auto session = door.open(target, run);
    if (!session)
        return failure(session.error());
    const std::size_t dot = manifest.versionTable.find('.');
    const QualifiedName table{.schema = manifest.versionTable.substr(0, dot),
                              .name = manifest.versionTable.substr(dot + 1)};
    const auto answer =
        (*session)->executeAlone("reading the version rows",
                                 "SELECT version_num::text FROM " + toSql(table) + " ORDER BY 1",
                                 run);
    if (!answer)
        return failure(answer.error());
    std::vector<std::string> rows;
    for (const auto& row : answer->rows)
        rows.push_back(row[0].value_or(""));
    if (rows == manifest.versionRows)
        return std::vector<std::string>();
    return std::vector<std::string>{"The version rows are not those that were backed up."};
}

} // namespace sightglass
