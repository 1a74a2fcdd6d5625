// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/scan_project.h"

#include "core/process/run_process.h"

#include <chrono>
#include <set>
#include <string>
#include <utility>

namespace sightglass {

namespace {

constexpr std::chrono::milliseconds patience{4'000};

} // namespace

DockerVolumes askDocker(const RunContext& run)
{
    DockerVolumes made;
    const auto outcome = runProcess({.program = "docker",
                                     .arguments = {"volume", "ls", "--format", "{{json .}}"},
                                     .limit = patience},
                                    run);
    if (!outcome) {
        made.whyNot =
            outcome.error().code == ErrorCode::NotFound   ? "there is no docker client on PATH"
            : outcome.error().code == ErrorCode::TimedOut ? "docker did not answer within 4 seconds"
                                                          : "docker could not be run";
    } else if (outcome->exitCode != 0) {
        made.whyNot = "docker refused: " + outcome->errors.substr(0, outcome->errors.find('\n'));
    } else {
        made.asked = true;
        made.volumes = readDockerVolumes(outcome->output);
    }
    return made;
}

ProjectScan scanAround(const Inspection& inspection, bool docker, const RunContext& run)
{
    std::set<std::string> revisions;
    for (const Revision& revision : inspection.graph->revisions())
        revisions.insert(revision.id);
    ScanInput input{.project = inspection.scripts->project};
    input.models = inspection.models.get();
    input.revisions = &revisions;
    Schema chain;
    if (inspection.history != nullptr) {
        const auto heads = inspection.graph->heads();
        chain = inspection.history->at({heads.begin(), heads.end()}).schema;
        input.chain = &chain;
    }
    if (docker)
        input.docker = askDocker(run);
    else
        input.docker.whyNot = "it was not wanted";
    const DiskFileSystem files;
    return scanProject(files, input, run);
}

} // namespace sightglass
