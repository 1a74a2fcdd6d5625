// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/command.h"
#include "app/cli/command_support.h"
#include "app/review_project.h"
#include "core/base/file_system.h"
#include "core/report/review_report.h"
#include "core/review/sql_review.h"
#include "core/review/suppressions.h"
#include "core/scripts/sightglass_settings.h"

#include <CLI/CLI.hpp>

#include <array>
#include <memory>
#include <ostream>

namespace sightglass::commands::review {

namespace {

/// What stands behind `review`.
struct Options
{
    ReviewSelection selection;
    int serverVersion = 0;
    std::string sqlFile;
    std::string mode = "alembic";
    std::string prior;
    bool priorIsComplete = false;
    std::string liveSchema;
    std::string downgrade;
};

struct ModeName
{
    std::string_view name;
    RunMode mode;
};

constexpr std::array modeNames{ModeName{"alembic", RunMode::Alembic},
                               ModeName{"autocommit", RunMode::Autocommit},
                               ModeName{"raw", RunMode::Raw},
                               ModeName{"alembic-sql", RunMode::AlembicSql}};

void print(const CommonOptions& common, const ReviewReport& report, std::ostream& out)
{
    struct Format
    {
        std::string_view name;
        std::string (*write)(const ReviewReport&);
    };

    constexpr std::array formats{Format{"json", reviewJson},
                                 Format{"sarif", reviewSarif},
                                 Format{"markdown", reviewMarkdown},
                                 Format{"github", reviewGithub},
                                 Format{"text", reviewText}};
    for (const Format& format : formats) {
        if (format.name == common.format)
            out << format.write(report);
    }
}

/// Reads a file that was named into `into`; nothing was named: nothing to read.
Result<void>
readInto(const FileSystem& files, const std::string& name, std::optional<std::string>& into)
{
    if (name.empty())
        return {};
    auto text = files.read(name);
    if (!text)
        return failure(std::move(text.error()));
    into = std::move(*text);
    return {};
}

Result<SqlReviewInput> sqlInput(const FileSystem& files, const Options& options)
{
    SqlReviewInput input;
    input.file = options.sqlFile;
    std::optional<std::string> text;
    if (auto read = readInto(files, options.sqlFile, text); !read)
        return failure(read.error());
    input.text = text.value_or("");
    if (auto read = readInto(files, options.prior, input.prior); !read)
        return failure(read.error());
    if (auto read = readInto(files, options.liveSchema, input.live); !read)
        return failure(read.error());
    if (auto read = readInto(files, options.downgrade, input.downgrade); !read)
        return failure(read.error());
    if (options.priorIsComplete && !input.prior)
        input.prior = std::string();
    input.priorIsComplete = options.priorIsComplete;
    for (const ModeName& each : modeNames) {
        if (each.name == options.mode)
            input.mode = each.mode;
    }
    if (options.serverVersion > 0) {
        input.facts.serverVersion = options.serverVersion * 10'000;
        input.facts.serverKnown = true;
    }
    auto rules = ruleSettingsOf(ReviewSettings(), options.selection);
    if (!rules)
        return failure(std::move(rules.error()));
    input.rules = std::move(*rules);
    return input;
}

Result<ReviewReport>
sqlReport(const FileSystem& files, const Options& options, const RunContext& run)
{
    auto input = sqlInput(files, options);
    if (!input)
        return failure(std::move(input.error()));
    ReviewReport report{.range = options.sqlFile, .root = {}};
    report.serverVersion = input->facts.serverVersion;
    report.serverKnown = input->facts.serverKnown;
    report.result = reviewSql(std::move(*input), run);
    takeBackFindings(files, report.result);
    return report;
}

ExitStatus finish(const CommonOptions& common,
                  CommandContext& context,
                  const Result<ReviewReport>& report,
                  ExitStatus status)
{
    if (!report) {
        printError(context, report.error());
        return statusOf(report.error());
    }
    print(common, *report, context.out);
    if (status == ExitStatus::Done && hasFindingsAtOrOver(allFindings(*report), common.failOn))
        return ExitStatus::FindingsFound;
    return status;
}

ExitStatus run(const CommonOptions& common, const Options& options, CommandContext& context)
{
    const DiskFileSystem files;
    if (!options.sqlFile.empty())
        return finish(common, context, sqlReport(files, options, context.run), ExitStatus::Done);
    InspectRequest request = requestOf(common);
    request.operations = true;
    request.probe = options.selection.pending;
    ExitStatus status = ExitStatus::Done;
    const auto inspection = readInspection(request, context, &status);
    if (!inspection)
        return status;
    return finish(
        common, context, reviewProject(files, *inspection, options.selection, context.run), status);
}

void declare(CLI::App& app,
             const CommonOptions& common,
             CommandContext& context,
             ExitStatus* status)
{
    const auto options = std::make_shared<Options>();
    ReviewSelection& selection = options->selection;
    CLI::Option* const range =
        app.add_option("range",
                       selection.range,
                       "FROM:TO as alembic upgrade would run it, or one revision; default all");
    app.add_flag("--pending", selection.pending, "what the database does not have yet")
        ->excludes(range);
    app.add_option("--since", selection.since, "what the branch adds since it parted from GITREF")
        ->type_name("GITREF")
        ->excludes(range);
    app.add_option("--pg-version", options->serverVersion, "major version of the server")
        ->type_name("N")
        ->check(CLI::Range(9, 30));
    app.add_option("--enable", selection.enable, "rules that are off by default")
        ->type_name("RULE");
    app.add_option("--disable", selection.disable, "rules to leave out")->type_name("RULE");
    const std::string sqlGroup = "SQL files";
    CLI::Option* const file =
        app.add_option("--sql-file", options->sqlFile, "review SQL text instead of revisions")
            ->type_name("FILE")
            ->excludes(range)
            ->group(sqlGroup);
    app.add_option("--mode", options->mode, "how it reaches the server (default: alembic)")
        ->type_name("MODE")
        ->check(CLI::IsMember({"alembic", "autocommit", "raw", "alembic-sql"}))
        ->needs(file)
        ->group(sqlGroup);
    app.add_option("--prior", options->prior, "SQL of all earlier revisions")
        ->type_name("FILE")
        ->needs(file)
        ->group(sqlGroup);
    app.add_flag("--prior-is-complete",
                 options->priorIsComplete,
                 "what the prior SQL does not make, nobody makes")
        ->needs(file)
        ->group(sqlGroup);
    app.add_option("--live-schema", options->liveSchema, "SQL whose result is the live schema")
        ->type_name("FILE")
        ->needs(file)
        ->group(sqlGroup);
    app.add_option("--downgrade", options->downgrade, "SQL of the way back")
        ->type_name("FILE")
        ->needs(file)
        ->group(sqlGroup);
    app.callback([options, &common, &context, status] {
        if (options->serverVersion > 0)
            options->selection.serverVersion = options->serverVersion;
        *status = run(common, *options, context);
    });
}

} // namespace

extern const Command command{
    .name = "review",
    .summary = "What is dangerous in a range of revisions, in what is pending, or in SQL",
    .examples = "  sightglass-cli review head\n"
                "  sightglass-cli review --pending --dsn postgresql://app@localhost/shop\n"
                "  sightglass-cli review --since origin/main --format github\n"
                "  sightglass-cli review --sql-file change.sql --prior schema.sql --pg-version 16",
    .furtherFormats = "sarif markdown github",
    .declare = declare,
};

} // namespace sightglass::commands::review
