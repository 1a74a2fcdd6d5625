// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/diagnosis/facts.h"

#include <span>
#include <string>

namespace sightglass {

/// `arguments` given to the project's alembic, as one step.
RepairStep alembicStep(const Facts& facts,
                       std::string action,
                       std::string detail,
                       const std::string& arguments);
/// A dump of the whole database, to be made before anything is changed.
RepairStep backupStep(const Facts& facts);
/// "-h HOST -p PORT -U USER" of the connection that was read; without a password.
std::string connectionArguments(const Facts& facts);
/// SQL that puts the version rows back as they were read.
std::string sqlThatRestoresRows(const Facts& facts);
/// The version table as SQL text; alembic_version where there is none.
std::string versionTableSql(const Facts& facts);
/// "head" where there is one, else "heads".
std::string headsWord(const RevisionGraph& graph);
/// The ids that stand for all of the known rows, as words of a command.
std::string topRowsText(const Facts& facts);

/// Says that nothing is applied, then runs the chain from its start. `purge`: the rows are not ones
/// that a plain stamp accepts.
WayBack rebuildSchema(const Facts& facts, bool purge);
/// A backup into a new database beside this one.
WayBack restoreBackup(const Facts& facts);
/// Builds the chain in a scratch database, compares, and stamps the revision that fits.
WayBack stampWhatMatches(const Facts& facts, bool purge);
/// Looks whether this is the database that was meant.
WayBack findRightDatabase(const Facts& facts);

} // namespace sightglass
