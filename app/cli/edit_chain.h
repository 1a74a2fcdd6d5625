// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/command.h"
#include "app/cli/run_action.h"
#include "core/edits/plan_edits.h"

#include <functional>
#include <string>

namespace sightglass {

/// Makes one of the plans of core/edits.
using PlanEdit = std::function<Result<Plan>(const ChainScene& scene, const RunContext& run)>;

/// Reads the chain, plans an edit of it and shows it or runs it. No database is asked, and nothing
/// has to be typed: what is changed can be put back.
ExitStatus editChain(const ActionOptions& options,
                     const CommonOptions& common,
                     CommandContext& context,
                     const PlanEdit& makePlan);

/// The same for a chain that has been read, a database with it or not.
ExitStatus editInspected(const Inspection& inspection,
                         const ActionOptions& options,
                         const CommonOptions& common,
                         CommandContext& context,
                         const PlanEdit& makePlan);

/// --dry-run and --plan.
void addEditOptions(CLI::App& app, ActionOptions& options);

/// Twelve hexadecimal digits, as Alembic makes them.
std::string randomRevisionId();

/// This moment as Alembic writes it: local time with microseconds.
std::string createdNow();

} // namespace sightglass
