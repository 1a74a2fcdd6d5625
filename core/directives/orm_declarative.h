// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/evaluation/interpreter.h"

namespace sightglass {

/// declarative_base(…): a base whose classes are mapped to tables of its metadata, as far as a
/// migration's own classes need it. The project's models are read elsewhere.
Evaluated makeDeclarativeBase(Interpreter& interpreter, const Arguments& arguments);
/// The class DeclarativeBase, whose subclasses are bases.
Value makeDeclarativeBaseClass(Interpreter& interpreter);
/// mapped_column(…): a Column without what only the ORM understands.
Evaluated makeMappedColumn(Interpreter& interpreter, const Arguments& arguments);

} // namespace sightglass
