// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/actions/plan.h"
#include "core/base/result.h"

#include <string>
#include <string_view>
#include <vector>

namespace sightglass {

/// Steps as JSON: what the journal keeps for the way back. Values of environment variables are left
/// out.
std::string stepsToJson(const std::vector<PlanStep>& steps);

/// errors  Malformed  not such a text, or a kind of step that is not known
Result<std::vector<PlanStep>> stepsFromJson(std::string_view text);

} // namespace sightglass
