// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/run_context.h"

#include <chrono>
#include <iosfwd>
#include <mutex>

namespace sightglass {

/// Progress as one line on a terminal that is written over: "dumping 42 %". At most four times a
/// second; nothing where standard error is no terminal.
class ProgressLine final : public ProgressSink
{
public:
    explicit ProgressLine(std::ostream& out);
    ProgressLine(const ProgressLine&) = delete;
    ProgressLine& operator=(const ProgressLine&) = delete;
    ~ProgressLine() override; ///< takes the line away

    void report(const Progress& progress) override;

private:
    std::ostream& m_out;
    std::mutex m_mutex;
    std::chrono::steady_clock::time_point m_last;
    bool m_isTerminal;
    bool m_isShown = false;
};

} // namespace sightglass
