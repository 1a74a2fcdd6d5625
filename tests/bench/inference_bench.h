// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>

namespace sightglass::bench {

/// Times `infer` for a chain of so many revisions, each of which makes a table and changes an older
/// one, against the SQL of its heads: reading, replay and ranking together, read before and not.
void compareInference(std::size_t revisions, int runs);

} // namespace sightglass::bench
