// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/command.h"
#include "app/cli/command_support.h"
#include "core/base/error.h"
#include "core/report/text_report.h"

#include <CLI/CLI.hpp>

#include <filesystem>
#include <memory>
#include <ostream>

namespace sightglass::commands::report {

namespace {

ExitStatus run(const CommonOptions& common, const std::string& file, CommandContext& context)
{
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
    const auto written = writeFile(file, markdownReport(*inspection));
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
    const auto file = std::make_shared<std::string>();
    app.add_option("-o,--output", *file, "file to write: .md")->type_name("FILE")->required();
    app.callback([file, &common, &context, status] { *status = run(common, *file, context); });
}

} // namespace

extern const Command command{
    .name = "report",
    .summary = "Everything on one page, as Markdown",
    .examples = "  sightglass-cli report -o report.md\n"
                "  sightglass-cli report -o shop.md --dsn postgresql://app@localhost/shop",
    .declare = declare,
};

} // namespace sightglass::commands::report
