// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/live/writing_session.h"

#include <chrono>
#include <memory>
#include <optional>
#include <string>

namespace sightglass {

/// Keeps a client program of ours from waiting for a lock for long, and others from waiting behind
/// it: pg_restore takes its lock_timeout away. Its statement is cancelled then, and it ends.
class LockWatch
{
public:
    /// session      to the database that the program works in
    /// application  its application_name
    LockWatch(std::unique_ptr<WritingSession> session,
              std::string application,
              std::chrono::milliseconds limit);

    /// Looks, at most five times a second. To be called often.
    void look();

    /// Whether it has ended a wait.
    bool hasEndedOne() const { return m_hasEndedOne; }

private:
    bool isWaiting();

    std::unique_ptr<WritingSession> m_session;
    std::string m_application;
    std::chrono::milliseconds m_limit;
    std::chrono::steady_clock::time_point m_looked;
    std::optional<std::chrono::steady_clock::time_point> m_since; ///< that it is seen to wait
    bool m_hasEndedOne = false;
};

} // namespace sightglass
