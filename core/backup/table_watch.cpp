// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/backup/table_watch.h"

#include <algorithm>
#include <utility>

namespace sightglass {

TableWatch::TableWatch(const std::vector<BackedUpTable>& tables,
                       std::string stage,
                       std::string marker,
                       const RunContext& run)
    : m_run(run)
    , m_stage(std::move(stage))
    , m_marker(std::move(marker))
{
    for (const BackedUpTable& table : tables) {
        const auto bytes =
            static_cast<std::size_t>(std::max<std::int64_t>(table.bytes.value_or(0), 0));
        m_bytes[table.name] = bytes;
        m_total += bytes;
    }
}

void TableWatch::take(std::string_view said)
{
    m_rest += said;
    for (std::size_t end = m_rest.find('\n'); end != std::string::npos; end = m_rest.find('\n')) {
        takeLine(std::string_view(m_rest).substr(0, end));
        m_rest.erase(0, end + 1);
    }
}

void TableWatch::within(std::size_t bytes)
{
    m_run.report({.stage = m_stage, .done = m_done + std::min(bytes, m_current), .total = m_total});
}

void TableWatch::takeLine(std::string_view line)
{
    const std::size_t at = line.find(m_marker);
    if (at == std::string_view::npos)
        return;
    std::string name(line.substr(at + m_marker.size()));
    name = name.substr(0, name.rfind('"'));
    const auto found = m_bytes.find(name);
    m_done += m_current;
    m_current = found == m_bytes.end() ? 0 : found->second;
    m_run.report({.stage = m_stage, .done = m_done, .total = m_total});
}

} // namespace sightglass
