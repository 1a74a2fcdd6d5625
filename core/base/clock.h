// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <string>

namespace sightglass {

using Time = std::chrono::system_clock::time_point;

/// The time of day; replaced in tests.
class Clock
{
public:
    virtual ~Clock() = default;
    virtual Time now() const = 0;
};

class SystemClock final : public Clock
{
public:
    Time now() const override { return std::chrono::system_clock::now(); }
};

/// UTC as RFC 3339 with seconds: 2026-11-21T04:50:00Z.
std::string toRfc3339(Time time);

} // namespace sightglass
