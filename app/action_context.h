// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/inspect.h"
#include "core/actions/settle_run.h"
#include "core/inspection/inspection.h"
#include "core/journal/action_journal.h"
#include "core/live/connection_target.h"
#include "core/stamp/plan_stamp.h"

#include <string>

namespace sightglass {

/// The journal of this user.
///
/// errors  NotFound  there is no folder to keep it in
Result<ActionJournal> userJournal();

/// What an action on the database of an inspection is about. Needs Inspection::live.
PlanTarget
planTargetOf(const FileSystem& files, const Inspection& inspection, const ConnectionTarget& target);

/// What a stamp is planned from; refers to `inspection`. Needs Inspection::live.
StampSituation stampSituationOf(const Inspection& inspection);

} // namespace sightglass
