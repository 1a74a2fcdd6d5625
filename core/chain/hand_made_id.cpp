// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/chain/hand_made_id.h"

#include <algorithm>

namespace sightglass {

namespace {

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

bool isLetter(char c)
{
    return c >= 'a' && c <= 'z';
}

/// The next digit or letter as somebody counts who types hexadecimal ids.
bool follows(char before, char after)
{
    return after == before + 1 || (before == '9' && (after == 'a' || after == '0')) ||
           (before == 'f' && (after == 'a' || after == '0' || after == '1'));
}

/// All of it in runs of `least` and more characters of which each has `step` to the one before.
template <typename Step>
bool isMadeOfRuns(std::string_view id, std::size_t least, std::size_t most, Step step)
{
    std::size_t runs = 0;
    for (std::size_t begin = 0; begin < id.size();) {
        std::size_t end = begin + 1;
        while (end < id.size() && step(id[end - 1], id[end]))
            ++end;
        if (end - begin < least || ++runs > most)
            return false;
        begin = end;
    }
    return true;
}

/// a1b2c3d4: letters and digits by turns, each kind counting up.
bool countsByTurns(std::string_view id)
{
    for (std::size_t i = 0; i < id.size(); ++i) {
        if (i > 0 && isDigit(id[i]) == isDigit(id[i - 1]))
            return false;
        if (i > 1 && !follows(id[i - 2], id[i]))
            return false;
    }
    return true;
}

bool repeatsBlock(std::string_view id)
{
    for (std::size_t block = 1; block <= 4; ++block) {
        const bool isWhole = id.size() % block == 0 && id.size() >= 3 * block;
        if (isWhole && id.substr(block) == id.substr(0, id.size() - block))
            return true;
    }
    return false;
}

} // namespace

bool looksHandMade(std::string_view id)
{
    const bool isPlain = std::ranges::all_of(id, [](char c) { return isDigit(c) || isLetter(c); });
    const bool isNumber = std::ranges::all_of(id, isDigit);
    const bool isWord = std::ranges::all_of(id, isLetter);
    if (!isPlain || id.size() < 8 || (isNumber && id.size() < 12))
        return false;
    if (isNumber && (id.starts_with("19") || id.starts_with("20") || id.starts_with("0000")))
        return false;
    if (isWord)
        return repeatsBlock(id);
    return countsByTurns(id) || repeatsBlock(id) || isMadeOfRuns(id, 4, 3, follows) ||
           isMadeOfRuns(id, 3, 4, [](char before, char after) { return before == after; });
}

} // namespace sightglass
