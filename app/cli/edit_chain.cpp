// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/edit_chain.h"

#include "app/action_context.h"
#include "app/cli/command_support.h"
#include "app/user_folders.h"

#include <CLI/CLI.hpp>

#include <array>
#include <chrono>
#include <cstdio>
#include <ctime>
#include <random>

namespace sightglass {

namespace {

/// A plan that can't be made: the request, or what the files hold.
ExitStatus refusedStatus(const Error& error)
{
    return error.code == ErrorCode::Unsupported ? ExitStatus::Refused : statusOf(error);
}

} // namespace

ExitStatus editChain(const ActionOptions& options,
                     const CommonOptions& common,
                     CommandContext& context,
                     const PlanEdit& makePlan)
{
    ExitStatus status = ExitStatus::Done;
    InspectRequest request = requestOf(common);
    request.dsn.clear();
    request.dsnFromProject = false;
    const auto inspection = readInspection(request, context, &status);
    return inspection ? editInspected(*inspection, options, common, context, makePlan) : status;
}

ExitStatus editInspected(const Inspection& inspection,
                         const ActionOptions& options,
                         const CommonOptions& common,
                         CommandContext& context,
                         const PlanEdit& makePlan)
{
    const auto journal = userJournal();
    if (!journal) {
        printError(context, journal.error());
        return ExitStatus::UsageError;
    }
    const DiskFileSystem files;
    const ChainScene scene{.files = files,
                           .scripts = *inspection.scripts,
                           .graph = *inspection.graph,
                           .copies = userDataFolder() / "folders"};
    const auto plan = makePlan(scene, context.run);
    if (!plan) {
        printError(context, plan.error());
        return refusedStatus(plan.error());
    }
    const SystemClock clock;
    const PlanSeams seams{
        .journal = *journal,
        .clock = clock,
        .open = {},
        .perform = [&](const OwnWork&, const RunContext& run) { return copyVersions(scene, run); }};
    reportOpenRuns(seams, plan->target.place, context);
    ActionOptions action = options;
    action.needsPhrase = false;
    action.confirm = options.dryRun ? std::string() : plan->confirmation.phrase;
    return showOrRun(*plan, action, seams, common, context);
}

void addEditOptions(CLI::App& app, ActionOptions& options)
{
    app.add_flag("--dry-run", options.dryRun, "Show the diff and change nothing");
    app.add_option("--plan", options.plan, "Run only the plan that --dry-run printed under this id")
        ->type_name("ID");
}

std::string randomRevisionId()
{
    constexpr std::string_view digits = "0123456789abcdef";
    constexpr std::size_t length = 12;
    std::random_device source;
    std::uniform_int_distribution<std::size_t> any(0, digits.size() - 1);
    std::string id;
    while (id.size() < length)
        id += digits[any(source)];
    return id;
}

std::string createdNow()
{
    const auto now = std::chrono::system_clock::now();
    const std::time_t seconds = std::chrono::system_clock::to_time_t(now);
    const auto part = std::chrono::duration_cast<std::chrono::microseconds>(
        now - std::chrono::system_clock::from_time_t(seconds));
    std::tm local{};
    localtime_r(&seconds, &local);
    std::array<char, 40> text{};
    const std::size_t length = std::strftime(text.data(), text.size(), "%Y-%m-%d %H:%M:%S", &local);
    std::snprintf(
        text.data() + length, text.size() - length, ".%06d", static_cast<int>(part.count()));
    return text.data();
}

} // namespace sightglass
