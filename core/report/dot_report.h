// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/inspection/inspection.h"

#include <string>

namespace sightglass {

/// The graph as DOT text for Graphviz: heads at the top, applied filled, missing ones dashed,
/// depends_on dotted. Every name is quoted.
std::string graphDot(const Inspection& inspection);

} // namespace sightglass
