// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/backup/plan_restore.h"
#include "core/backup/table_moves.h"

#include <string>
#include <vector>

namespace sightglass {

struct TableRestorePlan
{
    /// Two steps of OwnWork, "restore" and "stage", and one of SQL that moves the tables.
    Plan plan;
    RestoreJob job; ///< for restoreBeside and stageTables, which perform the first two
    TableSelection selection;
};

/// The plan of bringing back only some tables of a backup, with their rows, indexes, constraints,
/// sequences and triggers: all of the backup is restored beside, the tables are copied into a
/// schema of their own, compared, and moved to their place in one transaction. Nothing that is
/// there is overwritten: what is in the way is a precondition that is not met.
///
/// held    what the backup holds
/// errors  those of selectTables
Result<TableRestorePlan> planTableRestore(const RestoreSituation& situation,
                                          const PlanTarget& target,
                                          const Schema& held,
                                          const std::vector<std::string>& names,
                                          int jobs,
                                          const DumpTools& tools,
                                          Time now);

} // namespace sightglass
