// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/history/history.h"

#include <string>
#include <string_view>
#include <vector>

namespace sightglass {

/// A file of SQL as operations, and the schema that it makes of an empty database.
struct SqlFileReading
{
    std::vector<Operation> operations;
    std::vector<RefusedOperation> refused; ///< what PostgreSQL would refuse, in order
    ReplayedSchema result;
};

/// The database that a file of SQL is run on.
struct SqlFileStart
{
    Replay database{ReplaySettings{}};
    /// What it does not hold is not there; false: anything may be there beside.
    bool whole = true;
};

/// Reads SQL text as psql would run it. Bad SQL is data: an opaque operation with its reason.
///
/// file  as shown in spans
/// cost  see readSql; linear in statements
SqlFileReading
readSqlFile(std::string_view text, const std::string& file, SqlFileStart start = {});

} // namespace sightglass
