// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/directives/emitter.h"

#include <string_view>

namespace sightglass {

/// Modules of alembic_utils and alembic_postgresql_enum; null for others.
Object* makeEntityModule(Interpreter& interpreter, std::string_view dotted);

/// TableReference and ColumnType of alembic_postgresql_enum.
Object* makeEnumModule(Interpreter& interpreter, std::string_view dotted);

} // namespace sightglass
