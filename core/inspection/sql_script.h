// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/file_system.h"
#include "core/base/result.h"
#include "core/base/run_context.h"
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
    /// Revisions that Alembic itself can't print, one sentence each: they ask the database. What
    /// they send with one stands in the script.
    std::vector<std::string> onlineOnly;
};

/// `range` is TO or FROM:TO in Alembic's syntax; FROM is base where it is absent, and has to be
/// given for a downgrade.
///
/// errors  those of upgradePath and downgradePath; Usage
/// cost    the files of the range are read once more, as Alembic runs them without a connection
Result<SqlScript> sqlScript(const FileSystem& files,
                            const Project& project,
                            const RevisionGraph& graph,
                            const History& history,
                            std::string_view range,
                            bool downgrade,
                            const RunContext& run = {});

} // namespace sightglass
