// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/evaluation/interpreter.h"

namespace sightglass {

/// Puts what alembic.context offers while a migration runs into a module.
void addContext(Interpreter& interpreter, NativeModule& module);
/// Puts MigrationContext into alembic.migration and alembic.runtime.migration.
void addMigrationContext(Interpreter& interpreter, NativeModule& module);

} // namespace sightglass
