// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/schema/schema.h"

#include <string>
#include <vector>

namespace sightglass {

struct TableSelection;

/// Sentences: what in the database is in the way of the tables of a selection, or lacks for them.
std::vector<std::string>
conflictsOf(const Schema& held, const Schema& live, const TableSelection& selection);

/// Sentences: what of the backup hung on the tables, is not in the database and does not come back.
std::vector<std::string>
leftAway(const Schema& held, const Schema& live, const TableSelection& selection);

} // namespace sightglass
