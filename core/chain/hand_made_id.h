// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

namespace sightglass {

/// True for ids typed along the keyboard or the alphabet: a1b2c3d4e5f6, 123456789abc, aaaa1111bbbb,
/// abcabcabcabc. Words, dates and counted ids (0001) are a legitimate style and never meant.
bool looksHandMade(std::string_view id);

} // namespace sightglass
