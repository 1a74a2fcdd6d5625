// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/main_window/main_window.h"

#include "core/report/text_report.h"
#include "ui/dialogs/rule_page.h"
#include "ui/dialogs/shortcut_sheet.h"
#include "ui/go_to/go_to_palette.h"
#include "ui/main_window/message_bar.h"
#include "ui/main_window/status_line.h"
#include "ui/main_window/top_bar.h"
#include "ui/panels/problems/problems_panel.h"
#include "ui/review/review_page.h"
#include "ui/start_page/start_page.h"
#include "ui/state/environment.h"
#include "ui/text.h"
#include "ui/wizard/stamp_wizard.h"

#include <QCloseEvent>
#include <QMenu>
#include <QMenuBar>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace sightglass {

MainWindow::MainWindow(WindowParts parts)
    : m_parts(std::move(parts))
    , m_prompts(m_parts.prompts ? std::move(m_parts.prompts)
                                : std::make_unique<DialogPrompts>(this))
    , m_actions(new Actions(this))
{
    setObjectName(QStringLiteral("mainWindow"));
    setMinimumSize(900, 600);
    resize(1440, 900);
    createActions();
    createLayout();
    createMenus();
    connectSignals();
    refreshAll();
}

MainWindow::~MainWindow() = default;

void MainWindow::createLayout()
{
    m_pages = new QStackedWidget(this);
    auto* start = new QWidget(m_pages);
    auto* startLayout = new QVBoxLayout(start);
    startLayout->setContentsMargins(0, 0, 0, 0);
    startLayout->setSpacing(0);
    m_startError = new MessageBar(m_parts.panels.theme, QStringLiteral("openMessage"), start);
    m_startPage = new StartPage(
        m_parts.panels.theme, m_parts.panels.requests, m_parts.runner, *m_actions, start);
    startLayout->addWidget(m_startError);
    startLayout->addWidget(m_startPage, 1);
    m_workspace = new Workspace(
        m_parts.panels, m_parts.session, m_parts.runner, m_parts.source, *m_actions, m_pages);
    m_pages->addWidget(start);
    m_pages->addWidget(m_workspace);
    m_review = new ReviewPage(
        m_parts.panels, m_parts.branchReview, m_parts.runner, m_parts.source, m_pages);
    m_pages->addWidget(m_review);
    setCentralWidget(m_pages);
    m_palette = new GoToPalette(m_parts.panels.theme, this);
}

void MainWindow::connectSignals()
{
    connect(&m_parts.session, &Session::changed, this, &MainWindow::refreshAll);
    connect(&m_parts.panels.store, &InspectionStore::changed, this, &MainWindow::refreshAll);
    connect(&m_parts.panels.selection, &Selection::changed, this, &MainWindow::refreshActions);
    connect(&m_parts.panels.requests, &Requests::asked, this, [this](const Request& request) {
        if (const auto* const stamp = std::get_if<ShowStampWizard>(&request))
            openStampWizard(*stamp);
        if (std::holds_alternative<ShowConnectDialog>(request))
            openConnectDialog();
        else if (const auto* const rule = std::get_if<ShowRule>(&request))
            showRule(rule->rule);
    });
    connect(&m_parts.branchReview, &BranchReviewStore::changed, this, &MainWindow::refreshPage);
    connect(m_review, &ReviewPage::anotherAsked, this, &MainWindow::openBranchDialog);
    connect(m_startError, &MessageBar::dismissed, this, [this] {
        Q_EMIT messageDismissed(QStringLiteral("startMessage"));
    });
    connect(m_startError, &MessageBar::buttonPressed, this, &MainWindow::chooseFolder);
    connect(m_workspace, &Workspace::messageDismissed, this, &MainWindow::messageDismissed);
    connect(m_palette, &GoToPalette::chosen, this, &MainWindow::goTo);
    StatusLine& status = m_workspace->statusLine();
    connect(&status, &StatusLine::goToAsked, this, &MainWindow::openPalette);
    connect(&status, &StatusLine::skippedFilesAsked, this, &MainWindow::showSkippedFiles);
}

void MainWindow::setRecent(const std::vector<RecentProject>& recent)
{
    m_recent = recent;
    m_startPage->setRecent(recent);
    fillRecentMenu();
}

void MainWindow::setDemos(const std::vector<DemoChoice>& demos, const QString& missing)
{
    m_demos = demos;
    m_startPage->setDemos(demos, missing);
    fillDemoMenu();
}

void MainWindow::refreshAll()
{
    const SessionState& state = m_parts.session.state();
    refreshPage();
    m_startError->setMessage(Tone::Danger,
                             state.startError ? shownText(*state.startError) : QString(),
                             QStringLiteral("Open another folder…"));
    refreshTitle();
    refreshActions();
}

void MainWindow::refreshPage()
{
    QWidget* page = m_pages->widget(0);
    if (m_parts.session.state().isOpen() && m_parts.panels.store.current())
        page = m_parts.branchReview.isOpen() ? static_cast<QWidget*>(m_review) : m_workspace;
    m_pages->setCurrentWidget(page);
}

void MainWindow::refreshTitle()
{
    const SessionState& state = m_parts.session.state();
    QStringList parts;
    if (!state.projectName.isEmpty())
        parts.append(state.projectName);
    if (!state.target.isEmpty())
        parts.append(QStringLiteral("%1 [%2]").arg(state.target, badgeText(state.environment)));
    parts.append(QStringLiteral("Sightglass"));
    setWindowTitle(parts.join(QStringLiteral(" – ")));
}

