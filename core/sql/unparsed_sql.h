// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/operations/changes.h"

#include <string_view>

namespace sightglass {

/// What change::Opaque says of a statement that the parser refuses; the parser's words are the
/// reason.
inline constexpr std::string_view unparsedSql = "runs SQL that PostgreSQL can't parse";

/// What it says of DROP OWNED BY.
inline constexpr std::string_view dropOwnedSql = "drops everything that a role owns";

/// The server's parser refuses it too (42601): what happens is known. `reason` has the words.
inline bool isSyntaxError(const Change& change, std::string_view reason)
{
    const auto* const opaque = std::get_if<change::Opaque>(&change);
    return opaque != nullptr && opaque->what == unparsedSql && reason.starts_with("syntax error");
}

} // namespace sightglass
