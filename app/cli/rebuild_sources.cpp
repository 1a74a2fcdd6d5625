// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/rebuild_sources.h"

#include "core/base/error.h"
#include "core/models/models.h"
#include "core/postgres/writing_session.h"
#include "core/rebuild/function_texts.h"

namespace sightglass {

Result<RebuildSource>
databaseSource(const Inspection& inspection, const InspectRequest& request, const RunContext& run)
{
    if (inspection.liveError)
        return failure(*inspection.liveError);
    const auto target = targetOf(request, inspection.scripts->project);
    if (!target)
        return failure(target.error());
    if (inspection.live == nullptr || !*target)
        return failure(ErrorCode::Usage,
                       "A rebuild from a database needs one, and none was named.",
                       "Name it with --dsn or --dsn-from-project.");
    RebuildSource source{.schema = inspection.live->schema,
                         .rows = rowsOf(inspection),
                         .functions = {},
                         .name = "the database " + inspection.live->server.database,
                         .isModels = false,
                         .doubts = inspection.live->notRead,
                         .leftOut = {}};
    for (const VersionTable& table : inspection.live->versionTables)
        source.schema.tables.erase(table.name);
    auto session = connectForAction(**target, request.limits, run);
    if (!session)
        return failure(session.error());
    auto functions = readFunctionTexts(**session, run);
    if (!functions)
        return failure(functions.error());
    source.functions = std::move(*functions);
    return source;
}

Result<RebuildSource> modelsSource(const Inspection& inspection)
{
    const auto& models = inspection.models;
    if (models == nullptr || !models->found)
        return failure(ErrorCode::Unsupported,
                       "The models can't be read" + (models == nullptr || models->whyNot.empty()
                                                         ? std::string(".")
                                                         : ": " + models->whyNot),
                       "Name a database with --dsn instead.");
    RebuildSource source{.schema = models->schema,
                         .rows = {},
                         .functions = {},
                         .name = "the models",
                         .isModels = true,
                         .doubts = {},
                         .leftOut = {}};
    for (const Doubt& doubt : models->doubts)
        source.doubts.push_back((doubt.table.name.empty() ? "" : toText(doubt.table) + ": ") +
                                doubt.reason);
    return source;
}

std::vector<RevisionId> rowsOf(const Inspection& inspection)
{
    std::vector<RevisionId> rows = inspection.unknownRows;
    for (const RevisionIndex index : inspection.databaseAt)
        rows.push_back(inspection.graph->revision(index).id);
    return rows;
}

std::vector<QualifiedName> tablesNamed(const std::vector<std::string>& names)
{
    std::vector<QualifiedName> tables;
    for (const std::string& name : names) {
        const std::size_t dot = name.find('.');
        tables.push_back(dot == std::string::npos
                             ? QualifiedName{"public", name}
                             : QualifiedName{name.substr(0, dot), name.substr(dot + 1)});
    }
    return tables;
}

ReadHistory historyReader(const RunContext& run)
{
    return [run](const FileSystem& files,
                 const Scripts& scripts,
                 std::shared_ptr<const RevisionGraph> graph) -> std::shared_ptr<const History> {
        const auto readings = readSources(files, scripts, graph, run);
        return readings ? readings->history : nullptr;
    };
}

} // namespace sightglass
