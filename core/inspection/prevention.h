// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/diagnosis/diagnosis.h"
#include "core/inspection/table_rows.h"
#include "core/rules/review_result.h"
#include "core/scripts/automatic_upgrades.h"

#include <filesystem>
#include <string>
#include <vector>

namespace sightglass {

/// What is known before pending revisions run. References outlive the call.
struct PreventionInput
{
    const ReviewResult& review; ///< of what is pending
    const std::vector<TableRow>& tables;
    const std::vector<std::string>& protectedTables; ///< patterns of sightglass.toml
    const AutomaticUpgrades& automatic;
    std::filesystem::path root; ///< files are shown relative to it
};

/// What should hold before pending revisions run, each line with its evidence: reviewed, nothing
/// lost, the protected list current, backup, the way it is run, tried on a copy, nothing run
/// unasked.
///
/// shape  seven items, always in this order
std::vector<ChecklistItem> preventionChecklist(const PreventionInput& input);

} // namespace sightglass
