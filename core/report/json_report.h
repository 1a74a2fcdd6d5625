// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/differences/differences.h"
#include "core/history/downgrades.h"
#include "core/inspection/inspection.h"
#include "core/inspection/sql_script.h"
#include "core/inspection/table_rows.h"
#include "core/schema/schema.h"

#include <span>
#include <string>
#include <vector>

namespace sightglass {

/// The JSON documents of the command line, as text, ending in a newline. Invalid UTF-8 of file
/// names or database text is replaced, never an error. `command` is set as contracts/cli says.
std::string chainJson(const Inspection& inspection);
std::string diagnoseJson(const Inspection& inspection);
/// `doubts` are what is not known of it; `graph` tells which revisions they are of.
std::string schemaJson(const Schema& schema,
                       const std::string& source,
                       const std::string& revision,
                       const std::vector<Doubt>& doubts = {},
                       const RevisionGraph* graph = nullptr);
/// One revision with its operations. Needs Inspection::history.
std::string showJson(const Inspection& inspection, RevisionIndex index);
/// The upgrades of `revisions`, in their order. Needs Inspection::history.
std::string operationsJson(const Inspection& inspection, std::span<const RevisionIndex> revisions);
/// unread  what was not read of one of the two, and so not compared
std::string diffJson(const std::string& left,
                     const std::string& right,
                     const std::vector<Difference>& differences,
                     const UnreadParts& unread = {});
std::string sqlJson(const SqlScript& script);
std::string
downgradesJson(const Inspection& inspection, const std::string& range, const DowngradePath& path);
std::string tablesJson(const std::vector<TableRow>& rows, const AutogenerateForecast& forecast);

} // namespace sightglass
