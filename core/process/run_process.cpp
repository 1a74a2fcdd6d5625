// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/process/run_process.h"

#include <QProcess>
#include <QProcessEnvironment>

#include <csignal>

#include <sys/prctl.h>
#include <unistd.h>

namespace sightglass {

namespace {

constexpr int tokenPollMs = 50;
constexpr int askedToEndMs = 600;

QString toQt(const std::string& text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

Error endedEarly(ErrorCode code, const std::string& program, const std::string& how)
{
    return {.code = code, .message = program + " " + how + "."};
}

/// What was said since the last look goes to the outcome, and to who listens.
void take(QProcess& process, const ProcessRequest& request, ProcessOutcome& outcome)
{
    const std::string output = process.readAllStandardOutput().toStdString();
    const std::string errors = process.readAllStandardError().toStdString();
    outcome.output += output;
    outcome.errors += errors;
    for (const std::string& said : {output, errors}) {
        if (request.onOutput && !said.empty())
            request.onOutput(said);
    }
}

void end(QProcess& process, const ProcessRequest& request)
{
    const auto group = static_cast<pid_t>(process.processId());
    if (request.withChildren && group > 0) {
        ::kill(-group, SIGTERM);
        process.waitForFinished(askedToEndMs);
        ::kill(-group, SIGKILL); // the group outlives its first process
    }
    process.kill();
    process.waitForFinished(5'000);
}

/// Waits for the end. Gives the reason when it was cut short.
std::optional<Error> waitForEnd(QProcess& process,
                                const ProcessRequest& request,
                                const RunContext& run,
                                ProcessOutcome& outcome)
{
    const auto deadline = std::chrono::steady_clock::now() + request.limit;
    while (!process.waitForFinished(tokenPollMs)) {
        if (process.state() == QProcess::NotRunning)
            return std::nullopt;
        take(process, request, outcome);
        if (request.onWait)
            request.onWait();
        const bool late = std::chrono::steady_clock::now() > deadline;
        if (!run.stopRequested() && !late)
            continue;
        end(process, request);
        return run.stopRequested() ? endedEarly(ErrorCode::Cancelled, request.program, "was stopped")
                                   : endedEarly(ErrorCode::TimedOut, request.program, "took too long and was ended");
    }
    return std::nullopt;
}

/// Runs in the child before the program does.
void becomeLeaderOfAGroup()
{
    ::setpgid(0, 0);
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
}

} // namespace

Result<ProcessOutcome> runProcess(const ProcessRequest& request, const RunContext& run)
{
    if (run.stopRequested())
        return failure(endedEarly(ErrorCode::Cancelled, request.program, "was not started"));
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const auto& [name, value] : request.environment)
        environment.insert(toQt(name), toQt(value));
    process.setProcessEnvironment(environment);
    if (!request.workingDirectory.empty())
        process.setWorkingDirectory(toQt(request.workingDirectory));
    QStringList arguments;
    for (const std::string& argument : request.arguments)
        arguments << toQt(argument);
    if (request.withChildren)
        process.setChildProcessModifier(becomeLeaderOfAGroup);
    process.start(toQt(request.program), arguments);
    if (!process.waitForStarted()) {
        return failure(Error{.code = ErrorCode::NotFound,
                             .message = "Can't start " + request.program + ": " +
                                        process.errorString().toStdString() + ".",
                             .nextStep = "Install it or put its folder on PATH."});
    }
    process.write(request.input.data(), static_cast<qint64>(request.input.size()));
    process.closeWriteChannel();
    ProcessOutcome outcome;
    if (auto error = waitForEnd(process, request, run, outcome))
        return failure(std::move(*error));
    take(process, request, outcome);
    if (process.exitStatus() != QProcess::NormalExit)
        return failure(endedEarly(ErrorCode::QueryFailed, request.program, "ended abnormally"));
    outcome.exitCode = process.exitCode();
    return outcome;
}

} // namespace sightglass
