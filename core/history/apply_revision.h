// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/history/history.h"

namespace sightglass {

/// Brings a database in memory from before a revision to after it, as History does: an operation
/// that PostgreSQL would refuse is assumed to have done what it could.
///
/// cost  that of its operations
void applyRevision(Replay& database, const RevisionSteps& steps);

} // namespace sightglass
