// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/operations/changes.h"

#include <optional>

namespace sightglass::replaying {

/// The change with every name cut to 63 bytes, as PostgreSQL cuts them; absent: none is longer.
std::optional<Change> withNamesClipped(const Change& change);

} // namespace sightglass::replaying
