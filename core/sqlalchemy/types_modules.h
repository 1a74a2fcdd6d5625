// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/evaluation/interpreter.h"

#include <string_view>

namespace sightglass {

/// Puts in what is no type class but makes or marks types: MutableDict.as_mutable, @compiles,
/// flask_sqlalchemy's SQLAlchemy(), ready instances of third parties.
void addHelpers(Interpreter& interpreter, NativeModule& module);

/// True for modules that have only such helpers.
bool isHelperModule(std::string_view dotted);

} // namespace sightglass
