// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/progress_line.h"

#include <unistd.h>

#include <ostream>

namespace sightglass {

namespace {

constexpr std::chrono::milliseconds pauseBetween{250};
constexpr const char* emptied = "\r\x1b[K";

} // namespace

ProgressLine::ProgressLine(std::ostream& out)
    : m_out(out)
    , m_isTerminal(::isatty(STDERR_FILENO) == 1)
{}

ProgressLine::~ProgressLine()
{
    if (m_isShown)
        m_out << emptied << std::flush;
}

void ProgressLine::report(const Progress& progress)
{
    const std::lock_guard guard(m_mutex);
    const auto now = std::chrono::steady_clock::now();
    if (!m_isTerminal || (m_isShown && now - m_last < pauseBetween))
        return;
    m_last = now;
    m_isShown = true;
    m_out << emptied << progress.stage;
    if (progress.total > 0)
        m_out << " " << 100 * progress.done / progress.total << " %";
    m_out << std::flush;
}

} // namespace sightglass
