// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/name_pattern.h"

#include <string>

namespace sightglass {

namespace {

/// `*` stands for any characters; the last one met is tried at ever later places.
bool matches(std::string_view text, std::string_view pattern)
{
    std::size_t t = 0;
    std::size_t p = 0;
    std::size_t star = std::string_view::npos;
    std::size_t resume = 0;
    while (t < text.size()) {
        if (p < pattern.size() && pattern[p] == '*') {
            star = p++;
            resume = t;
        } else if (p < pattern.size() && pattern[p] == text[t]) {
            ++p;
            ++t;
        } else if (star != std::string_view::npos) {
            p = star + 1;
            t = ++resume;
        } else {
            return false;
        }
    }
    while (p < pattern.size() && pattern[p] == '*')
        ++p;
    return p == pattern.size();
}

} // namespace

bool matchesPattern(const QualifiedName& table, std::string_view pattern)
{
    const std::string schema = table.schema.empty() ? "public" : table.schema;
    if (pattern.find('.') == std::string_view::npos)
        return schema == "public" && matches(table.name, pattern);
    return matches(schema + "." + table.name, pattern);
}

} // namespace sightglass
