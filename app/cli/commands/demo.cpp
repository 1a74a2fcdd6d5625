// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/demos/demo.h"

#include "app/cli/command.h"
#include "app/cli/command_support.h"
#include "core/report/json_values.h"
#include "core/report/text_layout.h"
#include "core/report/text_report.h"

#include <CLI/CLI.hpp>

#include <condition_variable>
#include <memory>
#include <mutex>
#include <ostream>
#include <stop_token>

namespace sightglass::commands::demo {

namespace {

struct Options
{
    std::string name;
    bool serve = false;
};

ExitStatus list(const CommonOptions& common, CommandContext& context)
{
    const auto folder = demosFolder();
    const auto demos =
        folder ? listDemos(*folder) : Result<std::vector<DemoDescription>>(failure(folder.error()));
    if (!demos) {
        printError(context, demos.error());
        return ExitStatus::UsageError;
    }
    if (common.format == "json") {
        auto value = json::document("demo");
        value["demos"] = json::Value::array();
        for (const DemoDescription& demo : *demos) {
            value["demos"].push_back({{"name", demo.name},
                                      {"title", demo.title},
                                      {"summary", demo.summary},
                                      {"database", demo.database}});
        }
        context.out << json::text(value);
        return ExitStatus::Done;
    }
    std::size_t width = 0;
    for (const DemoDescription& demo : *demos)
        width = std::max(width, columnsOf(demo.name));
    for (const DemoDescription& demo : *demos)
        context.out << wrapped(padded(demo.name, width) + "  ", demo.title + ". " + demo.summary);
    return ExitStatus::Done;
}

void printPlace(const RunningDemo& demo, const CommonOptions& common, CommandContext& context)
{
    if (common.format == "json") {
        auto value = json::document("demo");
        value["name"] = demo.description.name;
        value["project"] = demo.project.string();
        value["dsn"] = demo.dsn.empty() ? json::Value(nullptr) : json::Value(demo.dsn);
        context.out << json::text(value);
    } else {
        context.out << "project  " << demo.project.string() << "\n"
                    << "dsn      " << (demo.dsn.empty() ? "none" : demo.dsn) << "\n";
    }
    context.out.flush(); // whoever waits for these lines must not wait for the end
}

void waitForStop(const std::stop_token& stop)
{
    std::mutex mutex;
    std::condition_variable_any condition;
    std::unique_lock lock(mutex);
    condition.wait(lock, stop, [] { return false; });
}

ExitStatus show(const RunningDemo& demo, const CommonOptions& common, CommandContext& context)
{
    InspectRequest request;
    request.project.start = demo.project;
    request.dsn = demo.dsn;
    ExitStatus status = ExitStatus::Done;
    const auto inspection = readInspection(request, context, &status);
    if (!inspection || status != ExitStatus::Done)
        return status;
    // What the incident is, is shown; the status is that of the demo, which worked.
    if (common.format == "text")
        context.out << "\n" << diagnoseText(*inspection);
    return ExitStatus::Done;
}

ExitStatus run(const CommonOptions& common, const Options& options, CommandContext& context)
{
    if (options.name.empty())
        return list(common, context);
    const auto demo = startDemo(options.name, context.run);
    if (!demo) {
        printError(context, demo.error());
        const ErrorCode code = demo.error().code;
        const bool ours = code == ErrorCode::Usage || code == ErrorCode::Cancelled;
        return ours ? statusOf(demo.error()) : ExitStatus::NoDatabase;
    }
    printPlace(*demo, common, context);
    if (!options.serve)
        return show(*demo, common, context);
    context.err << "Serving " << options.name
                << " until Ctrl+C; the database and the project's copy go then.\n";
    context.err.flush();
    waitForStop(context.run.stop);
    return ExitStatus::Done;
}

void declare(CLI::App& app,
             const CommonOptions& common,
             CommandContext& context,
             ExitStatus* status)
{
    const auto options = std::make_shared<Options>();
    app.add_option("NAME", options->name, "the incident to start; without it they are listed");
    app.add_flag("--serve", options->serve, "keep it running until Ctrl+C");
    app.callback(
        [options, &common, &context, status] { *status = run(common, *options, context); });
}

} // namespace

extern const Command command{
    .name = "demo",
    .summary = "A private PostgreSQL with one incident in it, to learn on",
    .examples =
        "  sightglass-cli demo                        lists the incidents\n"
        "  sightglass-cli demo broken-chain           starts one, diagnoses it, takes it down\n"
        "  sightglass-cli demo broken-chain --serve   keeps it until Ctrl+C",
    .declare = declare,
};

} // namespace sightglass::commands::demo
