// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/project/shell_reader.h"

#include <map>
#include <string>
#include <vector>

namespace sightglass {

/// Which branch each `case` of a script takes for the arguments that the script is given, by the
/// number of the `case`: those whose word is an argument, or a variable that only takes one. What
/// can't be told has no entry; 0: none of its branches.
std::map<int, int> takenArms(const std::vector<ShellCommand>& commands,
                             const std::vector<std::string>& arguments);

/// Whether a command stands in a branch that is surely not taken.
bool isInOtherArm(const ShellCommand& command, const std::map<int, int>& taken);

} // namespace sightglass
