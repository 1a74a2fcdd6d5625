// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace sightglass {

/// A revision named by a walk: branch@symbol+2.
struct RelativeText
{
    std::optional<std::string> branch;
    std::optional<std::string> symbol;
    std::string steps;      ///< as written, with its sign
    std::int64_t count = 0; ///< signed; held at ±1e18 when longer
    bool isWhole = true;    ///< nothing follows the digits

    /// The number as Python prints it: no plus sign, no leading zeros.
    std::string number() const;
    /// The same without a sign.
    std::string magnitude() const;
};

/// The walk that `text` begins with; what follows the digits is passed over, as in Alembic.
///
/// source  Alembic 1.8 and 1.19, script/revision.py _relative_destination. Letters beyond ASCII
/// count as
///         word characters whatever they are.
std::optional<RelativeText> relativeTextOf(std::string_view text);

/// The text as Python's int() reads it, held at ±1e18; nothing when it would refuse.
std::optional<std::int64_t> pythonInteger(std::string_view text);

} // namespace sightglass
