// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/live/database.h"
#include "core/live/read_live.h"

namespace sightglass {

/// Reads a catalog through a session that ends before the answer is given.
ReadCatalogOf catalogReader(SessionLimits limits);

} // namespace sightglass
