// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/operations/operation.h"

#include <string>

namespace sightglass {

/// The SQL of an operation: as its author wrote it, else as Alembic renders its change. Empty where
/// neither is known (rows of a bulk_insert that can't be read).
std::string sqlOf(const Operation& operation);

} // namespace sightglass
