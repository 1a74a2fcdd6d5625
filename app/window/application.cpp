// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/application.h"

#include "app/window/branch_reading.h"
#include "app/window/database_reading.h"
#include "app/window/secret_store.h"
#include "ui/main_window/message_bar.h"
#include "ui/panels/inspector/inspector_panel.h"
#include "ui/panels/log/log_panel.h"
#include "ui/state/environment.h"
#include "ui/text.h"

#include <QApplication>
#include <QEvent>

#include <algorithm>

namespace sightglass {

namespace {

/// The mockups are drawn with 13 px text at 96 dpi; a desktop that asks for more gets more.
constexpr double smallestPointSize = 9.75;

void setTextSize(QApplication& application)
{
    QFont font = application.font();
    if (font.pointSizeF() < smallestPointSize ||
        QGuiApplication::platformName() == QStringLiteral("offscreen"))
        font.setPointSizeF(smallestPointSize);
    application.setFont(font);
}

} // namespace

Application::Application(QApplication& application,
                         const ApplicationPlaces& places,
                         std::unique_ptr<Prompts> prompts)
    : m_application(application)
    , m_systemPalette(application.palette())
    , m_settings(places.settingsFile)
    , m_log(places.logFolder)
    , m_theme(Theme::schemeOf(application.palette()))
{
    setTextSize(application);
    m_theme.applyTo(application);
    m_controller = std::make_unique<Controller>(ControllerParts{.store = m_store,
                                                                .selection = m_selection,
                                                                .requests = m_requests,
                                                                .session = m_session,
                                                                .branchReview = m_branchReview,
                                                                .runner = m_runner,
                                                                .log = m_log});
    createWindow(std::move(prompts));
    connectSignals();
    chooseTheme(m_settings.themeChoice());
    application.installEventFilter(this);
}

Application::~Application()
{
    m_application.removeEventFilter(this);
    m_runner.stopAll();
}

void Application::createWindow(std::unique_ptr<Prompts> prompts)
{
    m_window = std::make_unique<MainWindow>(WindowParts{
        .panels =
            {.store = m_store, .selection = m_selection, .requests = m_requests, .theme = m_theme},
        .session = m_session,
        .branchReview = m_branchReview,
        .runner = m_runner,
        .source = [](const std::string& file) { return DiskFileSystem().read(file); },
        .connectionTest = askServer,
        .branches = [this] { return branchReading(); },
        .desk = [this] { return m_controller->desk(); },
        .passwords = keychainMemory(),
        .connectionQuestion = [this] { return connectionQuestion(); },
        .prompts = std::move(prompts)});
    m_window->setRecent(m_settings.recentProjects());
    m_window->setMenuBarShown(m_settings.menuBarShown());
    m_window->restoreGeometry(m_settings.windowGeometry());
}

void Application::connectSignals()
{
    connect(&m_log,
            &Logging::logged,
            this,
            [this](const QDateTime& time,
                   const QString& level,
                   const QString& logger,
                   const QString& text) {
                m_window->workspace().log().append(
                    {.time = time, .level = level, .logger = logger, .text = text});
            });
    connect(m_window.get(), &MainWindow::themeChosen, this, [this](ThemeChoice choice) {
        m_settings.setThemeChoice(choice);
        chooseTheme(choice);
    });
    connect(m_window.get(),
            &MainWindow::messageDismissed,
            m_controller.get(),
            &Controller::dismissMessage);
    connect(m_window.get(), &MainWindow::closing, this, &Application::keepEverything);
    connect(m_controller.get(), &Controller::projectShown, this, &Application::rememberProject);
    connect(&m_session, &Session::changed, this, &Application::followProject);
}

void Application::start(const WindowOptions& options)
{
    if (options.theme)
        chooseTheme(*options.theme);
    if (options.width > 0)
        m_window->resize(options.width, options.height);
    if (options.tab)
        m_window->workspace().showTab(*options.tab);
    if (options.page)
        m_window->workspace().inspector().setPage(*options.page);
    m_window->show();
    if (!m_log.fileProblem().isEmpty())
        m_log.write(LogLevel::Warn, "log", "No log file is written: " + toStd(m_log.fileProblem()));
    readDemoList();
    if (!options.demo.empty()) {
        m_requests.ask(StartDemoIncident{toQString(std::string_view(options.demo))});
        return;
    }
    if (!options.project.empty())
        m_requests.ask(OpenProject{.path = toQString(std::string_view(options.project)),
                                   .section = toQString(std::string_view(options.section))});
    if (!options.reviewSince.empty())
        m_requests.ask(ReviewBranch{toQString(std::string_view(options.reviewSince))});
    if (!options.dsn.empty()) {
        const auto target = parseConnectionTarget(options.dsn);
        m_requests.ask(ConnectDatabase{.target = toQString(std::string_view(options.dsn)),
                                       .environment = target ? guessEnvironment(*target)
                                                             : Environment::Unknown});
    }
}

void Application::readDemoList()
{
    using DemoList = Result<std::vector<DemoDescription>>;
    m_runner.start(
        QStringLiteral("demo list"),
        this,
        [](const RunContext&) -> DemoList {
            const auto folder = demosFolder();
            return folder ? listDemos(*folder) : DemoList(failure(folder.error()));
        },
        [this](const DemoList& found) {
            m_demosListed = true;
            std::vector<DemoChoice> choices;
            if (!found) {
                m_window->setDemos({}, shownText(found.error()));
                return;
            }
            for (const DemoDescription& demo : *found)
                choices.push_back({.name = toQString(std::string_view(demo.name)),
                                   .title = toQString(std::string_view(demo.title)),
                                   .summary = toQString(std::string_view(demo.summary))});
            m_window->setDemos(choices, QStringLiteral("No demo incidents are installed."));
        });
}

void Application::chooseTheme(ThemeChoice choice)
{
    m_choice = choice;
    m_window->setThemeChoice(choice);
    if (choice == ThemeChoice::System)
        m_theme.setScheme(Theme::schemeOf(m_systemPalette));
    else
        m_theme.setScheme(choice == ThemeChoice::Light ? ColorScheme::Light : ColorScheme::Dark);
}

void Application::followSystemTheme()
{
    // Our own palette comes back through the same event; another one is the desktop's.
    const QPalette palette = QGuiApplication::palette();
    if (palette.color(QPalette::Window) == m_theme.colors().background)
        return;
    m_systemPalette = palette;
    if (m_choice != ThemeChoice::System)
        return;
    const ColorScheme scheme = Theme::schemeOf(palette);
    if (scheme == m_theme.scheme())
        m_theme.applyTo(m_application); // the desktop's palette has replaced ours
    else
        m_theme.setScheme(scheme);
}

bool Application::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == &m_application && event->type() == QEvent::ApplicationPaletteChange)
        QMetaObject::invokeMethod(this, &Application::followSystemTheme, Qt::QueuedConnection);
    return QObject::eventFilter(watched, event);
}

