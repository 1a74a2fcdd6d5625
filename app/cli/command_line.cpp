// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/command.h"
#include "core/base/error.h"
#include "core/live/connection_target.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <ostream>

namespace sightglass {

namespace {

constexpr std::string_view exitStatuses =
    "Exit status: 0 done; 1 findings at or over --fail-on, or an unhealthy diagnosis;\n"
    "2 usage or unreadable input; 3 the database could not be reached or refused.";

void addConnectionOptions(CLI::App& app, CommonOptions& common)
{
    app.add_option(
           "--dsn",
           common.dsn,
           "database: libpq URI or keyword string, or SQLAlchemy URL (default: $SIGHTGLASS_DSN)")
        ->type_name("URL")
        ->group("Common options");
    app.add_flag("--dsn-from-project",
                 common.dsnFromProject,
                 "take sqlalchemy.url of the project where no DSN is named")
        ->group("Common options");
}

/// "text", "json", and a command's further formats.
std::vector<std::string> formatsWith(std::string_view further)
{
    std::vector<std::string> formats{"text", "json"};
    for (std::size_t begin = 0; begin < further.size();) {
        const std::size_t end = std::min(further.find(' ', begin), further.size());
        formats.emplace_back(further.substr(begin, end - begin));
        begin = end + 1;
    }
    return formats;
}

std::string listOf(const std::vector<std::string>& words)
{
    std::string text;
    for (std::size_t i = 0; i < words.size(); ++i)
        text += (i == 0 ? "" : i + 1 == words.size() ? " or " : ", ") + words[i];
    return text;
}

/// On the program and on every command, so that they may stand before or after the command's name.
void addCommonOptions(CLI::App& app, CommonOptions& common, std::string_view furtherFormats)
{
    const std::vector<std::string> formats = formatsWith(furtherFormats);
    const std::string group = "Common options";
    app.add_option(
           "--project",
           common.project,
           "folder, ini or toml file, or folder of revision files (default: here and upward)")
        ->type_name("DIR")
        ->group(group);
    app.add_option("--name", common.section, "section of the ini, as Alembic's -n")
        ->type_name("SECTION")
        ->group(group);
    addConnectionOptions(app, common);
    app.add_option(
           "--version-table", common.versionTable, "version table instead of what env.py says")
        ->type_name("NAME")
        ->group(group);
    app.add_option("--version-table-schema",
                   common.versionTableSchema,
                   "its schema instead of what env.py says")
        ->type_name("NAME")
        ->group(group);
    app.add_option("--format", common.format, listOf(formats) + " (default: text)")
        ->type_name("FORMAT")
        ->check(CLI::IsMember(formats))
        ->group(group);
    app.add_option("--fail-on",
                   common.failOn,
                   "lowest severity that gives status 1, or never (default: high)")
        ->type_name("SEVERITY")
        ->check(CLI::IsMember({"critical", "high", "medium", "low", "info", "never"}))
        ->group(group);
}

std::string allFurtherFormats()
{
    std::string all;
    for (const Command* command : commandTable()) {
        if (!command->furtherFormats.empty())
            all += (all.empty() ? "" : " ") + std::string(command->furtherFormats);
    }
    return all;
}

void declareCommands(CLI::App& app,
                     CommonOptions& common,
                     CommandContext& context,
                     ExitStatus* status)
{
    for (const Command* command : commandTable()) {
        CLI::App* sub =
            app.add_subcommand(std::string(command->name), std::string(command->summary));
        sub->footer("Examples:\n" + std::string(command->examples) + "\n\n" +
                    std::string(exitStatuses));
        command->declare(*sub, common, context, status);
        addCommonOptions(*sub, common, command->furtherFormats);
        // The program's own --format takes every command's formats.
        sub->preparse_callback([command, &common](std::size_t) {
            const auto formats = formatsWith(command->furtherFormats);
            if (std::find(formats.begin(), formats.end(), common.format) == formats.end())
                throw CLI::ValidationError("--format",
                                           common.format + " not in " + listOf(formats));
        });
    }
}

std::string mistakeOf(const CLI::App& app, const CLI::ParseError& error)
{
    std::string text = error.what();
    if (error.get_name() == "RequiredError" && text.starts_with("A subcommand")) {
        const auto left = app.remaining();
        const auto word = std::find_if(left.begin(), left.end(), [](const std::string& item) {
            return !item.starts_with("-");
        });
        return word == left.end() ? "No command was given." : "There is no command " + *word + ".";
    }
    if (!text.empty() && text.back() != '.')
        text += ".";
    return text;
}

/// The command whose --help tells more: the one that was chosen, else the program.
std::string helpOf(const CLI::App& app)
{
    const auto chosen = app.get_subcommands();
    return "Run sightglass-cli " +
           (chosen.empty() ? std::string() : chosen.front()->get_name() + " ") + "--help.";
}

ExitStatus parseAndRun(CLI::App& app,
                       std::span<const std::string> arguments,
                       CommandContext& context,
                       ExitStatus& status)
{
    try {
        // CLI11 takes them from the back.
        std::vector<std::string> reversed(arguments.rbegin(), arguments.rend());
        app.parse(std::move(reversed));
        return status;
    } catch (const CLI::CallForAllHelp&) {
        context.out << app.help("", CLI::AppFormatMode::All);
    } catch (const CLI::CallForHelp&) {
        context.out << app.help(); // of the command that was chosen, if any
    } catch (const CLI::CallForVersion& version) {
        context.out << version.what() << "\n";
    } catch (const CLI::ParseError& error) {
        const Error usage{
            .code = ErrorCode::Usage, .message = mistakeOf(app, error), .nextStep = helpOf(app)};
        context.err << "sightglass-cli: " << withoutSecrets(toText(usage)) << "\n";
        return ExitStatus::UsageError;
    }
    return ExitStatus::Done;
}

} // namespace

int runCommandLine(std::span<const std::string> arguments, CommandContext& context)
{
    CLI::App app("Inspects Alembic migrations on PostgreSQL. Reads files and catalogs; runs no "
                 "project code.\n"
                 "Nothing is changed but by an action that is confirmed.",
                 "sightglass-cli");
    CommonOptions common;
    ExitStatus status = ExitStatus::Done;
    app.require_subcommand(1);
    app.set_version_flag("--version", "sightglass-cli " SIGHTGLASS_VERSION);
    app.set_help_all_flag("--help-all", "help of every command");
    addCommonOptions(app, common, allFurtherFormats());
    declareCommands(app, common, context, &status);
    app.footer("Examples:\n"
               "  sightglass-cli chain\n"
               "  sightglass-cli diagnose --dsn postgresql://app@localhost/shop --format json\n"
               "  sightglass-cli demo broken-chain\n\n" +
               std::string(exitStatuses));
    status = parseAndRun(app, arguments, context, status);
    context.out.flush();
    if (!context.out && status != ExitStatus::Interrupted) {
        context.err << "sightglass-cli: The output could not be written in full. See whether the "
                       "disk is full or the "
                       "reader went away.\n";
        status = ExitStatus::UsageError;
    }
    return static_cast<int>(status);
}

} // namespace sightglass
