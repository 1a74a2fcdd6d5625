// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/inspect.h"

#include "app/user_folders.h"
#include "app/lost_revisions.h"
#include "app/review_project.h"
#include "core/base/files_once.h"
#include "core/history/history_reader.h"
#include "core/models/models.h"
#include "core/postgres/connect.h"
#include "core/review/probe_wishes.h"
#include "core/scripts/script_directory.h"
#include "core/scripts/sightglass_settings.h"

#include <memory>
#include <utility>

namespace sightglass {

namespace {

constexpr std::string_view dsnForms =
    "Write it as postgresql://user@host:5432/name or as \"host=… dbname=…\".";

Result<std::string> urlOf(const Project& project)
{
    const auto& url = project.databaseUrl;
    const std::string config = project.config.empty() ? "the project" : project.config.string();
    if (!url.value.isKnown()) {
        return failure(ErrorCode::Usage,
                       "sqlalchemy.url of " + config + " is not known: " + url.value.reason() + ".",
                       "Name the database with --dsn.");
    }
    if (url.value.value().empty()) {
        return failure(ErrorCode::Usage,
                       config + " names no database: sqlalchemy.url is absent or a placeholder.",
                       "Name the database with --dsn.");
    }
    return url.value.value();
}

VersionTableHint hintOf(const Project& project)
{
    VersionTableHint hint;
    if (project.versionTable.value.isKnown())
        hint.table = project.versionTable.value.value();
    if (project.versionTableSchema.value.isKnown())
        hint.schema = project.versionTableSchema.value.value();
    return hint;
}

} // namespace

Result<std::optional<ConnectionTarget>> targetOf(const InspectRequest& request,
                                                 const Project& project)
{
    std::string text = request.dsn;
    if (text.empty()) {
        if (!request.dsnFromProject)
            return std::optional<ConnectionTarget>();
        auto url = urlOf(project);
        if (!url)
            return failure(std::move(url.error()));
        text = std::move(*url);
    }
    auto target = parseConnectionTarget(text);
    if (target)
        return std::optional<ConnectionTarget>(std::move(*target));
    Error error = std::move(target.error());
    error.code = ErrorCode::Usage;
    if (error.nextStep.empty())
        error.nextStep = dsnForms;
    return failure(std::move(error));
}

Result<LiveState> readLive(const ConnectionTarget& target,
                           const VersionTableHint& hint,
                           const SessionLimits& limits,
                           const RunContext& run)
{
    auto database = connectReadOnly(target, limits, run);
    if (!database)
        return failure(std::move(database.error()));
    return (*database)->readState(hint, run);
}

std::shared_ptr<const ProbeAnswers> probeLive(const ConnectionTarget& target,
                                              const Inspection& inspection,
                                              const SessionLimits& limits,
                                              const RunContext& run)
{
    if (inspection.live == nullptr || inspection.history == nullptr || inspection.applied.empty())
        return nullptr;
    std::vector<RevisionIndex> pending;
    for (RevisionIndex index = 0; index < inspection.applied.size(); ++index) {
        if (!inspection.applied[index])
            pending.push_back(index);
    }
    const ProbeRequest request = probesFor(*inspection.history, pending, *inspection.live);
    if (request.tables.empty())
        return nullptr;
    auto database = connectReadOnly(target, limits, run);
    if (!database)
        return nullptr;
    auto answers = (*database)->probe(request, run);
    return answers ? std::make_shared<const ProbeAnswers>(std::move(*answers)) : nullptr;
}

Result<SourceReadings> readSources(const FileSystem& files,
                                   const Scripts& scripts,
                                   const std::shared_ptr<const RevisionGraph>& graph,
                                   const RunContext& run)
{
    auto settings = readSightglassSettings(files, scripts.project.root);
    if (!settings)
        return failure(std::move(settings.error()));
    auto models = std::make_shared<const ModelsReading>(
        readModels(files, scripts.project, settings->types, run));
    HistorySettings history;
    history.surroundings.convention = models->convention;
    history.surroundings.types = std::move(settings->types);
    history.cacheFolder = userCacheFolder();
    history.program = programBuild();
    SourceReadings readings{.history = readHistory(files, scripts, graph, history, run),
                            .models = std::move(models),
                            .protectedTables = std::move(settings->review.protectedTables)};
    if (readings.history == nullptr)
        return failure(ErrorCode::Cancelled, "Stopped.");
    return readings;
}

Result<Inspection>
inspect(const FileSystem& disk, const InspectRequest& request, const RunContext& run)
{
    const FilesOnce files(disk);
    const auto project = findProject(files, request.project);
    if (!project)
        return failure(project.error());
    auto scripts = readScripts(files, *project, run);
    if (!scripts)
        return failure(scripts.error());

    const auto graph =
        std::make_shared<const RevisionGraph>(RevisionGraph::build(scripts->revisions));
    SourceReadings sources;
    if (request.operations) {
        auto readings = readSources(files, *scripts, graph, run);
        if (!readings)
            return failure(std::move(readings.error()));
        sources = std::move(*readings);
    }

    std::shared_ptr<const LiveState> live;
    std::optional<Error> liveError;
    std::string shown;
    const auto target = targetOf(request, *project);
    if (!target) {
        liveError = target.error();
    } else if (*target) {
        shown = (*target)->shown;
        auto state = readLive(**target, hintOf(*project), request.limits, run);
        if (state)
            live = std::make_shared<const LiveState>(std::move(*state));
        else
            liveError = state.error();
    }
    std::shared_ptr<const ElsewhereSearch> elsewhere;
    if (live != nullptr && request.operations)
        elsewhere = searchElsewhere(files, *scripts, *graph, *live, run);
    if (run.stopRequested())
        return failure(ErrorCode::Cancelled, "Stopped.");
    Inspection inspection =
        assembleInspection({.scripts = std::make_shared<const Scripts>(std::move(*scripts)),
                            .graph = graph,
                            .history = std::move(sources.history),
                            .models = std::move(sources.models),
                            .live = std::move(live),
                            .liveError = std::move(liveError),
                            .target = std::move(shown),
                            .elsewhere = std::move(elsewhere),
                            .protectedTables = std::move(sources.protectedTables)});
    if (request.probe && inspection.live != nullptr) {
        auto counted = std::make_shared<LiveState>(*inspection.live);
        counted->probes = probeLive(**target, inspection, request.limits, run);
        inspection.live = std::move(counted);
    }
    if (request.review) {
        auto reviewed = reviewEverything(files, inspection, run);
        if (!reviewed)
            return failure(std::move(reviewed.error()));
        addReview(inspection,
                  std::make_shared<const ReviewResult>(std::move(reviewed->result)),
                  std::move(reviewed->beforeUpgrade));
    }
    return inspection;
}

} // namespace sightglass
