// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/command.h"
#include "app/cli/edit_chain.h"

#include <CLI/CLI.hpp>

#include <array>
#include <chrono>
#include <cstdio>
#include <ctime>
#include <memory>

namespace sightglass::commands::merge {

namespace {

struct Options
{
    MergeRequest request;
    ActionOptions action;
};

/// This moment as Alembic writes it: local time with microseconds.
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

void declare(CLI::App& app,
             const CommonOptions& common,
             CommandContext& context,
             ExitStatus* status)
{
    const auto options = std::make_shared<Options>();
    app.add_option("REV", options->request.revisions, "the revisions; without any, all heads");
    app.add_option("-m,--message", options->request.message, "without it: merge a and b");
    app.add_option("--rev-id", options->request.id, "the new id; without it one is made");
    addEditOptions(app, options->action);
    app.callback([options, &common, &context, status] {
        options->request.created = createdNow();
        if (options->request.id.empty())
            options->request.id = randomRevisionId();
        *status = editChain(
            options->action, common, context, [&](const ChainScene& scene, const RunContext& run) {
                return planMerge(scene, options->request, run);
            });
    });
}

} // namespace

extern const Command command{
    .name = "merge",
    .summary = "Joins heads in a new revision, as alembic merge does",
    .examples = "  sightglass-cli merge --dry-run\n"
                "  sightglass-cli merge 1a2b3c4d5e6f 2b3c4d5e6f7a -m \"join billing\"",
    .declare = declare,
};

} // namespace sightglass::commands::merge
