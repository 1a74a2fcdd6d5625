// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/backup/backup_store.h"
#include "core/backup/plan_restore.h"
#include "core/backup/table_moves.h"

namespace sightglass {

/// How the tables get from one database to the other, without secrets in arguments.
struct StageCommands
{
    CommandWork dump;
    CommandWork restore; ///< in one transaction
};

StageCommands
stageCommands(const RestoreJob& job, const TableSelection& selection, const std::string& file);

/// Copies the tables of a selection out of the database that was restored beside into schemas of
/// their own, compares both by catalog, rows, checksums and sequences, and drops the database
/// beside. What fails leaves nothing.
///
/// store   keeps the file between the two, for its owner alone; it goes
/// errors  QueryFailed, NotPermitted, ConnectionLost: with pg_dump's or pg_restore's words;
///         Malformed: what was copied is not what was backed up; Cancelled
Result<void> stageTables(const RestoreJob& job,
                         const TableSelection& selection,
                         const BackupStore& store,
                         const ServerDoor& door,
                         const RunContext& run);

/// Sentences: how some tables of two databases differ, by rows and checksums, and by the values of
/// the sequences beside them.
///
/// errors  those of opening and asking
Result<std::vector<std::string>> rowDifferences(const std::vector<QualifiedName>& tables,
                                                const std::vector<std::string>& schemas,
                                                WritingSession& left,
                                                WritingSession& right,
                                                const RunContext& run);

} // namespace sightglass
