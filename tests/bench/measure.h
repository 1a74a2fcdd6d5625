// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <functional>
#include <string>

namespace sightglass::bench {

/// Median wall time of `runs` calls. A call that gives a sentence has failed; the sentence is
/// printed and the program ends with status 1, so that no figure rests on a failure.
std::chrono::duration<double> medianOf(int runs, const std::function<std::string()>& call);

/// One line of the table: ours, theirs, and the ratio beside the one aimed at.
void printRatio(const std::string& what,
                std::chrono::duration<double> ours,
                const std::string& theirName,
                std::chrono::duration<double> theirs,
                double aim);

} // namespace sightglass::bench
