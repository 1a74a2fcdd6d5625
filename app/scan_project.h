// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/run_context.h"
#include "core/inspection/inspection.h"
#include "core/project/scan.h"

namespace sightglass {

/// Volumes that the docker client on PATH lists, within a few seconds. Without one, or when it
/// does not answer, DockerVolumes::whyNot says so.
DockerVolumes askDocker(const RunContext& run);

/// The surroundings of an inspected project, judged with what its revisions and models are.
///
/// docker  false: no docker client is started
ProjectScan scanAround(const Inspection& inspection, bool docker, const RunContext& run);

} // namespace sightglass
