// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/schema_source.h"

#include "app/cli/command_support.h"
#include "core/history/sql_file.h"
#include "core/revisions/revision_range.h"

#include <ostream>
#include <utility>

namespace sightglass {

namespace {

/// With a DSN no project is needed; only sqlalchemy.url has to be looked up in one.
Result<ConnectionTarget> targetFor(const InspectRequest& request)
{
    Project project;
    if (request.dsn.empty() && request.dsnFromProject) {
        const DiskFileSystem files;
        auto found = findProject(files, request.project);
        if (!found)
            return failure(std::move(found.error()));
        project = std::move(*found);
    }
    auto target = targetOf(request, project);
    if (!target)
        return failure(std::move(target.error()));
    if (!*target)
        return failure(ErrorCode::Usage,
                       "No database was named.",
                       "Name one with --dsn, $SIGHTGLASS_DSN or --dsn-from-project.");
    return std::move(**target);
}

} // namespace

SchemaSources::SchemaSources(const CommonOptions& common, CommandContext& context)
    : m_common(common)
    , m_context(context)
{}

std::optional<NamedSchema> SchemaSources::read(const std::string& name, ExitStatus* status)
{
    *status = ExitStatus::Done;
    if (name == "live")
        return live(status);
    if (name == "models")
        return models(status);
    if (name == "chain")
        return chain("heads", status);
    if (name.starts_with("chain:"))
        return chain(name.substr(6), status);
    if (name.starts_with("file:"))
        return file(name.substr(5), status);
    return refuse({.code = ErrorCode::Usage,
                   .message = "There is no schema " + printable(name) + ".",
                   .nextStep = "Name chain, chain:REVISION, live, models or file:PATH."},
                  status);
}

std::optional<NamedSchema> SchemaSources::refuse(const Error& error, ExitStatus* status)
{
    printError(m_context, error);
    *status = statusOf(error);
    return std::nullopt;
}

const Inspection* SchemaSources::inspection(ExitStatus* status)
{
    if (!m_inspection) {
        InspectRequest request = requestOf(m_common);
        request.operations = true;
        request.dsn.clear(); // the live schema has a reading of its own
        request.dsnFromProject = false;
        m_inspection = readInspection(request, m_context, status);
    }
    return m_inspection ? &*m_inspection : nullptr;
}

std::optional<NamedSchema> SchemaSources::chain(const std::string& revision, ExitStatus* status)
{
    const Inspection* all = inspection(status);
    if (all == nullptr)
        return std::nullopt;
    const auto found = resolveRevisions(*all->graph, revision);
    if (!found)
        return refuse(found.error(), status);
    NamedSchema result{.source = "chain",
                       .revision = {},
                       .schema = all->history->at(*found),
                       .unread = {},
                       .graph = all->graph};
    for (const RevisionIndex each : *found)
        result.revision += (result.revision.empty() ? "" : ",") + all->graph->revision(each).id;
    return result;
}

std::optional<NamedSchema> SchemaSources::models(ExitStatus* status)
{
    const Inspection* all = inspection(status);
    if (all == nullptr)
        return std::nullopt;
    if (!all->models->found) {
        return refuse({.code = ErrorCode::NotFound,
                       .message = "No models were found: " + all->models->whyNot,
                       .nextStep = "env.py has to set target_metadata to the models' metadata."},
                      status);
    }
    for (const std::string& note : all->models->notes)
        m_context.err << "sightglass-cli: " << printable(note) << "\n";
    return NamedSchema{.source = "models",
                       .revision = {},
                       .schema = {.schema = all->models->schema, .doubts = all->models->doubts},
                       .unread = {},
                       .graph = nullptr};
}

std::optional<NamedSchema> SchemaSources::live(ExitStatus* status)
{
    const InspectRequest request = requestOf(m_common);
    const auto target = targetFor(request);
    if (!target)
        return refuse(target.error(), status);
    const VersionTableHint hint{.table = m_common.versionTable,
                                .schema = m_common.versionTableSchema};
    auto state = readLive(*target, hint, request.limits, m_context.run);
    if (!state) {
        printError(m_context, state.error());
        *status = state.error().code == ErrorCode::Cancelled ? ExitStatus::Interrupted
                                                             : ExitStatus::NoDatabase;
        return std::nullopt;
    }
    for (const std::string& sentence : state->notRead)
        m_context.err << "sightglass-cli: " << printable(sentence) << "\n";
    return NamedSchema{.source = "live",
                       .revision = {},
                       .schema = {.schema = std::move(state->schema), .doubts = {}},
                       .unread = std::move(state->unread),
                       .graph = nullptr};
}

std::optional<NamedSchema> SchemaSources::file(const std::string& path, ExitStatus* status)
{
    const DiskFileSystem files;
    const auto text = files.read(path);
    if (!text)
        return refuse(text.error(), status);
    auto reading = readSqlFile(*text, path);
    for (const RefusedOperation& refused : reading.refused) {
        const SourceSpan& span = reading.operations[refused.operation].span;
        m_context.err << "sightglass-cli: " << printable(path) << ":" << span.line
                      << ": PostgreSQL would refuse this: " << printable(refused.refusal.message)
                      << "\n";
    }
    return NamedSchema{.source = "file:" + path,
                       .revision = {},
                       .schema = std::move(reading.result),
                       .unread = {},
                       .graph = nullptr};
}

} // namespace sightglass
