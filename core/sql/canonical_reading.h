// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sql/canonical_types.h"

#include <optional>
#include <string>
#include <string_view>

namespace sightglass::canonical {

using Output = std::optional<std::string>;

inline bool isSpace(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

inline std::string_view trimmed(std::string_view text)
{
    while (!text.empty() && isSpace(text.front()))
        text.remove_prefix(1);
    while (!text.empty() && isSpace(text.back()))
        text.remove_suffix(1);
    return text;
}

inline std::string lowered(std::string_view text)
{
    std::string result(text);
    for (char& c : result)
        c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    return result;
}

/// A literal on its way from input to output function.
struct Reading
{
    std::string_view literal;
    TypeUse type;
    TypeSpace& types;
    int depth = 0;

    Output invalid(std::string_view typeWords) const
    {
        types.trouble().refuse("22P02",
                               "invalid input syntax for type " + std::string(typeWords) + ": \"" +
                                   std::string(literal) + "\"");
        return std::nullopt;
    }

    Output doubt(std::string_view why) const
    {
        types.trouble().doubt("'" + std::string(literal) + "' as " + types.spell(type.id) + ": " +
                              std::string(why));
        return std::nullopt;
    }
};

Output readBoolean(const Reading& reading);
Output readInteger(const Reading& reading);
Output readNumeric(const Reading& reading);
Output readReal(const Reading& reading);

} // namespace sightglass::canonical
