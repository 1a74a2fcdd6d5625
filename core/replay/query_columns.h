// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/replay/catalog.h"

#include <optional>
#include <string>
#include <vector>

namespace sightglass::replaying {

/// The columns of a table that CREATE TABLE … AS makes of `query`, where the query only picks
/// columns of one table that is known for sure, or computes them; else absent.
std::optional<std::vector<Column>> pickedColumns(const Catalog& catalog, const std::string& query);

} // namespace sightglass::replaying
