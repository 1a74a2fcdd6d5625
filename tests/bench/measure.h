// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <functional>
#include <string>
#include <vector>

namespace sightglass::bench {

/// Median wall time of `runs` calls. A call that gives a sentence has failed; the sentence is
/// printed and the program ends with status 1, so that no figure rests on a failure.
std::chrono::duration<double> medianOf(int runs, const std::function<std::string()>& call);

/// A program run to its end.
struct Child
{
    std::string problem; ///< why it is no good; empty: it ended well
    std::chrono::duration<double> time{};
    double peakMegabytes = 0;
};

/// Runs it with `settings` ("NAME=value") added to the environment and its output thrown away.
Child runChild(const std::vector<std::string>& command, const std::vector<std::string>& settings);

/// One line of the table: a figure beside the greatest one aimed at.
void printFigure(const std::string& what, double figure, const std::string& unit, double aim);

/// One line of the table: ours, theirs, and the ratio beside the one aimed at.
void printRatio(const std::string& what,
                std::chrono::duration<double> ours,
                const std::string& theirName,
                std::chrono::duration<double> theirs,
                double aim);

} // namespace sightglass::bench
