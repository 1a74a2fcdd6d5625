// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/replay/catalog.h"

namespace sightglass::replaying {

/// Spells the bound of a partition, as it is written so far, the way the catalog has it.
Done spellBound(Catalog& catalog, const Table& parent, Table& partition);

} // namespace sightglass::replaying
