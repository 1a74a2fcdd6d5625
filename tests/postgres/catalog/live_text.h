// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/live/live_state.h"

#include <string>

namespace sightglass::test {

/// A schema, one line a thing, as expectations of tests are written.
std::string toText(const Schema& schema);

/// The version tables and what was not read.
std::string versionText(const LiveState& state);

} // namespace sightglass::test
