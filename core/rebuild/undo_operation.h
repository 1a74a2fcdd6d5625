// SPDX-License-Identifier: GPL-3.0-or-later
// Takes one operation out of a schema; for core/rebuild alone.
#pragma once

#include "core/operations/operation.h"
#include "core/schema/schema.h"

#include <vector>

namespace sightglass {

/// Where to look for what an operation took away, the best first.
using EarlierSources = std::vector<const Schema*>;

/// The schema before `operation`, where `schema` is what it left. What it took away and no source
/// has stays away.
Schema
withoutOperation(const Schema& schema, const Operation& operation, const EarlierSources& sources);

} // namespace sightglass
