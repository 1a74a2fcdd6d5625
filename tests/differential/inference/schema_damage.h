// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/schema/schema.h"

#include <cstdint>

namespace sightglass::tests {

/// The schema with a share of its columns, constraints, indexes and tables taken away or changed.
///
/// percent  of all of them, at least one
/// seed     the same one does the same damage
Schema damaged(Schema schema, unsigned percent, std::uint32_t seed);

} // namespace sightglass::tests
