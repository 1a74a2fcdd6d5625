// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/inspect.h"
#include "core/rebuild/plan_rebuild.h"

#include <string>
#include <vector>

namespace sightglass {

/// The database of an inspection, as something to rebuild from: its schema without the version
/// table, its rows, and the text of its functions, which one more session asks for.
///
/// errors  those of connectReadOnly and Inspection::liveError; Usage: no database was named
Result<RebuildSource>
databaseSource(const Inspection& inspection, const InspectRequest& request, const RunContext& run);

/// The project's models, as something to rebuild from.
///
/// errors  Unsupported  they were not found
Result<RebuildSource> modelsSource(const Inspection& inspection);

/// Version rows of the database that was read.
std::vector<RevisionId> rowsOf(const Inspection& inspection);

/// "app.users", or "users" in public.
std::vector<QualifiedName> tablesNamed(const std::vector<std::string>& names);

/// Reads revisions as inspect does.
ReadHistory historyReader(const RunContext& run);

} // namespace sightglass
