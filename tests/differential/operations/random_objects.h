// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/differential/operations/random_world.h"

namespace sightglass::tests {

/// Steps about objects that stand on tables, in SQL as their authors write it. Empty: there is
/// nothing that it could be done to.
std::string makeTrigger(RandomWorld& world);
std::string makePolicy(RandomWorld& world);
std::string makeDomain(RandomWorld& world);
std::string changeIndex(RandomWorld& world);
std::string renameEnum(RandomWorld& world);
std::string moveTable(RandomWorld& world);
std::string copyTable(RandomWorld& world);
std::string guardedBlock(RandomWorld& world);

} // namespace sightglass::tests
