// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/action_context.h"
#include "app/cli/command.h"
#include "app/cli/command_support.h"
#include "core/base/error.h"
#include "core/report/incident_report.h"
#include "core/report/text_report.h"

#include <CLI/CLI.hpp>

#include <filesystem>
#include <memory>
#include <optional>
#include <ostream>

namespace sightglass::commands::report {

namespace {

struct Options
{
    std::string file;
    bool incident = false;
};

/// The page, or nothing with the error printed.
std::optional<std::string>
pageOf(const Inspection& inspection, bool incident, CommandContext& context)
{
    if (!incident)
        return markdownReport(inspection);
    const auto journal = userJournal();
    const auto reading =
        journal ? journal->read() : Result<JournalReading>(failure(journal.error()));
    if (!reading) {
        printError(context, reading.error());
        return std::nullopt;
    }
    auto entries =
        entriesOf(*reading, [&](const std::string& run) { return journal->isRunning(run); });
    return incidentReport(inspection, entriesAbout(inspection, std::move(entries)));
}

ExitStatus run(const CommonOptions& common, const Options& options, CommandContext& context)
{
    const std::string& file = options.file;
    if (std::filesystem::path(file).extension() != ".md") {
        printError(context,
                   {.code = ErrorCode::Usage,
                    .message = printable(file) + " is no kind of report that can be written.",
                    .nextStep = "Name a file that ends in .md."});
        return ExitStatus::UsageError;
    }
    ExitStatus status = ExitStatus::Done;
    InspectRequest request = requestOf(common);
    request.operations = true;
    request.review = true;
    request.probe = true;
    const auto inspection = readInspection(request, context, &status);
    if (!inspection)
        return status;
    const auto page = pageOf(*inspection, options.incident, context);
    if (!page)
        return ExitStatus::UsageError;
    const auto written = writeFile(file, *page);
    if (!written) {
        printError(context, written.error());
        return ExitStatus::UsageError;
    }
    context.err << "Wrote " << printable(file) << ".\n";
    return status;
}

void declare(CLI::App& app,
             const CommonOptions& common,
             CommandContext& context,
             ExitStatus* status)
{
    const auto options = std::make_shared<Options>();
    app.add_option("-o,--output", options->file, "file to write: .md")
        ->type_name("FILE")
        ->required();
    app.add_flag("--incident",
                 options->incident,
                 "What was done, from the journal, between how it is and what is left to do");
    app.callback(
        [options, &common, &context, status] { *status = run(common, *options, context); });
}

} // namespace

extern const Command command{
    .name = "report",
    .summary = "Everything on one page, as Markdown",
    .examples = "  sightglass-cli report -o report.md\n"
                "  sightglass-cli report -o shop.md --dsn postgresql://app@localhost/shop\n"
                "  sightglass-cli report --incident -o incident.md --dsn-from-project",
    .declare = declare,
};

} // namespace sightglass::commands::report
