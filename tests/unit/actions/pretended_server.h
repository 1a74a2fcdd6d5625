// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/actions/run_plan.h"

#include <functional>
#include <map>
#include <string>
#include <vector>

namespace sightglass::tests {

/// A server that answers what it is told to, and remembers what it was asked.
struct PretendedServer
{
    std::map<std::string, AnswerRows> answers; ///< by SQL; a statement changes 1 row
    std::map<std::string, std::int64_t> changed;
    std::map<std::string, Error> errors;
    std::optional<Error> commitError;
    std::string database = "shop";
    std::string fate = "committed"; ///< what txid_status says; empty: NULL
    bool isGone = false;            ///< lets nobody in
    std::vector<std::string> calls; ///< "open", "begin rw", SQL, "commit", "rollback"
    /// Called before each statement.
    std::function<void(const std::string&)> before;

    OpenWritingSession opener();
    /// The calls without those that only look at the server itself.
    std::vector<std::string> work() const;
};

/// "Set the version of shop": locks, one check, one update, one check; phrase "shop".
Plan shopPlan();

/// "UPDATE v SET version_num = 'b'"
extern const std::string updateSql;
/// "SELECT rows"
extern const std::string rowsSql;

} // namespace sightglass::tests
