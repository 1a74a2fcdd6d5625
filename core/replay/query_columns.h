// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/replay/catalog.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace sightglass::replaying {

struct PickedColumns
{
    std::vector<Column> columns;
    std::vector<std::pair<std::size_t, std::string>> doubts; ///< which column, and why
};

/// The columns of a table that CREATE TABLE … AS makes of `query`, where the query only picks
/// columns of one table that is known for sure, or computes them; else absent.
std::optional<PickedColumns> pickedColumns(const Catalog& catalog, const std::string& query);

} // namespace sightglass::replaying
