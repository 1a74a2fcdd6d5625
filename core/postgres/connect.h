// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/live/connection_target.h"
#include "core/live/database.h"

#include <memory>

namespace sightglass {

/// Opens a read-only session: default_transaction_read_only, lock and statement time-outs and
/// application_name=sightglass are set before its first statement. Servers from PostgreSQL 9.6 on.
///
/// errors  ConnectionLost  nobody answers there; NotPermitted  password, role, pg_hba; NotFound  no
/// such
///         database; TimedOut; Unsupported  older than 9.6 or not PostgreSQL; Cancelled. The
///         message names the target without secrets, nextStep what to do.
Result<std::unique_ptr<Database>>
connectReadOnly(const ConnectionTarget& target, const SessionLimits& limits, const RunContext& run);

} // namespace sightglass
