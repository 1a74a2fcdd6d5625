// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <map>
#include <string>

namespace sightglass {

/// Application types that the user mapped by hand (sightglass.toml): dotted or bare class name to
/// SQL.
using TypeMap = std::map<std::string, std::string, std::less<>>;

} // namespace sightglass
