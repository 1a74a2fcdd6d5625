// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/actions/plan.h"
#include "core/base/result.h"
#include "core/schema/schema.h"

#include <map>
#include <string>
#include <vector>

namespace sightglass {

/// One object that comes back: it is moved from a schema of its own to its place.
struct TableMove
{
    std::string kind; ///< "TABLE", "TYPE", "DOMAIN", "SEQUENCE", as ALTER … SET SCHEMA takes it
    QualifiedName place;
    std::string stage; ///< the schema that it waits in
};

/// What comes back, and what it meets there.
struct TableSelection
{
    std::vector<TableMove> moves;        ///< types and sequences before tables
    std::vector<std::string> stages;     ///< schemas that it waits in, one for each of theirs
    std::vector<std::string> conflicts;  ///< sentences: why it can't; empty: nothing is known
    std::vector<std::string> notBrought; ///< sentences: what hung on the tables and stays away

    std::vector<QualifiedName> tables() const;
};

/// The chosen tables of a backup, with their partitions, and with the types and sequences that they
/// need and the database lacks.
///
/// held    what the backup holds
/// live    what is there
/// names   "users" or "public.users"
/// errors  NotFound, Ambiguous: the backup holds no such table, or several
Result<TableSelection>
selectTables(const Schema& held, const Schema& live, const std::vector<std::string>& names);

/// SQL that makes the stages and moves everything into them.
std::vector<PlannedStatement> intoStages(const TableSelection& selection);
/// SQL that moves everything to its place and removes the stages; checks what it finds and leaves.
SqlWork outOfStages(const TableSelection& selection);
/// The same backwards: the tables wait in the stages again, with their rows.
SqlWork backIntoStages(const TableSelection& selection);

} // namespace sightglass
