// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/action_context.h"
#include "app/cli/command.h"
#include "app/cli/command_support.h"
#include "app/cli/run_action.h"
#include "core/postgres/writing_session.h"
#include "core/report/plan_report.h"

#include <CLI/CLI.hpp>

#include <memory>
#include <ostream>

namespace sightglass::commands::journal {

namespace {

struct Options
{
    std::size_t last = 0; ///< 0: all
};

/// Asks the database, where one is named, what became of actions that were cut short.
ExitStatus
settle(const ActionJournal& journal, const CommonOptions& common, CommandContext& context)
{
    const InspectRequest request = requestOf(common);
    const DiskFileSystem files;
    // Without a project there is still a journal.
    const auto project = findProject(files, request.project);
    const auto target = targetOf(request, project ? *project : Project());
    if (!target) {
        printError(context, target.error());
        return ExitStatus::UsageError;
    }
    const SystemClock clock;
    if (!*target) {
        if (const auto found = settleOpenRuns(journal, clock, {}, {}, context.run); !found)
            printError(context, found.error());
        return ExitStatus::Done;
    }
    const OpenWritingSession open = openerOf(**target, {});
    const auto place = placeFromServer({.shown = (*target)->shown,
                                        .host = (*target)->value("host"),
                                        .port = (*target)->value("port")},
                                       open,
                                       context.run);
    if (!place) {
        printError(context, place.error());
        return ExitStatus::NoDatabase;
    }
    if (const auto found = settleOpenRuns(journal, clock, *place, open, context.run); !found)
        printError(context, found.error());
    return ExitStatus::Done;
}

ExitStatus run(const CommonOptions& common, const Options& options, CommandContext& context)
{
    const auto journal = userJournal();
    if (!journal) {
        printError(context, journal.error());
        return ExitStatus::UsageError;
    }
    const ExitStatus status = settle(*journal, common, context);
    if (status == ExitStatus::UsageError)
        return status;
    const auto reading = journal->read();
    if (!reading) {
        printError(context, reading.error());
        return ExitStatus::UsageError;
    }
    auto entries =
        entriesOf(*reading, [&](const std::string& id) { return journal->isRunning(id); });
    if (options.last > 0 && entries.size() > options.last)
        entries.erase(entries.begin(), entries.end() - static_cast<std::ptrdiff_t>(options.last));
    context.out << (common.format == "json" ? journalJson(entries, reading->unreadLines)
                                            : journalText(entries, reading->unreadLines));
    return status;
}

void declare(CLI::App& app,
             const CommonOptions& common,
             CommandContext& context,
             ExitStatus* status)
{
    const auto options = std::make_shared<Options>();
    app.add_option("--last", options->last, "Only the last N actions")->type_name("N");
    app.callback(
        [options, &common, &context, status] { *status = run(common, *options, context); });
}

} // namespace

extern const Command command{
    .name = "journal",
    .summary = "What was done, how it ended, and what takes it back",
    .examples = "  sightglass-cli journal\n"
                "  sightglass-cli journal --dsn postgresql://app@localhost/shop\n"
                "  sightglass-cli journal --last 5 --format json",
    .declare = declare,
};

} // namespace sightglass::commands::journal
