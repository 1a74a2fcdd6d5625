// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/history/apply_revision.h"

#include "core/history/history_state.h"

namespace sightglass {

void applyRevision(Replay& database, const RevisionSteps& steps)
{
    applyOperations(database, steps.upgrade.operations);
}

} // namespace sightglass
