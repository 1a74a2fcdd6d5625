// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/differences/differences.h"
#include "core/history/downgrades.h"
#include "core/inspection/inspection.h"
#include "core/inspection/table_rows.h"
#include "core/schema/schema.h"

#include <span>
#include <string>
#include <vector>

namespace sightglass {

/// The same for a terminal: plain text, lines that fit 100 columns where names allow it.
std::string chainText(const Inspection& inspection);
std::string diagnoseText(const Inspection& inspection);
/// `doubts` are what is not known of it.
std::string schemaText(const Schema& schema, const std::vector<Doubt>& doubts = {});
/// One revision with its operations. Needs Inspection::history.
std::string showText(const Inspection& inspection, RevisionIndex index);
std::string operationsText(const Inspection& inspection, std::span<const RevisionIndex> revisions);
/// unread  what was not read of one of the two, and so not compared
std::string diffText(const std::string& left,
                     const std::string& right,
                     const std::vector<Difference>& differences,
                     const UnreadParts& unread = {});
std::string downgradesText(const Inspection& inspection, const DowngradePath& path);
/// The rows, and below them what autogenerate would write.
std::string tablesText(const std::vector<TableRow>& rows, const AutogenerateForecast& forecast);
/// Everything on one page as Markdown.
std::string markdownReport(const Inspection& inspection);

} // namespace sightglass
