// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/evaluation/evaluator.h"

#include <optional>
#include <vector>

namespace sightglass {

/// Sorts as list.sort(key=…, reverse=…) does. A reason: their order is not known.
Outcome<std::optional<Unknown>, Raised>
sortValues(Evaluator& evaluator, std::vector<Value>& items, const Arguments& arguments);

} // namespace sightglass
