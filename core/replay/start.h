// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/replay/catalog.h"

namespace sightglass::replaying {

/// Puts every object of a schema into an empty catalog.
void fill(Catalog& catalog, const Schema& start);

} // namespace sightglass::replaying
