// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/scan.h"

#include <utility>

namespace sightglass {

ProjectScan scanProject(const FileSystem& files, const ScanInput& input, const RunContext& run)
{
    ProjectScan made;
    const ProjectFiles tree = listProjectFiles(files, input.project, run, input.limits);
    made.root = tree.root;
    made.files = tree.files.size();
    made.notes = tree.notes;
    made.docker = input.docker;

    const auto scripts = readCommandScripts(files, tree, input.limits, made.notes);
    made.composeFiles = readComposeFiles(files, tree, input.limits, made.notes);
    const auto dockerfiles = readDockerfiles(files, tree, input.limits);
    made.environment = readEnvironmentSanity(files, input.project, tree, input.models, run);
    made.schemaCalls = readSchemaCalls(files, tree, input.limits, run);
    made.destructive = destructiveCommands(scripts, made.composeFiles);
    made.upgradingScripts = upgradingScripts(scripts);
    made.volumes = databaseVolumes(made.composeFiles);
    made.staleVolumes = staleVolumes(made.composeFiles, input.docker.volumes);

    const StartInput starts{.project = tree,
                            .scripts = scripts,
                            .composeFiles = made.composeFiles,
                            .dockerfiles = dockerfiles,
                            .calls = made.schemaCalls};
    made.starts = containerStarts(starts);
    const SqlScanInput sql{.project = input.project,
                           .tree = tree,
                           .composeFiles = made.composeFiles,
                           .chain = input.chain,
                           .revisions = input.revisions};
    made.sqlFiles = readSqlFiles(files, sql, input.limits, run);

    const auto add = [&made](std::vector<Finding> findings) {
        for (Finding& each : findings)
            made.findings.push_back(std::move(each));
    };
    add(environmentFindings(made.environment, input.project));
    add(schemaCallFindings(made.schemaCalls));
    add(startFindings(made.starts, starts));
    add(volumeFindings(made.composeFiles, made.volumes, input.docker));
    add(destructiveFindings(made.destructive));
    add(sqlFileFindings(made.sqlFiles, sql));
    sortFindings(made.findings);
    return made;
}

} // namespace sightglass
