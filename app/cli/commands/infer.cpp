// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/command.h"
#include "app/cli/command_support.h"
#include "app/cli/schema_source.h"
#include "core/inference/inference.h"
#include "core/report/inference_report.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <memory>
#include <ostream>
#include <set>

namespace sightglass::commands::infer {

namespace {

struct Options
{
    bool live = false;
    std::string sqlFile;
};

/// Alembic's own table belongs to no revision, wherever it is.
std::function<bool(const QualifiedName&)> versionTables(const Inspection& chain)
{
    std::set<std::string> names{"alembic_version"};
    const auto& setting = chain.scripts->project.versionTable.value;
    if (setting.isKnown())
        names.insert(setting.value());
    return [names](const QualifiedName& name) { return names.contains(name.name); };
}

ExitStatus run(const CommonOptions& common, const Options& options, CommandContext& context)
{
    ExitStatus status = ExitStatus::Done;
    SchemaSources sources(common, context);
    const auto chain = sources.read("chain", &status);
    if (!chain)
        return status;
    const auto schema =
        sources.read(options.sqlFile.empty() ? "live" : "file:" + options.sqlFile, &status);
    if (!schema)
        return status;
    const Inspection& all = *sources.chainInspection();
    const auto prints = Fingerprints::of(*all.history, *all.graph, schema->unread);
    const InferenceResult result = inferRevisions(
        prints, *all.history, *all.graph, schema->schema, {.leftOut = versionTables(all)});
    context.out << (common.format == "json" ? inferJson(*all.graph, result, schema->source)
                                            : inferText(*all.graph, result, schema->source));
    return status;
}

void declare(CLI::App& app,
             const CommonOptions& common,
             CommandContext& context,
             ExitStatus* status)
{
    const auto options = std::make_shared<Options>();
    CLI::Option* const live =
        app.add_flag("--live", options->live, "Compare the live database (the default)");
    app.add_option("--sql-file", options->sqlFile, "Compare the schema that a file of SQL makes")
        ->excludes(live);
    app.callback(
        [options, &common, &context, status] { *status = run(common, *options, context); });
}

} // namespace

extern const Command command{
    .name = "infer",
    .summary = "Revisions ranked by how well their schema matches a database or a file of SQL",
    .examples = "  sightglass-cli infer --dsn postgresql://app@localhost/shop\n"
                "  sightglass-cli infer --sql-file sql/00_init.sql\n"
                "  sightglass-cli infer --live --format json",
    .declare = declare,
};

} // namespace sightglass::commands::infer
