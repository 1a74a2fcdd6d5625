// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/base/run_context.h"

#include <chrono>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace sightglass {

/// A program to run; never through a shell. Secrets go into `environment`, never into `arguments`.
struct ProcessRequest
{
    std::string program; ///< path, or a name looked up on PATH
    std::vector<std::string> arguments;
    std::map<std::string, std::string> environment; ///< added to ours
    std::string workingDirectory;
    std::string input; ///< written to its standard input, then closed
    std::chrono::milliseconds limit{60'000};
    /// Told what it says on either stream, as it says it, in pieces of any length.
    std::function<void(std::string_view)> onOutput = {};
    /// Called about twenty times a second while it runs.
    std::function<void()> onWait = {};
    /// The programs that it starts belong to it: a stop ends them all, first by asking. It ends by
    /// itself when this program ends in any way.
    bool withChildren = false;
};

struct ProcessOutcome
{
    int exitCode = 0;
    std::string output;
    std::string errors;
};

/// Runs a program to its end and gives what it said.
///
/// errors  NotFound     no such program
///         TimedOut     still running after `limit`; it was killed
///         Cancelled    the token was set; it was killed
///         QueryFailed  it was ended by a signal
///         A program that ends with a status other than 0 is an outcome, not an error.
/// cost    notices the stop token within 50 ms.
Result<ProcessOutcome> runProcess(const ProcessRequest& request, const RunContext& run);

} // namespace sightglass
