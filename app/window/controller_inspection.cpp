// SPDX-License-Identifier: GPL-3.0-or-later
// Controller: what was read becomes an inspection, is reviewed and told to the views.
#include "app/impact.h"
#include "app/lost_revisions.h"
#include "app/review_project.h"
#include "app/scan_project.h"
#include "app/visit.h"
#include "app/window/branch_reading.h"
#include "app/window/controller.h"
#include "app/window/controller_subjects.h"
#include "app/window/logging.h"
#include "ui/jobs/release.h"
#include "ui/state/environment.h"
#include "ui/text.h"

namespace sightglass {

namespace {

/// What to look at first: the revision that the verdict is about, else where the database is, else
/// a head.
QString whatMattersIn(const Inspection& inspection)
{
    if (isUnhealthy(inspection.diagnosis.state)) {
        for (const Evidence& evidence : inspection.diagnosis.evidence) {
            if (!evidence.revision.empty())
                return toQString(evidence.revision);
        }
    }
    if (!inspection.unknownRows.empty())
        return toQString(std::string_view(inspection.unknownRows.front()));
    const RevisionGraph& graph = *inspection.graph;
    if (!inspection.databaseAt.empty())
        return toQString(graph.revision(inspection.databaseAt.back()).id);
    return graph.heads().empty() ? QString() : toQString(graph.revision(graph.heads().front()).id);
}

/// Out of all that an inspection holds by now; what is known of the visit stays.
void addOutlook(Inspection& inspection)
{
    inspection.outlook =
        outlookOf(DiskFileSystem(),
                  inspection,
                  inspection.outlook == nullptr ? std::nullopt : inspection.outlook->visit);
}

} // namespace

void Controller::forgetOperations()
{
    m_parts.runner.stop(subjects::operations);
    m_graph.reset();
    m_sources = {};
    m_sourcesAsked = false;
    m_surroundings.reset();
}

void Controller::readOperations()
{
    using Stopwatch = std::chrono::steady_clock;
    m_sourcesAsked = true;
    m_parts.runner.start(
        subjects::operations,
        this,
        [scripts = m_scripts, graph = m_graph](const RunContext& run) {
            const auto begin = Stopwatch::now();
            auto sources = readSources(DiskFileSystem(), *scripts, graph, run);
            return std::pair(
                std::move(sources),
                std::chrono::duration_cast<std::chrono::milliseconds>(Stopwatch::now() - begin));
        },
        [this](const std::pair<Result<SourceReadings>, std::chrono::milliseconds>& read) {
            takeOperations(read.first, read.second);
        });
}

void Controller::takeOperations(const Result<SourceReadings>& result,
                                std::chrono::milliseconds duration)
{
    if (!result) {
        m_parts.log.write(LogLevel::Error, "operations", toText(result.error()));
        if (!isCancelled(result.error()))
            m_parts.session.update([&](SessionState& state) {
                state.notice = QStringLiteral("What the revisions do was not read. ") +
                               toQString(toText(result.error()));
            });
        return;
    }
    m_sources = *result;
    std::size_t operations = 0;
    for (RevisionIndex i = 0; i < m_graph->size(); ++i)
        operations += m_sources.history->steps(i).upgrade.operations.size();
    const ResolutionCount& count = m_sources.history->resolution();
    m_parts.log.write(LogLevel::Info,
                      "operations",
                      std::to_string(operations) + " operations of upgrades read in " +
                          std::to_string(duration.count()) + " ms; of " +
                          std::to_string(count.total()) + " that change the schema " +
                          std::to_string(count.resolved) + " are resolved, " +
                          std::to_string(count.conditional) + " conditional, " +
                          std::to_string(count.opaque) + " opaque");
    assemble();
}

void Controller::assemble()
{
    m_parts.runner.start(
        subjects::inspection,
        this,
        [scripts = m_scripts,
         graph = m_graph,
         sources = m_sources,
         live = m_live,
         error = m_liveError,
         refreshError = m_refreshError,
         target = m_target,
         visit = m_visit,
         around = m_surroundings,
         known = !m_request.start.empty()](const RunContext& run) -> Assembled {
            const auto elsewhere =
                live != nullptr && graph != nullptr && sources.history != nullptr
                    ? searchElsewhere(DiskFileSystem(), *scripts, *graph, *live, run)
                    : nullptr;
            auto made = std::make_shared<Inspection>(
                assembleInspection({.scripts = scripts,
                                    .graph = graph,
                                    .history = sources.history,
                                    .models = sources.models,
                                    .live = live,
                                    .liveError = error,
                                    .refreshError = refreshError,
                                    .target = target ? target->shown : std::string(),
                                    .elsewhere = elsewhere,
                                    .protectedTables = sources.protectedTables}));
            if (around != nullptr)
                addSurroundings(*made, around);
            // Compared once for each reading: what is remembered then is this one.
            if (live == nullptr || !target || !known || sources.history == nullptr)
                return {.inspection = std::move(made), .visit = nullptr};
            const auto compared = visit != nullptr
                                      ? visit
                                      : std::make_shared<const DatabaseVisit>(
                                            visitDatabase(DiskFileSystem(), *made, *target, false));
            addVisit(*made, *compared);
            made->outlook = std::make_shared<const Outlook>(
                Outlook{.visit = *compared, .start = startCheckOf(*made), .impact = std::nullopt});
            return {.inspection = std::move(made), .visit = compared};
        },
        [this](const Assembled& made) {
            takeVisit(made);
            takeInspection(made.inspection);
        });
}

void Controller::takeInspection(std::shared_ptr<const Inspection> made)
{
    const auto inspection = releasedElsewhere(std::move(made));
    m_parts.log.write(LogLevel::Info, "inspection", inspection->diagnosis.title);
    const bool databaseToCome = m_target && !m_live && !m_liveError;
    const bool choose = m_chooseFirst && !databaseToCome && m_parts.selection.revision().isEmpty();
    const QString first = choose ? whatMattersIn(*inspection) : QString();
    m_chooseFirst = m_chooseFirst && databaseToCome;
    m_graph = inspection->graph;
    m_parts.store.set(inspection);
    if (inspection->history != nullptr)
        review(inspection);
    startBranchReview();
    if (!m_sourcesAsked && m_graph->size() > 0)
        readOperations();
    if (!first.isEmpty())
        m_parts.selection.selectRevision(first);
    if (!m_request.start.empty())
        Q_EMIT projectShown();
}

/// What the project says of an environment outweighs what the address alone suggested.
void Controller::takeVisit(const Assembled& made)
{
    if (made.visit == nullptr || made.inspection->live != m_live || !m_target || m_demo)
        return;
    m_visit = made.visit;
    const Environment suggested = guessEnvironment(*m_target);
    const Environment judged =
        environmentFromSetting(toQString(toText(m_visit->environment.environment)));
    m_parts.session.update([&](SessionState& state) {
        if (state.environment == suggested)
            state.environment = judged;
    });
}

/// Takes the database as it is now for the one that was meant: what was noticed is put aside.
void Controller::rememberDatabase()
{
    const auto inspection = m_parts.store.current();
    if (inspection == nullptr || inspection->live == nullptr || inspection->live != m_live ||
        !m_target)
        return;
    m_parts.runner.start(
        subjects::identity,
        this,
        [inspection, target = *m_target](const RunContext&) {
            return std::make_shared<const DatabaseVisit>(
                visitDatabase(DiskFileSystem(), *inspection, target, true));
        },
        [this, live = m_live](const std::shared_ptr<const DatabaseVisit>& visit) {
            if (m_live != live)
                return; // another reading has come, and was compared with what is kept now
            m_visit = visit;
            m_parts.log.write(LogLevel::Info,
                              "database",
                              visit->notKept.empty() ? "Remembered as it is now." : visit->notKept);
            assemble();
        });
}

void Controller::review(const std::shared_ptr<const Inspection>& inspection)
{
    m_parts.runner.start(
        subjects::review,
        this,
        [inspection, around = m_surroundings](
            const RunContext& run) -> Result<std::shared_ptr<const Inspection>> {
            auto reviewed = reviewEverything(DiskFileSystem(), *inspection, run);
            if (!reviewed)
                return failure(std::move(reviewed.error()));
            auto complete = std::make_shared<Inspection>(*inspection);
            addReview(*complete,
                      std::make_shared<const ReviewResult>(std::move(reviewed->result)),
                      std::move(reviewed->beforeUpgrade));
            if (around != nullptr)
                addSurroundings(*complete, around);
            addOutlook(*complete);
            return std::shared_ptr<const Inspection>(std::move(complete));
        },
        [this, inspection](const Result<std::shared_ptr<const Inspection>>& complete) {
            if (m_parts.store.current() != inspection)
                return; // another has come in the meantime
            if (complete) {
                m_parts.store.set(releasedElsewhere(*complete));
                lookAround(*complete);
                return;
            }
            m_parts.log.write(LogLevel::Error, "review", toText(complete.error()));
            lookAround(inspection);
            if (!isCancelled(complete.error()))
                m_parts.session.update([&](SessionState& state) {
                    state.notice = QStringLiteral("The revisions were not reviewed. ") +
                                   toQString(toText(complete.error()));
                });
        });
}

/// What lies around the migrations belongs to the files: it is read once for each reading of them,
/// when all that people wait for is in sight.
void Controller::lookAround(const std::shared_ptr<const Inspection>& inspection)
{
    if (inspection->surroundings != nullptr || m_request.start.empty())
        return;

    struct Around
    {
        std::shared_ptr<const ProjectScan> scan;
        std::shared_ptr<const Inspection> complete;
    };

    m_parts.runner.start(
        subjects::surroundings,
        this,
        [inspection, known = m_surroundings](const RunContext& run) {
            Around around{.scan = known, .complete = nullptr};
            if (around.scan == nullptr)
                around.scan =
                    std::make_shared<const ProjectScan>(scanAround(*inspection, true, run));
            auto complete = std::make_shared<Inspection>(*inspection);
            addSurroundings(*complete, around.scan);
            addOutlook(*complete);
            around.complete = std::move(complete);
            return around;
        },
        [this, inspection](const Around& around) {
            if (inspection->graph != m_graph)
                return; // the files were read again in the meantime
            if (m_surroundings != around.scan)
                m_parts.log.write(LogLevel::Info,
                                  "project",
                                  std::to_string(around.scan->files) +
                                      " files around the migrations looked at");
            m_surroundings = around.scan;
            if (m_parts.store.current() == inspection)
                m_parts.store.set(releasedElsewhere(around.complete));
        });
}

void Controller::reviewBranch(const QString& reference)
{
    m_parts.branchReview.begin(reference);
    startBranchReview();
}

/// What revisions do has to be read first; until then the review waits.
void Controller::startBranchReview()
{
    const auto inspection = m_parts.store.current();
    if (!m_parts.branchReview.isOpen() || inspection == nullptr || inspection->history == nullptr)
        return;
    m_parts.runner.start(
        subjects::branchReview,
        this,
        [inspection, reference = toStd(m_parts.branchReview.reference())](const RunContext& run) {
            return reviewOfBranch(*inspection, reference, run);
        },
        [this](const BranchReview& review) {
            if (review.error && isCancelled(*review.error))
                return;
            if (review.error)
                m_parts.log.write(LogLevel::Error, "review", toText(*review.error));
            m_parts.branchReview.set(std::make_shared<const BranchReview>(review));
        });
}

void Controller::closeReview()
{
    m_parts.runner.stop(subjects::branchReview);
    m_parts.branchReview.close();
}

} // namespace sightglass
