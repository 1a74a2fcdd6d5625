// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/evaluation/evaluator.h"

namespace sightglass {

/// string.Template(…)
Evaluated makeTemplate(Evaluator& evaluator, const Arguments& arguments);

} // namespace sightglass
