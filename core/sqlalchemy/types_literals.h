// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sqlalchemy/type_object.h"

#include <optional>
#include <string>
#include <vector>

namespace sightglass {

/// A value as SQL literal text for a type of the given classes, nearest first; nothing where the
/// value's own kind decides.
std::optional<SqlText>
literalOf(Interpreter& interpreter, const std::vector<std::string>& classNames, const Value& value);
/// ARRAY['a', 'b'] for a list.
std::optional<SqlText>
arrayLiteral(Interpreter& interpreter, const TypeObject& item, const Value& value);

} // namespace sightglass