void Application::followProject()
{
    const QString path = m_session.state().projectPath;
    if (path == m_layoutOf)
        return;
    if (!m_layoutOf.isEmpty())
        m_settings.setLayoutOf(m_layoutOf, m_window->workspace().savedLayout());
    m_layoutOf = path;
    if (!path.isEmpty()) {
        const WorkspaceLayout kept = m_settings.layoutOf(path);
        if (!kept.columns.isEmpty())
            m_window->workspace().restoreLayout(kept);
    }
}

void Application::rememberProject()
{
    const SessionState& state = m_session.state();
    const auto& inspection = m_store.current();
    if (!state.demoTitle.isEmpty() || !inspection)
        return;
    RecentProject project{.path = state.projectPath,
                          .section = state.section,
                          .name = state.projectName,
                          .target = state.target,
                          .conninfo = m_controller->conninfoWithoutPassword(),
                          .environment = state.environment};
    // Without a database nothing is said about one; the connection of the last time stays offered.
    for (const RecentProject& old : m_settings.recentProjects()) {
        if (project.target.isEmpty() && old.path == project.path &&
            old.section == project.section) {
            project.target = old.target;
            project.conninfo = old.conninfo;
            project.environment = old.environment;
        }
    }
    const Diagnosis& diagnosis = inspection->diagnosis;
    project.state = toQString(badgeText(diagnosis.state));
    project.tone =
        isUnhealthy(diagnosis.state)
            ? Theme::toneOf(diagnosis.severity)
            : (diagnosis.hasDatabase && diagnosis.state == DatabaseState::Healthy ? Tone::Good
                                                                                  : Tone::Neutral);
    project.lastOpened = QDateTime::currentDateTimeUtc();
    m_settings.rememberProject(project);
    m_window->setRecent(m_settings.recentProjects());
}

void Application::keepEverything()
{
    m_settings.setWindowGeometry(m_window->saveGeometry());
    m_settings.setMenuBarShown(m_window->isMenuBarShown());
    if (!m_layoutOf.isEmpty())
        m_settings.setLayoutOf(m_layoutOf, m_window->workspace().savedLayout());
    m_log.flush();
}

BranchReading Application::branchReading() const
{
    const std::shared_ptr<const Scripts> scripts = m_controller->scripts();
    return [scripts]() -> Result<BranchChoices> {
        if (scripts == nullptr)
            return failure(ErrorCode::NotFound, "No project is open.", "Open a folder.");
        return branchesOf(scripts->project);
    };
}

ConnectionQuestion Application::connectionQuestion() const
{
    ConnectionQuestion question{.target = m_controller->conninfoWithoutPassword(),
                                .environment = m_session.state().environment};
    question.environmentIsKnown = !question.target.isEmpty();
    for (const RecentProject& old : m_settings.recentProjects()) {
        if (question.target.isEmpty() && old.path == m_session.state().projectPath &&
            !old.conninfo.isEmpty()) {
            question.target = old.conninfo;
            question.environment = old.environment;
            question.environmentIsKnown = true;
        }
    }
    if (!m_controller->scripts()) {
        question.projectReason = QStringLiteral("No project is open.");
        return question;
    }
    const Known<std::string>& url = m_controller->scripts()->project.databaseUrl.value;
    const auto target = url.isKnown()
                            ? parseConnectionTarget(url.value())
                            : Result<ConnectionTarget>(failure(ErrorCode::NotFound, url.reason()));
    if (target && !url.value().empty())
        question.projectTarget = toQString(std::string_view(target->shown));
    else
        question.projectReason = QStringLiteral(
            "The project's sqlalchemy.url is empty or can't be read without running it.");
    return question;
}

} // namespace sightglass
