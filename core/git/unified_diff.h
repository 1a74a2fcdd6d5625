// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>

namespace sightglass {

/// A file before and after, as `git diff` prints it, with three lines around each change; absent:
/// there is no such file. Empty where nothing differs.
///
/// path  relative, with / between its parts
std::string unifiedDiff(const std::string& path,
                        const std::optional<std::string>& before,
                        const std::optional<std::string>& after);

} // namespace sightglass
