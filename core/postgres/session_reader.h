// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/base/run_context.h"
#include "core/live/sessions.h"
#include "core/postgres/connection.h"

#include <functional>
#include <memory>
#include <set>
#include <string>
#include <vector>

namespace sightglass {

/// Names of transactions, as pg_locks has them: "5/1234".
using TransactionNames = std::set<std::string, std::less<>>;

/// The transactions that are open now; empty where that can't be read.
///
/// errors  ConnectionLost, Cancelled, TimedOut when nothing more can be asked
Result<TransactionNames> readTransactionNames(Connection& connection, const RunContext& run);

/// Open transactions of other sessions in this database with the locks that they have or wait for,
/// and prepared ones. Never the text of a statement.
///
/// before   those of a moment before, see OpenTransaction::lasted
/// refused  sentences: what could not be read is added; nothing is given then
/// errors   as readTransactionNames
/// cost     three statements, at most 5,000 transactions and 50,000 locks
Result<std::shared_ptr<const Sessions>> readSessions(Connection& connection,
                                                     const TransactionNames& before,
                                                     std::vector<std::string>& refused,
                                                     const RunContext& run);

} // namespace sightglass