void MainWindow::chooseFolder()
{
    const QString here = m_parts.session.state().projectPath;
    m_prompts->chooseFolder({.title = QStringLiteral("Open a migrations folder"), .startAt = here},
                            this,
                            [this](const QString& folder) {
                                if (!folder.isEmpty())
                                    m_parts.panels.requests.ask(OpenProject{.path = folder});
                            });
}

void MainWindow::openConnectDialog()
{
    auto* dialog = new ConnectDialog(m_parts.connectionQuestion(),
                                     m_parts.connectionTest,
                                     m_parts.passwords,
                                     m_parts.runner,
                                     this);
    connect(dialog, &ConnectDialog::chosen, &m_parts.panels.requests, &Requests::ask);
    dialog->open();
}

void MainWindow::openBranchDialog()
{
    auto* dialog = new BranchDialog(
        m_parts.branches(), m_parts.branchReview.reference(), m_parts.runner, this);
    connect(dialog, &BranchDialog::chosen, &m_parts.panels.requests, &Requests::ask);
    dialog->open();
}

void MainWindow::openStampWizard(const ShowStampWizard& asked)
{
    WizardDesk desk = m_parts.desk();
    if (!desk.planStamp)
        return;
    auto* wizard = new StampWizard(m_parts.panels.theme,
                                   m_parts.panels.store.current(),
                                   std::move(desk),
                                   asked,
                                   m_parts.runner,
                                   this);
    connect(wizard, &StampWizard::worldChanged, this, [this] {
        m_parts.panels.requests.ask(ReloadDatabase{});
    });
    wizard->open();
}

void MainWindow::showRule(const QString& rule)
{
    (new RulePageDialog(m_parts.panels.theme, rule, this))->open();
}

void MainWindow::openPalette()
{
    m_palette->model().setSources(m_parts.panels.store.current(), *m_actions);
    m_palette->open();
}

void MainWindow::goTo(const Destination& destination)
{
    switch (destination.kind) {
    case Destination::Kind::Action:
        destination.action->trigger();
        return;
    case Destination::Kind::Table:
        showTable(destination.title);
        return;
    case Destination::Kind::Rule:
        showRule(destination.rule);
        return;
    case Destination::Kind::Problem:
        m_workspace->showTab(BottomTab::Problems);
        break;
    case Destination::Kind::Revision:
        break;
    }
    if (m_parts.branchReview.isOpen())
        m_parts.panels.requests.ask(CloseReview{});
    if (!destination.revision.isEmpty())
        m_parts.panels.selection.jumpToRevision(destination.revision, destination.line);
}

void MainWindow::showTable(const QString& name)
{
    const auto& inspection = m_parts.panels.store.current();
    if (!inspection || !inspection->live)
        return;
    for (const auto& [qualified, table] : inspection->live->schema.tables) {
        if (toQString(toText(qualified)) != name)
            continue;
        Schema one;
        one.tables.insert_or_assign(qualified, table);
        m_prompts->show(
            {.title = QStringLiteral("Table %1").arg(name), .text = toQString(schemaText(one))});
        return;
    }
}

void MainWindow::showSkippedFiles()
{
    const auto& inspection = m_parts.panels.store.current();
    if (!inspection)
        return;
    QString text;
    for (const IgnoredFile& file : inspection->scripts->ignored)
        text += QStringLiteral("%1\n    %2\n")
                    .arg(toQString(printable(file.file)), toQString(file.reason));
    m_prompts->show({.title = QStringLiteral("Files that Alembic leaves out"), .text = text});
}

void MainWindow::showShortcuts()
{
    (new ShortcutSheet(*m_actions, this))->open();
}

void MainWindow::showAbout()
{
    m_prompts->show(
        {.title = QStringLiteral("About Sightglass"),
         .text =
             QStringLiteral(
                 "Sightglass %1\n\nAn inspector for Alembic migrations on PostgreSQL.\n"
                 "It reads revision files without running them and opens read-only sessions.\n\n"
                 "Free software under the GNU General Public License, version 3 or later.\n"
                 "Qt %2")
                 .arg(QLatin1String(SIGHTGLASS_VERSION), QLatin1String(qVersion()))});
}

QStringList MainWindow::runningJobs() const
{
    const std::vector<std::pair<QString, QString>> subjects{
        {QStringLiteral("files"), QStringLiteral("reading the revision files")},
        {QStringLiteral("database"), QStringLiteral("reading the database")},
        {QStringLiteral("demo"), QStringLiteral("starting a private PostgreSQL")}};
    QStringList running;
    for (const auto& [subject, words] : subjects) {
        if (m_parts.runner.isRunning(subject))
            running.append(words);
    }
    return running;
}

void MainWindow::closeEvent(QCloseEvent* event)
{
    const QStringList running = m_closeAgreed ? QStringList() : runningJobs();
    if (running.isEmpty()) {
        Q_EMIT closing();
        event->accept();
        return;
    }
    event->ignore();
    m_prompts->confirm({.title = QStringLiteral("Close while work is going on"),
                        .text = QStringLiteral("This is still running and would be stopped:"),
                        .details = running,
                        .button = QStringLiteral("Stop and close"),
                        .keep = QStringLiteral("Stay")},
                       this,
                       [this](bool agreed) {
                           if (!agreed)
                               return;
                           m_closeAgreed = true;
                           // Qt ignores close() while a close event is still being handled.
                           QMetaObject::invokeMethod(this, &QWidget::close, Qt::QueuedConnection);
                       });
}

void MainWindow::changeEvent(QEvent* event)
{
    QMainWindow::changeEvent(event);
    if (event->type() == QEvent::WindowStateChange && m_palette != nullptr)
        m_palette->hide();
}

} // namespace sightglass
