// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/differential/operations/random_world.h"

#include <string>

namespace sightglass::tests {

std::string addColumn(RandomWorld& world);
std::string alterColumn(RandomWorld& world);
std::string makeIndex(RandomWorld& world);
std::string makeUnique(RandomWorld& world);
std::string makeCheck(RandomWorld& world);
std::string makeForeignKey(RandomWorld& world);

/// `, schema="x"` or nothing.
std::string schemaArgument(const RandomTable& table);
/// A condition on the column, in SQL; empty where none is known. The column keeps its type then.
std::string conditionOn(RandomWorld& world, RandomColumn& column);

} // namespace sightglass::tests
