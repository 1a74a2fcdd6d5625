// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/actions/work.h"
#include "core/base/error.h"
#include "core/live/connection_target.h"
#include "core/process/run_process.h"

namespace sightglass {

namespace {

/// The last line that says something.
std::string lastLine(std::string_view text)
{
    while (!text.empty() && (text.back() == '\n' || text.back() == ' ' || text.back() == '\r'))
        text.remove_suffix(1);
    const std::size_t begin = text.rfind('\n');
    return printable(
        withoutSecrets(begin == std::string_view::npos ? text : text.substr(begin + 1)));
}

} // namespace

WorkOutcome performCommand(const CommandWork& work,
                           const std::function<void(std::string_view)>& output,
                           const RunContext& run)
{
    using End = WorkOutcome::End;
    if (work.argv.empty())
        return {.end = End::Nothing,
                .error = Error{.code = ErrorCode::Usage, .message = "The command is empty."}};
    const auto outcome = runProcess({.program = work.argv.front(),
                                     .arguments = {work.argv.begin() + 1, work.argv.end()},
                                     .environment = work.environment,
                                     .workingDirectory = work.directory,
                                     .input = {},
                                     .limit = work.limit,
                                     .onOutput = output,
                                     .withChildren = true},
                                    run);
    if (!outcome) {
        const bool notStarted = outcome.error().code == ErrorCode::NotFound;
        return {.end = notStarted ? End::Nothing : End::Partly, .error = outcome.error()};
    }
    if (outcome->exitCode == 0)
        return {};
    const std::string said = lastLine(outcome->errors.empty() ? outcome->output : outcome->errors);
    return {.end = End::Partly,
            .error = Error{.code = ErrorCode::QueryFailed,
                           .message = printable(work.argv.front()) + " ended with status " +
                                      std::to_string(outcome->exitCode) +
                                      (said.empty() ? "." : ": " + said + "."),
                           .nextStep = "See what it did before it is run again."}};
}

} // namespace sightglass
