// SPDX-License-Identifier: GPL-3.0-or-later
// Methods of str that look at letters: lower, title, isdigit …
#include "core/evaluation/containers.h"
#include "core/evaluation/evaluator.h"

#include <algorithm>
#include <array>

namespace sightglass {

namespace {

const std::string& self(const Value& value)
{
    return *value.asText();
}

/// Case and character classes are followed for ASCII only.
bool isAscii(std::string_view text)
{
    return std::ranges::all_of(text,
                               [](char each) { return static_cast<unsigned char>(each) < 0x80; });
}

bool isSpace(char each)
{
    return each == ' ' || (each >= '\t' && each <= '\r') || (each >= 0x1c && each <= 0x1f);
}

bool isUpper(char each)
{
    return each >= 'A' && each <= 'Z';
}

bool isLower(char each)
{
    return each >= 'a' && each <= 'z';
}

bool isDigit(char each)
{
    return each >= '0' && each <= '9';
}

char toLower(char each)
{
    return isUpper(each) ? static_cast<char>(each - 'A' + 'a') : each;
}

char toUpper(char each)
{
    return isLower(each) ? static_cast<char>(each - 'a' + 'A') : each;
}

Evaluated notFollowed(std::string_view method)
{
    return Unknown{"str." + std::string(method) + "() of letters that are not followed"};
}

template <char (*Change)(char)>
Evaluated changed(Evaluator&, const Value& value, const Arguments&)
{
    if (!isAscii(self(value)))
        return notFollowed("lower");
    std::string made = self(value);
    std::ranges::transform(made, made.begin(), Change);
    return Value(std::move(made));
}

Evaluated capitalize(Evaluator&, const Value& value, const Arguments&)
{
    if (!isAscii(self(value)))
        return notFollowed("capitalize");
    std::string made = self(value);
    std::ranges::transform(made, made.begin(), toLower);
    if (!made.empty())
        made[0] = toUpper(made[0]);
    return Value(std::move(made));
}

Evaluated title(Evaluator&, const Value& value, const Arguments&)
{
    if (!isAscii(self(value)))
        return notFollowed("title");
    std::string made = self(value);
    bool inside = false;
    for (char& each : made) {
        each = inside ? toLower(each) : toUpper(each);
        inside = isUpper(each) || isLower(each);
    }
    return Value(std::move(made));
}

Evaluated swapcase(Evaluator&, const Value& value, const Arguments&)
{
    if (!isAscii(self(value)))
        return notFollowed("swapcase");
    std::string made = self(value);
    for (char& each : made)
        each = isUpper(each) ? toLower(each) : toUpper(each);
    return Value(std::move(made));
}

template <bool (*Is)(char)>
Evaluated allAre(Evaluator&, const Value& value, const Arguments&)
{
    if (!isAscii(self(value)))
        return notFollowed("is…");
    return Value(!self(value).empty() && std::ranges::all_of(self(value), Is));
}

bool isLetter(char each)
{
    return isUpper(each) || isLower(each);
}

bool isLetterOrDigit(char each)
{
    return isLetter(each) || isDigit(each);
}

bool isWordCharacter(char each)
{
    return isLetterOrDigit(each) || each == '_';
}

template <bool (*Is)(char), bool (*IsNot)(char)>
Evaluated casedAs(Evaluator&, const Value& value, const Arguments&)
{
    if (!isAscii(self(value)))
        return notFollowed("isupper");
    return Value(std::ranges::any_of(self(value), Is) && std::ranges::none_of(self(value), IsNot));
}

Evaluated isidentifier(Evaluator&, const Value& value, const Arguments&)
{
    if (!isAscii(self(value)))
        return notFollowed("isidentifier");
    return Value(!self(value).empty() && !isDigit(self(value)[0]) &&
                 std::ranges::all_of(self(value), isWordCharacter));
}

constexpr std::array methods{
    Method{"capitalize", capitalize},
    Method{"casefold", changed<toLower>},
    Method{"isalnum", allAre<isLetterOrDigit>},
    Method{"isalpha", allAre<isLetter>},
    Method{"isdecimal", allAre<isDigit>},
    Method{"isdigit", allAre<isDigit>},
    Method{"isidentifier", isidentifier},
    Method{"islower", casedAs<isLower, isUpper>},
    Method{"isnumeric", allAre<isDigit>},
    Method{"isspace", allAre<isSpace>},
    Method{"isupper", casedAs<isUpper, isLower>},
    Method{"lower", changed<toLower>},
    Method{"swapcase", swapcase},
    Method{"title", title},
    Method{"upper", changed<toUpper>},
};

} // namespace

std::optional<MethodBody> textCaseMethod(std::string_view name)
{
    const auto* found = std::ranges::find(methods, name, &Method::name);
    return found == methods.end() ? std::nullopt : std::optional(found->run);
}

} // namespace sightglass
