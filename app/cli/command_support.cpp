// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/command_support.h"

#include "core/live/connection_target.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <ostream>
#include <system_error>

namespace sightglass {

void printError(CommandContext& context, const Error& error)
{
    if (error.code == ErrorCode::Cancelled) {
        context.err << "sightglass-cli: Stopped.\n";
        return;
    }
    context.err << "sightglass-cli: " << withoutSecrets(toText(error)) << "\n";
}

ExitStatus statusOf(const Error& error)
{
    if (error.code == ErrorCode::Cancelled)
        return ExitStatus::Interrupted;
    return ExitStatus::UsageError;
}

InspectRequest requestOf(const CommonOptions& common)
{
    InspectRequest request;
    request.project = {.start = common.project,
                       .section = common.section,
                       .versionTable = common.versionTable,
                       .versionTableSchema = common.versionTableSchema};
    request.dsn = common.dsn;
    if (request.dsn.empty()) {
        // Read once, before any thread is started. NOLINTNEXTLINE(concurrency-mt-unsafe)
        if (const char* dsn = std::getenv("SIGHTGLASS_DSN"))
            request.dsn = dsn;
    }
    request.dsnFromProject = common.dsnFromProject;
    return request;
}

std::optional<Inspection>
readInspection(const InspectRequest& request, CommandContext& context, ExitStatus* status)
{
    const DiskFileSystem files;
    auto inspection = inspect(files, request, context.run);
    if (!inspection) {
        printError(context, inspection.error());
        *status = statusOf(inspection.error());
        return std::nullopt;
    }
    *status = ExitStatus::Done;
    if (inspection->liveError) {
        printError(context, *inspection->liveError);
        *status = ExitStatus::NoDatabase;
        if (inspection->liveError->code == ErrorCode::Usage) {
            *status = ExitStatus::UsageError;
            return std::nullopt;
        }
    }
    return std::move(*inspection);
}

bool hasFindingsAtOrOver(const std::vector<Finding>& findings, const std::string& threshold)
{
    constexpr std::array severities{
        Severity::Critical, Severity::High, Severity::Medium, Severity::Low, Severity::Info};
    const auto limit = std::find_if(severities.begin(), severities.end(), [&](Severity severity) {
        return toText(severity) == threshold;
    });
    if (limit == severities.end())
        return false;
    return std::any_of(findings.begin(), findings.end(), [&](const Finding& finding) {
        return finding.suppressed.empty() && finding.severity <= *limit;
    });
}

Result<void> writeFile(const std::string& file, const std::string& text)
{
    const std::string beside = file + ".part";
    std::ofstream stream(beside, std::ios::binary | std::ios::trunc);
    stream << text;
    stream.close();
    std::error_code error;
    if (stream)
        std::filesystem::rename(beside, file, error);
    if (stream && !error)
        return {};
    std::error_code ignored;
    std::filesystem::remove(beside, ignored);
    return failure(ErrorCode::NotReadable,
                   "Can't write " + printable(file) + ".",
                   "Name a folder that exists and that you may write to.");
}

} // namespace sightglass
