// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/markdown_words.h"

#include "core/base/error.h"

#include <algorithm>

namespace sightglass {

namespace {

std::size_t longestBackticks(std::string_view text)
{
    std::size_t longest = 0;
    std::size_t run = 0;
    for (const char c : text) {
        run = c == '`' ? run + 1 : 0;
        longest = std::max(longest, run);
    }
    return longest;
}

} // namespace

std::string markdownText(std::string_view text)
{
    std::string result;
    for (const char c : printable(text)) {
        if (c == '<')
            result += "&lt;";
        else if (c == '&')
            result += "&amp;";
        else if (std::string_view("\\`*_[]|#>~").find(c) != std::string_view::npos)
            result += std::string("\\") + c;
        else
            result += c;
    }
    return result;
}

std::string markdownCode(std::string_view text)
{
    std::string cell; // a bar would end the table cell even inside code
    for (const char c : printable(text))
        cell += c == '|' ? std::string("¦") : std::string(1, c);
    const std::size_t longest = longestBackticks(cell);
    const std::string fence(longest + 1, '`');
    const std::string space = longest > 0 ? " " : "";
    return fence + space + cell + space + fence;
}

std::string markdownBlock(std::string_view language, const std::string& text)
{
    std::string shown;
    std::string_view rest = text;
    while (!rest.empty()) {
        const auto end = std::min(rest.find('\n'), rest.size());
        shown += "   " + printable(rest.substr(0, end)) + "\n";
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    const std::string fence(std::max<std::size_t>(3, longestBackticks(text) + 1), '`');
    return "\n   " + fence + std::string(language) + "\n" + shown + "   " + fence + "\n";
}

} // namespace sightglass
