// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/differential/operations/random_world.h"

#include <string>

namespace sightglass::tests {

/// Lines of Python that change the world by one step, which PostgreSQL takes as it stands.
std::string randomStep(RandomWorld& world);
/// A step that makes a table.
std::string makeTable(RandomWorld& world);

} // namespace sightglass::tests
