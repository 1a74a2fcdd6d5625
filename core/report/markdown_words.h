// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace sightglass {

/// Plain text of foreign origin inside Markdown: nothing in it may become markup or leave its line.
std::string markdownText(std::string_view text);
/// Text as code inside a line; the fence is longer than any run of backticks in it.
std::string markdownCode(std::string_view text);
/// Lines of code, indented so that they may stand in a list.
std::string markdownBlock(std::string_view language, const std::string& text);

} // namespace sightglass
