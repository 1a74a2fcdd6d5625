// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/process/run_process.h"

#include <QProcess>
#include <QProcessEnvironment>

namespace sightglass {

namespace {

constexpr int tokenPollMs = 50;

QString toQt(const std::string& text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

Error endedEarly(ErrorCode code, const std::string& program, const std::string& how)
{
    return {.code = code, .message = program + " " + how + "."};
}

/// Waits for the end. Gives the reason when it was cut short.
std::optional<Error> waitForEnd(QProcess& process, const ProcessRequest& request, const RunContext& run)
{
    const auto end = std::chrono::steady_clock::now() + request.limit;
    while (!process.waitForFinished(tokenPollMs)) {
        if (process.state() == QProcess::NotRunning)
            return std::nullopt;
        const bool late = std::chrono::steady_clock::now() > end;
        if (!run.stopRequested() && !late)
            continue;
        process.kill();
        process.waitForFinished(5'000);
        return run.stopRequested() ? endedEarly(ErrorCode::Cancelled, request.program, "was stopped")
                                   : endedEarly(ErrorCode::TimedOut, request.program, "took too long and was ended");
    }
    return std::nullopt;
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
    process.start(toQt(request.program), arguments);
    if (!process.waitForStarted()) {
        return failure(Error{.code = ErrorCode::NotFound,
                             .message = "Can't start " + request.program + ": " +
                                        process.errorString().toStdString() + ".",
                             .nextStep = "Install it or put its folder on PATH."});
    }
    process.write(request.input.data(), static_cast<qint64>(request.input.size()));
    process.closeWriteChannel();
    if (auto error = waitForEnd(process, request, run))
        return failure(std::move(*error));
    if (process.exitStatus() != QProcess::NormalExit)
        return failure(endedEarly(ErrorCode::QueryFailed, request.program, "ended abnormally"));
    return ProcessOutcome{.exitCode = process.exitCode(),
                          .output = process.readAllStandardOutput().toStdString(),
                          .errors = process.readAllStandardError().toStdString()};
}

} // namespace sightglass
