// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/python/quick_tokens.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <span>
#include <string_view>

namespace sightglass {

template <std::size_t N>
bool isOneOf(std::string_view text, const std::array<std::string_view, N>& words)
{
    return std::ranges::find(words, text) != words.end();
}

bool isKeyword(std::string_view word);

/// A name that is no keyword.
bool isPlainName(const QuickToken& token);

/// Whether the tokens of one logical line, or a part of them, are an expression by simple rules;
/// what is unusual is none.
///
/// definition  the name, parameters and result of a `def`
bool isExpression(std::span<const QuickToken> tokens, bool definition = false);

/// A target such as x, x.y, x["y"].
bool isTarget(std::span<const QuickToken> tokens);

/// Where `text` stands outside all brackets; the number of tokens when nowhere.
std::size_t findAtTop(std::span<const QuickToken> tokens, std::string_view text);

} // namespace sightglass
