// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/python/literal.h"

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sightglass {

/// A call whose arguments were evaluated.
struct PureCall
{
    std::string_view name; ///< of the function, or of the method after the dot
    std::vector<Literal> arguments;
    std::vector<std::pair<std::string_view, Literal>> keywords;
    bool splat = false; ///< *args or **kwargs were passed
};

/// Whether a name that nothing binds is one of Python's functions and types.
bool isBuiltin(std::string_view name);

/// tuple(x), str(x), frozenset(x) and the like; empty when it is not one of them or not decidable.
std::optional<Literal> pureFunction(const PureCall& call);

/// "…".format(…), "…".join(…), .lower() and the like.
std::optional<Literal> pureMethod(const Literal& object, const PureCall& call);

/// What str(value) gives; empty for anything but text, integers, booleans and None.
std::optional<std::string> asText(const Literal& value);

/// format % value with %s, %d, %i, %%, %(name)s; empty for anything else.
std::optional<std::string> percentFormatted(std::string_view format, const Literal& value);

} // namespace sightglass
