// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/run_context.h"
#include "core/history/history.h"
#include "core/scripts/transaction_facts.h"

#include <functional>
#include <span>

namespace sightglass {

class FilledTables;
class StepsList;

/// Reads a revision's upgrade against a state and what is known of its rows, applying it there.
using ReadAgain = std::function<RevisionReading(RevisionIndex, Replay&, FilledTables&)>;

struct FreshRunRequest
{
    const RevisionGraph& graph;
    std::span<const RevisionIndex> order;
    const StepsList& steps;
    const std::vector<bool>& asksSchema; ///< per revision: read again, and not out of `steps`
    const TransactionFacts& transactions;
    const ReadAgain& readAgain;
};

/// What `upgrade heads` on an empty database would come to: all revisions in one run, oldest first.
/// A chain that Alembic can't load at all is not judged here.
FreshRun freshRunOf(const FreshRunRequest& request, const RunContext& run);

} // namespace sightglass
