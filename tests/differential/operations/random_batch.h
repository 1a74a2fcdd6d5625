// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/differential/operations/random_world.h"

#include <string>

namespace sightglass::tests {

/// `with op.batch_alter_table(…)` with one to four calls in it.
std::string batchBlock(RandomWorld& world);

} // namespace sightglass::tests
