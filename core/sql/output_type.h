// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/known.h"
#include "core/sql/expression.h"
#include "core/sql/parse_tree.h"

#include <string>
#include <string_view>

namespace sightglass {

/// The type of an output column of a query over the scope's table, as format_type spells it.
/// `value` is the expression in the parse tree of `query`.
///
/// shape  Unknown for whatever can't be inferred, aggregates and queries inside among it
Known<std::string>
outputType(const ParseNode& value, std::string_view query, const SqlScope& scope);

} // namespace sightglass
