// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/measure.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

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

Child runChild(const std::vector<std::string>& command, const std::vector<std::string>& settings)
{
    std::vector<std::string> words = {"env"};
    words.insert(words.end(), settings.begin(), settings.end());
    words.insert(words.end(), command.begin(), command.end());
    std::vector<char*> arguments;
    for (std::string& word : words)
        arguments.push_back(word.data());
    arguments.push_back(nullptr);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    pid_t child = 0;
    const auto start = std::chrono::steady_clock::now();
    const int failed = posix_spawnp(&child, "env", &actions, nullptr, arguments.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    if (failed != 0)
        return {.problem = "env can't be started"};
    int status = 0;
    rusage used{};
    if (wait4(child, &status, 0, &used) != child)
        return {.problem = "the child is lost"};
    Child result{.problem = {},
                 .time = std::chrono::steady_clock::now() - start,
                 .peakMegabytes = static_cast<double>(used.ru_maxrss) / 1024};
    if (!WIFEXITED(status) || WEXITSTATUS(status) > 1)
        result.problem = command.front() + " failed";
    return result;
}

void printFigure(const std::string& what, double figure, const std::string& unit, double aim)
{
    std::printf("%-46s %9.1f %-50s aim %6.1f   %s\n",
                what.c_str(),
                figure,
                unit.c_str(),
                aim,
                figure <= aim ? "reached" : "NOT REACHED");
    std::fflush(stdout);
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
