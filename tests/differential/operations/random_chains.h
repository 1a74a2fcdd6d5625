// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/migration_case.h"

#include <cstdint>
#include <functional>

namespace sightglass::tests {

/// A chain of 3 to 8 revisions, with branches, merges and dependencies now and then, that real
/// Alembic can run. The same seed gives the same chain.
MigrationCase randomChain(std::uint64_t seed);

/// The smallest case found by leaving out revisions, then lines, for which `fails` still holds.
/// Asks at most `attempts` times.
MigrationCase
shrunk(MigrationCase each, const std::function<bool(const MigrationCase&)>& fails, int attempts);

} // namespace sightglass::tests
