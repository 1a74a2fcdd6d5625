// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/measure.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <vector>

namespace sightglass::bench {

std::chrono::duration<double> medianOf(int runs, const std::function<std::string()>& call)
{
    std::vector<std::chrono::duration<double>> times;
    for (int i = 0; i < runs; ++i) {
        const auto start = std::chrono::steady_clock::now();
        const std::string problem = call();
        times.emplace_back(std::chrono::steady_clock::now() - start);
        if (!problem.empty()) {
            std::fprintf(stderr, "bench: %s\n", problem.c_str());
            std::exit(1); // NOLINT(concurrency-mt-unsafe): one thread
        }
    }
    std::ranges::sort(times);
    return times[times.size() / 2];
}

void printRatio(const std::string& what,
                std::chrono::duration<double> ours,
                const std::string& theirName,
                std::chrono::duration<double> theirs,
                double aim)
{
    const double ratio = ours.count() / theirs.count();
    std::printf("%-46s %9.3f s   %-24s %9.3f s   ratio %7.4f   aim %6.3f   %s\n",
                what.c_str(),
                ours.count(),
                theirName.c_str(),
                theirs.count(),
                ratio,
                aim,
                ratio <= aim ? "reached" : "NOT REACHED");
    std::fflush(stdout);
}

} // namespace sightglass::bench
