// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <chrono>
#include <string>
#include <vector>

#include <sys/types.h>

namespace sightglass {

/// A child process in a session of its own, whose standard input is a pipe that only we hold open. When
/// the leash goes, or this program ends in any way, the child reads end of file and can clean up.
class Leash
{
public:
    Leash() = default;
    Leash(const Leash&) = delete;
    Leash& operator=(const Leash&) = delete;
    Leash(Leash&& other) noexcept;
    Leash& operator=(Leash&& other) noexcept;
    ~Leash();

    /// errors  NotFound  the program can't be started
    static Result<Leash> start(const std::string& program, const std::vector<std::string>& arguments);

    /// Lets go and waits for the child's end, at most `limit`. Gives whether it has ended.
    bool release(std::chrono::milliseconds limit) noexcept;

private:
    pid_t m_child = -1;
    int m_pipe = -1;
};

} // namespace sightglass
