// SPDX-License-Identifier: GPL-3.0-or-later
// For core/actions alone.
#pragma once

#include "core/live/writing_session.h"

#include <string>
#include <thread>
#include <vector>

namespace sightglass {

/// As long as it lives, ends the sessions of some databases through a session of its own. ALTER
/// DATABASE … RENAME lets nobody in and waits some seconds for the others to go; whoever was told
/// to go before that might be back.
class SessionEnder
{
public:
    /// databases  none: nothing is done
    SessionEnder(std::vector<std::string> databases, OpenWritingSession open);
    SessionEnder(const SessionEnder&) = delete;
    SessionEnder& operator=(const SessionEnder&) = delete;
    ~SessionEnder() = default;

private:
    std::jthread m_thread; ///< asked to stop, and waited for, when it goes
};

} // namespace sightglass
