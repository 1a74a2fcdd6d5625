// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/schema/schema.h"

#include <optional>
#include <string>
#include <vector>

namespace sightglass {

/// A live type as SQLAlchemy's compiler spells what its reflection makes of it: "VARCHAR(255)".
/// Absent where reflection knows no type of that name, and autogenerate compares nothing.
///
/// type  as format_type spells it
/// path  the search path
std::optional<std::string>
reflectedType(const std::string& type, const Schema& live, const std::vector<std::string>& path);

/// Whether Alembic's compare_type finds a difference: of words, and of arguments where both sides
/// give as many. Arrays are not told from their elements.
bool typesDiffer(const std::string& reflected, const std::string& declared);

} // namespace sightglass
