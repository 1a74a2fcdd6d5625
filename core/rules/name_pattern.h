// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/schema/relation.h"

#include <string_view>

namespace sightglass {

/// Whether a table's full name matches a pattern of sightglass.toml: `*` stands for any characters;
/// a pattern without a schema means public, or whatever schema where it begins with `*.`.
bool matchesPattern(const QualifiedName& table, std::string_view pattern);

} // namespace sightglass
