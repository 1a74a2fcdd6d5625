// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/inspect.h"
#include "core/actions/settle_run.h"
#include "core/backup/backup_store.h"
#include "core/backup/server_door.h"
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

/// The backups in `folder`, or in this user's own where it is empty.
BackupStore backupsIn(const std::string& folder);

/// Sessions for dumps and restores: long statements, short waits for locks.
ServerDoor serverDoor();

/// Says in the plan's protection which backup of its database is the last verified one, and how
/// old, or that there is none.
void tellLastBackup(Plan& plan, const BackupStore& backups, Time now);

/// What an action on the database of an inspection is about. Needs Inspection::live.
PlanTarget
planTargetOf(const FileSystem& files, const Inspection& inspection, const ConnectionTarget& target);

/// Revisions that the schema of a database speaks for. Needs Inspection::live and history.
///
/// cost  that of inferRevisions
StampOffer stampOfferOf(const Inspection& inspection);

/// What a stamp is planned from; refers to `inspection`. Needs Inspection::live.
StampSituation stampSituationOf(const Inspection& inspection);

} // namespace sightglass
