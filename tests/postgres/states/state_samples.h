// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

namespace sightglass::tests {

/// A database out of step, and what is to be said of it.
struct StateSample
{
    const char* name;
    std::string chain;
    const char* upgrade; ///< real Alembic upgrades to here first; empty: not at all
    const char* sql;     ///< what happens then
    const char* state;
    const char* recommended;
    const char* says;        ///< in title, detail or evidence
    const char* does = "";   ///< in the steps of the ways back
    const char* dsnEnd = ""; ///< how the database is then read: " options='-c role=looker'"
};

/// Tables, a column with an index, rows alone, a check, and a part outside the transaction.
extern const std::string shopChain;
/// A branch that is merged again.
extern const std::string branchesChain;
extern const std::string twoHeadsChain;
/// Another schema, partitions, an enum, and a table that hangs on the environment.
extern const std::string specialChain;

/// Each state on its own.
std::vector<StateSample> plainSamples();
/// Several things at once: two schemas, rows that are no rows, parts of parts, missing rights.
std::vector<StateSample> mixedSamples();

} // namespace sightglass::tests
