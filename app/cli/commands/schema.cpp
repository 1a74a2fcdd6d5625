// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/command.h"
#include "app/cli/command_support.h"
#include "app/cli/schema_source.h"
#include "core/report/json_report.h"
#include "core/report/text_report.h"

#include <CLI/CLI.hpp>

#include <memory>
#include <ostream>

namespace sightglass::commands::schema {

namespace {

struct Options
{
    std::string revision;
    bool live = false;
    bool models = false;
    std::string sqlFile;
};

ExitStatus run(const CommonOptions& common, const Options& options, CommandContext& context)
{
    std::string name = "chain:" + (options.revision.empty() ? "heads" : options.revision);
    const int named = int{options.live} + int{options.models} + int{!options.sqlFile.empty()} +
                      int{!options.revision.empty()};
    if (named > 1) {
        printError(context,
                   {.code = ErrorCode::Usage,
                    .message = "More than one schema was asked for.",
                    .nextStep = "Name one revision, --live, --models or --sql-file FILE."});
        return ExitStatus::UsageError;
    }
    if (options.live)
        name = "live";
    else if (options.models)
        name = "models";
    else if (!options.sqlFile.empty())
        name = "file:" + options.sqlFile;

    ExitStatus status = ExitStatus::Done;
    SchemaSources sources(common, context);
    const auto found = sources.read(name, &status);
    if (!found)
        return status;
    context.out << (common.format == "json"
                        ? schemaJson(found->schema.schema,
                                     found->source,
                                     found->revision,
                                     found->schema.doubts,
                                     found->graph.get())
                        : schemaText(found->schema.schema, found->schema.doubts));
    return status;
}

void declare(CLI::App& app,
             const CommonOptions& common,
             CommandContext& context,
             ExitStatus* status)
{
    const auto options = std::make_shared<Options>();
    app.add_option("revision", options->revision, "the schema at this revision; default heads");
    app.add_flag("--live", options->live, "the schema of the database");
    app.add_flag("--models", options->models, "what the models declare");
    app.add_option("--sql-file", options->sqlFile, "what a file of SQL makes of an empty database");
    app.callback(
        [options, &common, &context, status] { *status = run(common, *options, context); });
}

} // namespace

extern const Command command{
    .name = "schema",
    .summary = "A schema: at a revision, of the live database, of the models, of a file of SQL",
    .examples = "  sightglass-cli schema\n"
                "  sightglass-cli schema ae1027a6 --format json\n"
                "  sightglass-cli schema --live --dsn postgresql://app@localhost/shop\n"
                "  sightglass-cli schema --models\n"
                "  sightglass-cli schema --sql-file 00_init.sql",
    .declare = declare,
};

} // namespace sightglass::commands::schema
