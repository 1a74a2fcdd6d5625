// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace sightglass {

/// The text as Python's repr() shows a str: quoted, control characters escaped.
std::string pythonRepr(std::string_view text);
/// The texts as Python shows a tuple of str: ('a',) or ('a', 'b').
std::string pythonTuple(std::span<const std::string> texts);
/// Texts with a separator between.
std::string joined(std::span<const std::string> texts, std::string_view separator);

} // namespace sightglass
