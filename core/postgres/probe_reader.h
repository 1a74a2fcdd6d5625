// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/base/run_context.h"
#include "core/live/probe.h"
#include "core/postgres/connection.h"

namespace sightglass {

/// Answers a request in the snapshot that `connection` stands in.
///
/// errors  ConnectionLost, Cancelled
/// cost    a statement a table and one a column asked about; each is ended after two seconds
Result<ProbeAnswers>
readProbes(Connection& connection, const ProbeRequest& request, const RunContext& run);

} // namespace sightglass
