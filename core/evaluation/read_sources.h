// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/evaluation/interpreter.h"

#include <string_view>

namespace sightglass {

/// The file or module that an interpreter has read under this name, as spans have it; null: none.
const SourceModule* sourceNamed(Interpreter& interpreter, std::string_view file);

} // namespace sightglass
