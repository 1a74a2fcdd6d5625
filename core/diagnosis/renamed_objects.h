// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/diagnosis/schema_check.h"

#include <vector>

namespace sightglass {

/// Missing tables and columns that have one counterpart under another name: a table with the same
/// columns that no revision makes, a column of the same table and definition. Where several could
/// be meant, none is.
///
/// cost  missing tables times tables that no revision makes
std::vector<RenamedObject>
renamedIn(const Schema& promised, const Schema& live, const SchemaCheck& check);

} // namespace sightglass
