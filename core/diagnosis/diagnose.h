// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/diagnosis/diagnosis.h"
#include "core/findings/finding.h"
#include "core/live/live_state.h"
#include "core/revisions/revision_graph.h"
#include "core/scripts/script_directory.h"

#include <span>

namespace sightglass {

/// All that a diagnosis may look at. `live` is null when no database was read.
struct DiagnosisInput
{
    const Scripts& scripts;
    const RevisionGraph& graph;
    std::span<const Finding> chainFindings;
    const LiveState* live = nullptr;
};

/// The state of the database against the chain, by precedence when several hold.
///
/// shape  never empty: there is always a state, a title, at least one evidence; unhealthy states have
///        at least one way back with exact commands.
/// cost   linear in revisions and tables.
Diagnosis diagnose(const DiagnosisInput& input);

/// The version table that belongs to this project among those found; null when there is none.
const VersionTable* versionTableOf(const Project& project, const LiveState& live);

} // namespace sightglass
