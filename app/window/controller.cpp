// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/controller.h"

#include "app/window/controller_subjects.h"
#include "app/window/editor_command.h"
#include "app/window/logging.h"
#include "ui/text.h"

#include <QDesktopServices>
#include <QFileInfo>
#include <QProcess>
#include <QUrl>

namespace sightglass {

namespace {

/// Editors write a file in several steps; after this much quiet a burst is over.
constexpr std::chrono::milliseconds quietAfterChange{150};

QString nameOf(const Project& project)
{
    const QString name = toQString(project.root.filename());
    return name.isEmpty() ? toQString(project.root) : name;
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
                          [this](const RememberDatabase&) { rememberDatabase(); },
                          [](const ShowConnectDialog&) {},
                          [](const ShowStampWizard&) {},
                          [](const ShowRule&) {},
                          [this](const ReviewBranch& asked) { reviewBranch(asked.reference); },
                          [this](const CloseReview&) { closeReview(); }},
               request);
}

bool Controller::isIdle() const
{
    const JobRunner& runner = m_parts.runner;
    return !m_databaseWaits && !runner.isRunning(subjects::files) &&
           !runner.isRunning(subjects::database) && !runner.isRunning(subjects::demo) &&
           !runner.isRunning(subjects::inspection) && !runner.isRunning(subjects::operations) &&
           !runner.isRunning(subjects::review) && !runner.isRunning(subjects::branchReview) &&
           !runner.isRunning(subjects::surroundings) && !runner.isRunning(subjects::identity);
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
        subjects::files,
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
    for (const QString& subject : {subjects::files,
                                   subjects::database,
                                   subjects::demo,
                                   subjects::inspection,
                                   subjects::operations,
                                   subjects::review,
                                   subjects::branchReview,
                                   subjects::surroundings,
                                   subjects::identity})
        m_parts.runner.stop(subject);
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
