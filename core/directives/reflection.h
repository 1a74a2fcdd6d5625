// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/evaluation/interpreter.h"

namespace sightglass {

/// Makes Table(…, autoload_with=bind) of a module read its columns from the schema of the reading,
/// where there is one.
void addReflection(Interpreter& interpreter, NativeModule& module);

} // namespace sightglass
