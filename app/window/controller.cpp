// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/controller.h"

#include "app/lost_revisions.h"
#include "app/review_project.h"
#include "app/scan_project.h"
#include "app/visit.h"
#include "app/window/branch_reading.h"
#include "app/window/database_reading.h"
#include "app/window/editor_command.h"
#include "app/window/logging.h"
#include "core/inspection/outlook.h"
#include "ui/jobs/release.h"
#include "ui/state/environment.h"
#include "ui/text.h"

#include <QDesktopServices>
#include <QFileInfo>
#include <QProcess>
#include <QUrl>

namespace sightglass {

namespace {

const QString filesSubject = QStringLiteral("files");
const QString databaseSubject = QStringLiteral("database");
const QString demoSubject = QStringLiteral("demo");
const QString inspectionSubject = QStringLiteral("inspection");
const QString operationsSubject = QStringLiteral("operations");
const QString reviewSubject = QStringLiteral("review");
const QString branchReviewSubject = QStringLiteral("branch review");
const QString surroundingsSubject = QStringLiteral("surroundings");

/// Editors write a file in several steps; after this much quiet a burst is over.
constexpr std::chrono::milliseconds quietAfterChange{150};

bool isCancelled(const Error& error)
{
    return error.code == ErrorCode::Cancelled;
}

QString nameOf(const Project& project)
{
    const QString name = toQString(project.root.filename());
    return name.isEmpty() ? toQString(project.root) : name;
}

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

/// Overload set of lambdas for std::visit.
template <typename... Handlers>
struct Overloaded : Handlers...
{
    using Handlers::operator()...;
};

template <typename... Handlers>
Overloaded(Handlers...) -> Overloaded<Handlers...>;

} // namespace

Controller::Controller(const ControllerParts& parts, QObject* parent)
    : QObject(parent)
    , m_parts(parts)
    , m_watcher(quietAfterChange)
{
    connect(&parts.requests, &Requests::asked, this, &Controller::handle);
    connect(&m_watcher, &FolderWatcher::changed, this, [this] {
        m_parts.log.write(
            LogLevel::Info, "files", "Something changed on disk; the files are read again.");
        handle(ReloadFiles{});
    });
    connect(&m_watcher, &FolderWatcher::notWatched, this, [this](int count) {
        m_parts.log.write(LogLevel::Warn,
                          "files",
                          "The system refused to watch " + std::to_string(count) +
                              " files. Press F5 after changes.");
    });
}

Controller::~Controller() = default;

void Controller::handle(const Request& request)
{
    std::visit(Overloaded{[this](const OpenProject& asked) { openProject(asked); },
                          [this](const ConnectDatabase& asked) {
                              connectDatabase(toStd(asked.target), asked.environment);
                          },
                          [this](const ConnectProjectDatabase&) { connectProjectDatabase(); },
                          [this](const Disconnect&) { disconnect(); },
                          [this](const ReloadFiles&) {
                              if (m_scripts && !m_request.start.empty())
                                  readFiles(m_request, false);
                          },
                          [this](const ReloadDatabase&) {
                              if (m_target)
                                  readDatabase();
                          },
                          [this](const StartDemoIncident& asked) { startIncident(asked.name); },
                          [this](const CloseProject&) { closeProject(); },
                          [this](const OpenInEditor& asked) { openInEditor(asked); },
                          [this](const StopWork&) { stopWork(); },
                          [](const ShowConnectDialog&) {},
                          [](const ShowRule&) {},
                          [this](const ReviewBranch& asked) { reviewBranch(asked.reference); },
                          [this](const CloseReview&) { closeReview(); }},
               request);
}

bool Controller::isIdle() const
{
    const JobRunner& runner = m_parts.runner;
    return !m_databaseWaits && !runner.isRunning(filesSubject) &&
           !runner.isRunning(databaseSubject) && !runner.isRunning(demoSubject) &&
           !runner.isRunning(inspectionSubject) && !runner.isRunning(operationsSubject) &&
           !runner.isRunning(reviewSubject) && !runner.isRunning(branchReviewSubject) &&
           !runner.isRunning(surroundingsSubject);
}

void Controller::openProject(const OpenProject& request)
{
    ProjectRequest asked{.start = toStd(QFileInfo(request.path).absoluteFilePath())};
    if (!request.section.isEmpty())
        asked.section = toStd(request.section);
    readFiles(asked, true);
}

void Controller::readFiles(const ProjectRequest& request, bool opening)
{
    m_parts.runner.start(
        filesSubject,
        this,
        [request](const RunContext& run) -> Result<FilesRead> {
            const DiskFileSystem disk;
            const auto project = findProject(disk, request);
            if (!project)
                return failure(project.error());
            auto scripts = readScripts(disk, *project, run);
            if (!scripts)
                return failure(scripts.error());
            return FilesRead{std::make_shared<const Scripts>(std::move(*scripts))};
        },
        [this, request, opening](const Result<FilesRead>& result) {
            takeFiles(result, request, opening);
        });
}

void Controller::takeFiles(const Result<FilesRead>& result,
                           const ProjectRequest& request,
                           bool opening)
{
    if (!result) {
        m_parts.log.write(LogLevel::Error, "files", toText(result.error()));
        if (opening) {
            m_nextDemo.reset();
            m_databaseWaits = false;
        }
        if (!isCancelled(result.error())) {
            m_parts.session.update([&](SessionState& state) {
                (opening ? state.startError : state.filesError) = result.error();
                state.filesErrorRead = false;
            });
        }
        return;
    }
    const Scripts& scripts = *result->scripts;
    m_parts.log.write(LogLevel::Info,
                      "files",
                      std::to_string(scripts.filesRead) + " files read in " +
                          std::to_string(scripts.duration.count()) + " ms");
    if (opening)
        adoptProject(request, scripts);
    m_scripts = result->scripts;
    forgetOperations();
    m_parts.session.update([&](SessionState& state) {
        state.filesError.reset();
        state.startError.reset();
        const ReadFact& url = scripts.project.databaseUrl;
        state.hasProjectDatabase = url.value.isKnown() && !url.value.value().empty();
    });
    m_watcher.watch(watchedPaths(scripts));
    const VersionTableHint hint = versionTableHint();
    const bool otherTable =
        m_live && (hint.table != m_hintRead.table || hint.schema != m_hintRead.schema);
    if (m_target && (m_databaseWaits || otherTable))
        readDatabase();
    assemble();
}

void Controller::adoptProject(const ProjectRequest& request, const Scripts& scripts)
{
    const bool isDemo = m_nextDemo && m_nextDemo->project.native() == request.start.native();
    const bool anotherProject = !m_request.start.empty() && m_request.start != request.start;
    if (anotherProject && !m_databaseWaits)
        forgetDatabase();
    if (!isDemo)
        m_nextDemo.reset();
    endDemo();
    m_demo = std::move(m_nextDemo);
    m_request = request;
    if (anotherProject) {
        m_parts.selection.clear();
        closeReview();
    }
    m_chooseFirst = m_parts.selection.revision().isEmpty();
    m_parts.session.update([&](SessionState& state) {
        state.projectName =
            m_demo ? toQString(m_demo->description.projectName) : nameOf(scripts.project);
        state.projectPath = toQString(request.start);
        state.section = toQString(request.section);
        state.demoTitle = m_demo ? toQString(m_demo->description.title) : QString();
        state.notice.clear();
    });
}

void Controller::connectDatabase(const std::string& text, Environment environment)
{
    auto target = parseConnectionTarget(text);
    if (!target) {
        m_parts.session.update([&](SessionState& state) { state.startError = target.error(); });
        return;
    }
    m_parts.log.hide(target->value("password"));
    m_target = std::move(*target);
    m_live.reset();
    m_visit.reset();
    m_liveError.reset();
    m_refreshError.reset();
    m_parts.session.update([&](SessionState& state) {
        state.target = toQString(m_target->shown);
        state.environment = environment;
        state.databaseError.reset();
        state.startError.reset();
        state.notice.clear();
        if (!m_target->dropped.empty()) {
            QStringList keys;
            for (const std::string& key : m_target->dropped)
                keys.append(toQString(std::string_view(key)));
            state.notice =
                QStringLiteral("Left out of the address, because PostgreSQL does not know it: %1.")
                    .arg(keys.join(QStringLiteral(", ")));
        }
    });
    // What the version table is called stands in the files, so they come first.
    m_databaseWaits = m_parts.runner.isRunning(filesSubject);
    if (!m_databaseWaits)
        readDatabase();
}

void Controller::connectProjectDatabase()
{
    if (!m_scripts)
        return;
    const ReadFact& url = m_scripts->project.databaseUrl;
    if (!url.value.isKnown() || url.value.value().empty()) {
        const std::string reason =
            url.value.isKnown() ? "it is empty or a placeholder" : url.value.reason();
        m_parts.session.update([&](SessionState& state) {
            state.startError =
                Error{.code = ErrorCode::NotFound,
                      .message = "The project's sqlalchemy.url can't be used: " + reason + ".",
                      .nextStep = "Type the address under Connect."};
        });
        return;
    }
    const auto target = parseConnectionTarget(url.value.value());
    connectDatabase(url.value.value(), target ? guessEnvironment(*target) : Environment::Unknown);
}

void Controller::forgetDatabase()
{
    m_parts.runner.stop(databaseSubject);
    m_databaseWaits = false;
    m_target.reset();
    m_live.reset();
    m_visit.reset();
    m_liveError.reset();
    m_refreshError.reset();
    m_parts.session.update([](SessionState& state) {
        state.target.clear();
        state.environment = Environment::Unknown;
        state.databaseError.reset();
        state.notice.clear();
    });
}

void Controller::disconnect()
{
    forgetDatabase();
    if (m_request.start.empty())
        closeProject();
    else if (m_scripts)
        assemble();
}

VersionTableHint Controller::versionTableHint() const
{
    if (!m_scripts)
        return {};
    const auto text = [](const ReadFact& fact) {
        return fact.value.isKnown() ? fact.value.value() : std::string();
    };
    return {.table = text(m_scripts->project.versionTable),
            .schema = text(m_scripts->project.versionTableSchema)};
}

void Controller::readDatabase()
{
    m_databaseWaits = false;
    m_hintRead = versionTableHint();
    m_parts.log.write(LogLevel::Info, "database", "Reading the catalog of " + m_target->shown);
    m_parts.runner.start(
        databaseSubject,
        this,
        [target = *m_target, hint = m_hintRead](const RunContext& run) {
            return readDatabaseState(target, hint, run);
        },
        [this](Result<LiveState> result) { takeDatabase(std::move(result)); });
}

void Controller::takeDatabase(Result<LiveState> result)
{
    if (!result && isCancelled(result.error()))
        return;
    if (result) {
        m_parts.log.write(LogLevel::Info,
                          "database",
                          std::to_string(result->schema.tables.size()) + " tables read in " +
                              std::to_string(result->duration.count()) + " ms");
        m_live = std::make_shared<const LiveState>(std::move(*result));
        m_visit.reset();
        m_liveError.reset();
        m_refreshError.reset();
        m_parts.session.update([](SessionState& state) { state.databaseError.reset(); });
    } else {
        m_parts.log.write(LogLevel::Error, "database", toText(result.error()));
        // An older catalog stays in sight, with the error above it; without one the reason is data.
        (m_live ? m_refreshError : m_liveError) = result.error();
        m_parts.session.update([&](SessionState& state) {
            state.databaseError = result.error();
            state.databaseErrorRead = false;
        });
    }
    if (!m_scripts) {
        m_scripts = std::make_shared<const Scripts>();
        m_parts.session.update([](SessionState& state) {
            state.notice = QStringLiteral(
                "No migrations folder is open. Open one to compare it with this database.");
        });
    }
    assemble();
}

void Controller::startIncident(const QString& name)
{
    m_parts.log.write(LogLevel::Info, "demo", "Starting the demo " + toStd(name));
    m_parts.runner.start(
        demoSubject,
        this,
        [wanted = toStd(name)](const RunContext& run) { return startDemo(wanted, run); },
        [this](Result<RunningDemo> result) { takeDemo(std::move(result)); });
}

void Controller::takeDemo(Result<RunningDemo> result)
{
    if (!result) {
        m_parts.log.write(LogLevel::Error, "demo", toText(result.error()));
        if (!isCancelled(result.error()))
            m_parts.session.update([&](SessionState& state) { state.startError = result.error(); });
        return;
    }
    const bool hasDatabase = !result->dsn.empty();
    const std::string dsn = result->dsn;
    const QString project = toQString(result->project);
    m_nextDemo = std::make_shared<RunningDemo>(std::move(*result));
    forgetDatabase();
    openProject({.path = project});
    if (hasDatabase)
        connectDatabase(dsn, Environment::Ephemeral);
}

void Controller::endDemo()
{
    if (!m_demo)
        return;
    // Stopping a server takes a moment; the window does not wait for it.
    m_parts.runner.start(
        QStringLiteral("end of demo"),
        this,
        [demo = std::move(m_demo)](const RunContext&) {
            demo->server.reset();
            return true;
        },
        [](bool) {});
    m_demo.reset();
}

void Controller::closeProject()
{
    stopWork();
    m_watcher.watch({});
    m_target.reset();
    m_live.reset();
    m_visit.reset();
    m_liveError.reset();
    m_refreshError.reset();
    m_scripts.reset();
    forgetOperations();
    m_request = {};
    m_nextDemo.reset();
    endDemo();
    closeReview();
    m_parts.selection.clear();
    m_parts.session.update([](SessionState& state) { state = {}; });
    m_parts.store.set(nullptr);
}

void Controller::openInEditor(const OpenInEditor& request)
{
    const auto editor = editorCommand(chosenEditor(), request.file, request.line);
    if (editor && QProcess::startDetached(editor->program, editor->arguments))
        return;
    if (!QDesktopServices::openUrl(QUrl::fromLocalFile(request.file)))
        m_parts.session.update([&](SessionState& state) {
            state.notice = QStringLiteral("No program is set up to open %1.").arg(request.file);
        });
}

void Controller::stopWork()
{
    m_databaseWaits = false;
    for (const QString& subject : {filesSubject,
                                   databaseSubject,
                                   demoSubject,
                                   inspectionSubject,
                                   operationsSubject,
                                   reviewSubject,
                                   branchReviewSubject,
                                   surroundingsSubject})
        m_parts.runner.stop(subject);
}

void Controller::forgetOperations()
{
    m_parts.runner.stop(operationsSubject);
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
        operationsSubject,
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
        inspectionSubject,
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

void Controller::review(const std::shared_ptr<const Inspection>& inspection)
{
    m_parts.runner.start(
        reviewSubject,
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
        surroundingsSubject,
        this,
        [inspection, known = m_surroundings](const RunContext& run) {
            Around around{.scan = known, .complete = nullptr};
            if (around.scan == nullptr)
                around.scan =
                    std::make_shared<const ProjectScan>(scanAround(*inspection, true, run));
            auto complete = std::make_shared<Inspection>(*inspection);
            addSurroundings(*complete, around.scan);
            around.complete = std::move(complete);
            return around;
        },
        [this, inspection](const Around& around) {
            if (inspection->graph != m_graph)
                return; // the files were read again in the meantime
            m_surroundings = around.scan;
            m_parts.log.write(LogLevel::Info,
                              "project",
                              std::to_string(around.scan->files) +
                                  " files around the migrations looked at");
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
        branchReviewSubject,
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
    m_parts.runner.stop(branchReviewSubject);
    m_parts.branchReview.close();
}

QString Controller::conninfoWithoutPassword() const
{
    if (!m_target || m_demo)
        return {};
    ConnectionTarget shown = *m_target;
    for (const char* secret : {"password", "sslpassword", "sslkey"})
        shown.parameters.erase(secret);
    return toQString(std::string_view(toConninfo(shown)));
}

void Controller::dismissMessage(const QString& bar)
{
    m_parts.session.update([&bar](SessionState& state) {
        if (bar == QStringLiteral("startMessage"))
            state.startError.reset();
        else if (bar == QStringLiteral("filesMessage"))
            state.filesErrorRead = true;
        else if (bar == QStringLiteral("databaseMessage"))
            state.databaseErrorRead = true;
        else if (bar == QStringLiteral("notice"))
            state.notice.clear();
    });
}

} // namespace sightglass
