// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/actions/run_plan.h"
#include "core/base/result.h"
#include "core/base/run_context.h"
#include "core/stamp/plan_stamp.h"

#include <functional>
#include <string>
#include <vector>

namespace sightglass {

/// What wizards ask of the application, for the project and the database that were open when it was
/// made. Each is called on a worker thread. An empty one is not offered.
struct WizardDesk
{
    std::function<Result<StampOffer>(const RunContext& run)> stampOffer;
    std::function<Result<Plan>(const StampRequest& request, const RunContext& run)> planStamp;
    /// Makes and verifies a backup; gives a sentence about it.
    std::function<Result<std::string>(const RunContext& run)> backUp;
    /// The last verified backup of the database, as a sentence.
    std::function<std::string()> lastBackup;
    std::function<PlanOutcome(const Plan& plan, const std::string& typed, const RunContext& run)>
        run;
    /// The plan that takes a run of the journal back.
    std::function<Result<Plan>(const std::string& run, const RunContext& context)> planUndo;
    /// The same action for a terminal, without secrets.
    std::function<std::string(const StampRequest& request, const Plan& plan)> stampCommand;
};

} // namespace sightglass
