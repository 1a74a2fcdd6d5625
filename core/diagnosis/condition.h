// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/diagnosis/diagnosis.h"
#include "core/diagnosis/facts.h"

#include <span>
#include <string>

namespace sightglass {

/// One state a database or chain can be in: a file of core/diagnosis/conditions, a line in the list
/// of core/diagnosis/CMakeLists.txt. The order of that list is the precedence: the first that holds
/// names the state, the others that hold become alsoHolds.
struct Condition
{
    DatabaseState state;
    bool (*holds)(const Facts& facts);
    /// One sentence: the title when it leads, an evidence when it only also holds.
    std::string (*title)(const Facts& facts);
    /// Fills severity, detail, evidence and options; called only for the one that leads.
    void (*describe)(const Facts& facts, Diagnosis& diagnosis);
};

std::span<const Condition* const> conditionTable();

} // namespace sightglass
