// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/python/literal.h"

#include <optional>
#include <string_view>
#include <vector>

namespace sightglass {

/// Sets and dictionaries with more items keep what is repeated.
inline constexpr std::size_t comparedItems = 2'000;

/// The number of a Boolean or of an Integer that fits; empty else.
std::optional<long long> integerOf(const Literal& value);

/// Adds to the items of a set what is not there.
void addToSet(std::vector<Literal>& items, Literal item);

/// `left sign right` for + - * % |; the operand with a reason where one is not known. Empty for
/// what is not followed.
std::optional<Literal> binaryResult(std::string_view sign, Literal left, const Literal& right);

/// `sign operand` for + - ~.
Literal unaryResult(std::string_view sign, const Literal& operand);

/// What a comparison decides; `sign` is "==", "not in" and the like. Empty when it can't be known.
std::optional<bool> compared(const Literal& a, std::string_view sign, const Literal& b);

} // namespace sightglass
