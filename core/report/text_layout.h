// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace sightglass {

/// Columns that text takes on a terminal, one a character of UTF-8.
std::size_t columnsOf(std::string_view text);
/// `text` filled with blanks up to `width` columns.
std::string padded(std::string_view text, std::size_t width);
/// `text` broken at blanks into lines of at most `width` columns; words that are longer stand
/// alone. The first line begins with `first`, the others with as many blanks. Ends in a newline.
std::string wrapped(std::string_view first, std::string_view text, std::size_t width = 100);
/// Rows as aligned columns with two blanks between; control characters visible, no blanks at line
/// ends.
std::string aligned(const std::vector<std::vector<std::string>>& rows, std::string_view indent);
/// "12 kB", "640 MB": sizes for people.
std::string sizeText(long long bytes);

} // namespace sightglass
