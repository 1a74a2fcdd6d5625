// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

namespace sightglass {

/// Versions as packages have them: 1.13.1 is at least 1.11.2.
bool isAtLeast(std::string_view version, std::string_view least);

} // namespace sightglass
