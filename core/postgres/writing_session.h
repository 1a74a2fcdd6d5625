// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/live/connection_target.h"
#include "core/live/database.h"
#include "core/live/writing_session.h"

#include <memory>

namespace sightglass {

/// Opens a session for a confirmed action. It has the time-outs of `limits` and is read-only but
/// for transactions that are begun for writing.
///
/// errors  as connectReadOnly
Result<std::unique_ptr<WritingSession>> connectForAction(const ConnectionTarget& target,
                                                         const SessionLimits& limits,
                                                         const RunContext& run);

/// The same as a value, for the seams of a plan.
OpenWritingSession openerOf(ConnectionTarget target, SessionLimits limits);

} // namespace sightglass
