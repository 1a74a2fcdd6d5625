// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/differences/differences.h"

#include <string>
#include <string_view>
#include <vector>

namespace sightglass {

/// One line of what an object is: itself, or a column, constraint, index, trigger, policy of it.
struct ObjectLine
{
    std::string_view kind;  ///< as Difference::kind
    std::string part;       ///< as Difference::part; empty: the object itself
    std::string definition; ///< in the one spelling that differencesBetween compares
};

/// The lines that differencesBetween compares, the object's own first, each kind and part once.
///
/// cost  linear in its parts
std::vector<ObjectLine> linesOf(const Table& table, const DifferenceSettings& settings = {});
std::vector<ObjectLine> linesOf(const View& view, const DifferenceSettings& settings = {});
std::vector<ObjectLine> linesOf(const EnumType& type, const DifferenceSettings& settings = {});
std::vector<ObjectLine> linesOf(const Domain& domain, const DifferenceSettings& settings = {});
std::vector<ObjectLine> linesOf(const Sequence& sequence, const DifferenceSettings& settings = {});
std::vector<ObjectLine> linesOf(const Function& function, const DifferenceSettings& settings = {});

} // namespace sightglass
