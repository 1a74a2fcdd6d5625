// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

namespace sightglass {

/// What change::Opaque says of a statement that the parser refuses; the parser's words are the
/// reason.
inline constexpr std::string_view unparsedSql = "runs SQL that PostgreSQL can't parse";

} // namespace sightglass
