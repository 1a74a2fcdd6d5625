// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/history/history.h"
#include "core/render/upgrade_script.h"
#include "core/revisions/revision_graph.h"
#include "core/scripts/project.h"

#include <string>
#include <string_view>
#include <vector>

namespace sightglass {

/// What `alembic upgrade FROM:TO --sql` (or downgrade) prints, made without Python.
struct SqlScript
{
    std::string from; ///< as asked for
    std::string to;
    bool downgrade = false;
    std::vector<ScriptLine> lines;
    std::vector<std::string> notRendered; ///< what could not be, one sentence each
};

/// `range` is TO or FROM:TO in Alembic's syntax; FROM is base where it is absent, and has to be
/// given for a downgrade.
///
/// errors  those of upgradePath and downgradePath; Usage
Result<SqlScript> sqlScript(const Project& project,
                            const RevisionGraph& graph,
                            const History& history,
                            std::string_view range,
                            bool downgrade);

} // namespace sightglass
