// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <stop_token>
#include <string_view>

namespace sightglass {

/// How far a stage is. `total` is 0 while it is not known.
struct Progress
{
    std::string_view stage;
    std::size_t done = 0;
    std::size_t total = 0;
};

/// Where a stage tells how far it is. Called from any thread.
class ProgressSink
{
public:
    virtual ~ProgressSink() = default;
    virtual void report(const Progress& progress) = 0;
};

/// What travels with every stage: the wish to stop (down) and progress (up).
struct RunContext
{
    std::stop_token stop;
    ProgressSink* progress = nullptr;

    bool stopRequested() const { return stop.stop_requested(); }

    void report(const Progress& value) const
    {
        if (progress != nullptr)
            progress->report(value);
    }
};

} // namespace sightglass
