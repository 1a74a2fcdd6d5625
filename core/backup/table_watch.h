// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/backup/manifest.h"
#include "core/base/run_context.h"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace sightglass {

/// Follows what pg_dump or pg_restore, with --verbose, says of its way through the tables, and
/// tells how many of their bytes are behind it.
class TableWatch
{
public:
    /// stage   in words: "dumping"
    /// marker  what stands before a table's name: `dumping contents of table "`
    TableWatch(const std::vector<BackedUpTable>& tables,
               std::string stage,
               std::string marker,
               const RunContext& run);

    void take(std::string_view said);
    /// Bytes of the table at work that are behind it.
    void within(std::size_t bytes);

private:
    void takeLine(std::string_view line);

    const RunContext& m_run;
    std::string m_stage;
    std::string m_marker;
    std::map<std::string, std::size_t> m_bytes;
    std::size_t m_total = 0;
    std::size_t m_done = 0;
    std::size_t m_current = 0; ///< of the table that is at work
    std::string m_rest;
};

} // namespace sightglass
