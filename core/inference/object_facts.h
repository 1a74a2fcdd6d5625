// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/inference/schema_lines.h"

#include <compare>
#include <cstdint>
#include <string_view>
#include <vector>

namespace sightglass {

/// One line of an object as two numbers: which line it is, and what it says.
struct Fact
{
    std::uint64_t key = 0;
    std::uint64_t definition = 0;
    friend auto operator<=>(const Fact&, const Fact&) = default;
};

/// The number of everything that is found under a name.
std::uint64_t objectNumber(const QualifiedName& name);
/// The key of a line of an object. `kind` and `part` are those of a Difference.
std::uint64_t
factKey(const QualifiedName& object, std::string_view kind, std::string_view part = {});
/// The lines of one object as facts.
std::vector<Fact> factsOf(const QualifiedName& object, const std::vector<ObjectLine>& lines);
/// A number for a fact that can be summed: sums of the same facts are the same in any order.
std::uint64_t summand(const Fact& fact);

} // namespace sightglass
