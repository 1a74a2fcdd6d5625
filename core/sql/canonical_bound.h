// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sql/expression.h"

#include <string>
#include <string_view>
#include <vector>

namespace sightglass {

/// FOR VALUES … or DEFAULT of a partition as pg_get_expr of relpartbound prints it. `keyTypes` are
/// the canonical types of the parent's key columns; an empty one is not known.
///
/// shape   Unknown where a value can't be told without running it
/// errors  those of the values as constants of their key's type
Outcome<Known<std::string>, Refusal> canonicalBound(std::string_view bound,
                                                    const std::vector<std::string>& keyTypes,
                                                    const SqlScope& scope);

} // namespace sightglass
