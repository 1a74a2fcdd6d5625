// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/command.h"
#include "app/cli/command_support.h"
#include "app/cli/draw_picture.h"
#include "core/base/error.h"
#include "core/report/dot_report.h"

#include <CLI/CLI.hpp>

#include <filesystem>
#include <memory>
#include <ostream>

namespace sightglass::commands::draw {

namespace {

struct Options
{
    std::string file;
    std::string theme = "light";
};

ExitStatus run(const CommonOptions& common, const Options& options, CommandContext& context)
{
    const std::string kind = std::filesystem::path(options.file).extension().string();
    if (kind != ".svg" && kind != ".png" && kind != ".dot") {
        printError(
            context,
            {.code = ErrorCode::Usage,
             .message = printable(options.file) + " is no kind of picture that can be written.",
             .nextStep = "Name a file that ends in .svg, .png or .dot."});
        return ExitStatus::UsageError;
    }
    ExitStatus status = ExitStatus::Done;
    const auto inspection = readInspection(requestOf(common), context, &status);
    if (!inspection)
        return status;
    const auto drawn = kind == ".dot"
                           ? writeFile(options.file, graphDot(*inspection))
                           : drawPicture(*inspection, options.file, options.theme == "dark");
    if (!drawn) {
        printError(context, drawn.error());
        return ExitStatus::UsageError;
    }
    context.err << "Wrote " << printable(options.file) << ".\n";
    return status;
}

void declare(CLI::App& app,
             const CommonOptions& common,
             CommandContext& context,
             ExitStatus* status)
{
    const auto options = std::make_shared<Options>();
    app.add_option("-o,--output", options->file, "file to write: .svg, .png or .dot")
        ->type_name("FILE")
        ->required();
    app.add_option("--theme", options->theme, "light or dark (default: light)")
        ->type_name("THEME")
        ->check(CLI::IsMember({"light", "dark"}));
    app.callback(
        [options, &common, &context, status] { *status = run(common, *options, context); });
}

} // namespace

extern const Command command{
    .name = "draw",
    .summary = "The graph as SVG, PNG or DOT",
    .examples =
        "  sightglass-cli draw -o graph.svg\n"
        "  sightglass-cli draw -o graph.png --theme dark --dsn postgresql://app@localhost/shop\n"
        "  sightglass-cli draw -o graph.dot",
    .declare = declare,
};

} // namespace sightglass::commands::draw
