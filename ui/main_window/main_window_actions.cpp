// SPDX-License-Identifier: GPL-3.0-or-later
// The actions of the window and the menus made of them; the rest of MainWindow is in
// main_window.cpp.
#include "ui/graph/graph_panel.h"
#include "ui/main_window/main_window.h"
#include "ui/main_window/top_bar.h"
#include "ui/panels/problems/problems_panel.h"
#include "ui/panels/revisions/revisions_panel.h"

#include <QActionGroup>
#include <QMenu>
#include <QMenuBar>
#include <QToolButton>

namespace sightglass {

QAction* MainWindow::addAction(const ActionDescription& description, std::function<void()> run)
{
    return m_actions->add(description, this, std::move(run));
}

void MainWindow::createActions()
{
    createFileActions();
    createViewActions();
    createThemeActions();
    createGoActions();
    createHelpActions();
}

void MainWindow::createFileActions()
{
    const auto ask = [this](const Request& request) {
        return [this, request] { m_parts.panels.requests.ask(request); };
    };
    const auto file = [this](const char* id,
                             const QString& text,
                             const QKeySequence& keys,
                             const QString& help,
                             std::function<void()> run) {
        addAction({.id = QLatin1String(id),
                   .group = ActionGroup::File,
                   .text = text,
                   .shortcuts = keys.isEmpty() ? QList<QKeySequence>() : QList<QKeySequence>{keys},
                   .help = help},
                  std::move(run));
    };
    file("openFolder",
         QStringLiteral("Open folder…"),
         Qt::CTRL | Qt::Key_O,
         QStringLiteral("Read a migrations folder; nothing in it is run."),
         [this] { chooseFolder(); });
    file("connect",
         QStringLiteral("Connect…"),
         Qt::CTRL | Qt::SHIFT | Qt::Key_O,
         QStringLiteral("Open a read-only session to a database."),
         [this] { openConnectDialog(); });
    file("connectProject",
         QStringLiteral("Connect to the project’s own database"),
         {},
         QStringLiteral("Use sqlalchemy.url of the project."),
         ask(ConnectProjectDatabase{}));
    file("disconnect",
         QStringLiteral("Disconnect"),
         {},
         QStringLiteral("Forget the database; the files stay open."),
         ask(Disconnect{}));
    file("refresh",
         QStringLiteral("Refresh"),
         {},
         QStringLiteral("Read the files and the database again."),
         [this] {
             m_parts.panels.requests.ask(ReloadFiles{});
             if (!m_parts.session.state().target.isEmpty())
                 m_parts.panels.requests.ask(ReloadDatabase{});
         });
    file("reloadFiles", QStringLiteral("Read the files again"), Qt::Key_F5, {}, ask(ReloadFiles{}));
    file("reloadDatabase",
         QStringLiteral("Read the database again"),
         Qt::CTRL | Qt::Key_R,
         {},
         ask(ReloadDatabase{}));
    file("stamp",
         QStringLiteral("Stamp the database…"),
         Qt::CTRL | Qt::SHIFT | Qt::Key_S,
         QStringLiteral("Set the version rows to a revision without running anything."),
         ask(ShowStampWizard{}));
    file("reviewBranch",
         QStringLiteral("Review branch…"),
         Qt::CTRL | Qt::Key_B,
         QStringLiteral("Show only what a branch adds, with its findings."),
         [this] { openBranchDialog(); });
    file("closeProject",
         QStringLiteral("Close project"),
         Qt::CTRL | Qt::Key_W,
         QStringLiteral("Back to the start page; a demo's server is taken down."),
         ask(CloseProject{}));
    file("quit", QStringLiteral("Quit"), Qt::CTRL | Qt::Key_Q, {}, [this] { close(); });
}

void MainWindow::createViewActions()
{
    const auto view = [this](const char* id,
                             const QString& text,
                             const QList<QKeySequence>& keys,
                             std::function<void()> run) {
        return addAction(
            {.id = QLatin1String(id), .group = ActionGroup::View, .text = text, .shortcuts = keys},
            std::move(run));
    };
    view("showProblems", QStringLiteral("Problems"), {Qt::CTRL | Qt::Key_1}, [this] {
        m_workspace->showTab(BottomTab::Problems);
    });
    view("showDiagnosis", QStringLiteral("Diagnosis"), {Qt::CTRL | Qt::Key_2}, [this] {
        m_workspace->showTab(BottomTab::Diagnosis);
    });
    view("showLog", QStringLiteral("Log"), {Qt::CTRL | Qt::Key_3}, [this] {
        m_workspace->showTab(BottomTab::Log);
    });
    view("showTables", QStringLiteral("Tables"), {Qt::CTRL | Qt::Key_4}, [this] {
        m_workspace->showTab(BottomTab::Tables);
    });
    view("showSchema", QStringLiteral("Schema at a revision"), {Qt::CTRL | Qt::Key_5}, [this] {
        m_workspace->showTab(BottomTab::Schema);
    });
    view("showCompare", QStringLiteral("Compare two schemas"), {Qt::CTRL | Qt::Key_6}, [this] {
        m_workspace->showTab(BottomTab::Compare);
    });
    view("fitMap", QStringLiteral("Fit the map"), {Qt::CTRL | Qt::Key_9}, [this] {
        m_workspace->graph().fit();
    });
    view("zoomIn",
         QStringLiteral("Zoom in"),
         {Qt::CTRL | Qt::Key_Plus, Qt::CTRL | Qt::Key_Equal},
         [this] { m_workspace->graph().zoomIn(); });
    view("zoomOut", QStringLiteral("Zoom out"), {Qt::CTRL | Qt::Key_Minus}, [this] {
        m_workspace->graph().zoomOut();
    });
    view("resetZoom", QStringLiteral("Zoom to 100 %"), {Qt::CTRL | Qt::Key_0}, [this] {
        m_workspace->graph().resetZoom();
    });
    view("resetLayout", QStringLiteral("Reset layout"), {}, [this] {
        m_workspace->restoreLayout({});
    });
    QAction* bar = view("menuBar", QStringLiteral("Menu bar"), {Qt::CTRL | Qt::Key_M}, [this] {
        menuBar()->setVisible(m_actions->find(QStringLiteral("menuBar"))->isChecked());
    });
    bar->setCheckable(true);
}

void MainWindow::createThemeActions()
{
    const std::vector<std::tuple<const char*, QString, ThemeChoice>> choices{
        {"themeSystem", QStringLiteral("Theme of the system"), ThemeChoice::System},
        {"themeLight", QStringLiteral("Light theme"), ThemeChoice::Light},
        {"themeDark", QStringLiteral("Dark theme"), ThemeChoice::Dark}};
    auto* group = new QActionGroup(this);
    for (const auto& [id, text, choice] : choices) {
        QAction* action =
            addAction({.id = QLatin1String(id), .group = ActionGroup::View, .text = text},
                      [this, chosen = choice] { Q_EMIT themeChosen(chosen); });
        action->setCheckable(true);
        group->addAction(action);
    }
}

void MainWindow::createGoActions()
{
    const auto go = [this](const char* id,
                           const QString& text,
                           const QList<QKeySequence>& keys,
                           std::function<void()> run) {
        addAction(
            {.id = QLatin1String(id), .group = ActionGroup::Go, .text = text, .shortcuts = keys},
            std::move(run));
    };
    go("goToAnything",
       QStringLiteral("Go to anything…"),
       {Qt::CTRL | Qt::Key_K, Qt::CTRL | Qt::SHIFT | Qt::Key_P, Qt::CTRL | Qt::Key_P},
       [this] { openPalette(); });
    go("goToDatabase", QStringLiteral("Database position"), {Qt::CTRL | Qt::Key_D}, [this] {
        m_workspace->graph().goToDatabase();
    });
    go("goToHead", QStringLiteral("Head"), {Qt::CTRL | Qt::Key_H}, [this] {
        m_workspace->graph().goToHead();
    });
    go("back", QStringLiteral("Back"), {Qt::ALT | Qt::Key_Left}, [this] {
        m_parts.panels.selection.goBack();
    });
    go("forward", QStringLiteral("Forward"), {Qt::ALT | Qt::Key_Right}, [this] {
        m_parts.panels.selection.goForward();
    });
    go("nextProblem", QStringLiteral("Next problem"), {Qt::Key_F8}, [this] {
        m_workspace->showTab(BottomTab::Problems);
        m_workspace->problems().selectNext();
    });
    go("previousProblem", QStringLiteral("Previous problem"), {Qt::SHIFT | Qt::Key_F8}, [this] {
        m_workspace->showTab(BottomTab::Problems);
        m_workspace->problems().selectPrevious();
    });
    go("filterRevisions", QStringLiteral("Filter revisions"), {Qt::CTRL | Qt::Key_F}, [this] {
        m_workspace->revisions().focusFilter();
    });
    go("nextPane", QStringLiteral("Next pane"), {Qt::Key_F6}, [this] {
        m_workspace->focusNextPane(true);
    });
    go("previousPane", QStringLiteral("Previous pane"), {Qt::SHIFT | Qt::Key_F6}, [this] {
        m_workspace->focusNextPane(false);
    });
}

void MainWindow::createHelpActions()
{
    addAction({.id = QStringLiteral("shortcuts"),
               .group = ActionGroup::Help,
               .text = QStringLiteral("Keyboard shortcuts"),
               .shortcuts = {Qt::Key_F1, Qt::Key_Question}},
              [this] { showShortcuts(); });
    addAction({.id = QStringLiteral("openMenu"),
               .group = ActionGroup::Help,
               .text = QStringLiteral("Open the menu"),
               .shortcuts = {Qt::Key_F10}},
              [this] { m_workspace->topBar().openMenu(); });
    addAction({.id = QStringLiteral("about"),
               .group = ActionGroup::Help,
               .text = QStringLiteral("About Sightglass")},
              [this] { showAbout(); });
}

void MainWindow::createMenus()
{
    m_recentMenu = new QMenu(QStringLiteral("Recent"), this);
    m_demoMenu = new QMenu(QStringLiteral("Demo incidents"), this);
    m_menu = new QMenu(this);
    m_menu->setObjectName(QStringLiteral("mainMenu"));
    for (const ActionGroup group :
         {ActionGroup::File, ActionGroup::View, ActionGroup::Go, ActionGroup::Help}) {
        QMenu* menu = menuBar()->addMenu(QLatin1Char('&') + shownText(group));
        menu->setObjectName(QStringLiteral("menu") + shownText(group));
        menu->setToolTipsVisible(true);
        fillMenu(*menu, group);
        m_menu->addMenu(menu);
    }
    m_workspace->topBar().setMenu(m_menu);
    setMenuBarShown(false);
    fillRecentMenu();
    fillDemoMenu();
}

void MainWindow::fillMenu(QMenu& menu, ActionGroup group)
{
    static const QStringList beginsSection{QStringLiteral("connect"),
                                           QStringLiteral("refresh"),
                                           QStringLiteral("reviewBranch"),
                                           QStringLiteral("closeProject"),
                                           QStringLiteral("fitMap"),
                                           QStringLiteral("resetLayout"),
                                           QStringLiteral("themeSystem"),
                                           QStringLiteral("back"),
                                           QStringLiteral("nextProblem"),
                                           QStringLiteral("filterRevisions")};
    for (const Actions::Entry& entry : m_actions->all()) {
        if (entry.group != group || entry.action->objectName() == QStringLiteral("openMenu"))
            continue;
        if (beginsSection.contains(entry.action->objectName()))
            menu.addSeparator();
        menu.addAction(entry.action);
        if (entry.action->objectName() == QStringLiteral("openFolder")) {
            menu.addMenu(m_recentMenu);
            menu.addMenu(m_demoMenu);
        }
    }
}

void MainWindow::fillRecentMenu()
{
    m_recentMenu->clear();
    for (const RecentProject& project : m_recent) {
        QAction* action =
            m_recentMenu->addAction(QStringLiteral("%1 (%2)").arg(project.name, project.path));
        connect(action, &QAction::triggered, this, [this, project] {
            m_parts.panels.requests.ask(
                OpenProject{.path = project.path, .section = project.section});
        });
    }
    m_recentMenu->setEnabled(!m_recent.empty());
}

void MainWindow::fillDemoMenu()
{
    m_demoMenu->clear();
    for (const DemoChoice& demo : m_demos) {
        QAction* action = m_demoMenu->addAction(demo.title);
        connect(action, &QAction::triggered, this, [this, name = demo.name] {
            m_parts.panels.requests.ask(StartDemoIncident{name});
        });
    }
    m_demoMenu->setEnabled(!m_demos.empty());
}

void MainWindow::setMenuBarShown(bool shown)
{
    menuBar()->setVisible(shown);
    m_actions->find(QStringLiteral("menuBar"))->setChecked(shown);
}

bool MainWindow::isMenuBarShown() const
{
    return m_actions->find(QStringLiteral("menuBar"))->isChecked();
}

void MainWindow::setThemeChoice(ThemeChoice choice)
{
    const char* id = choice == ThemeChoice::System
                         ? "themeSystem"
                         : (choice == ThemeChoice::Light ? "themeLight" : "themeDark");
    m_actions->find(QLatin1String(id))->setChecked(true);
}

void MainWindow::refreshActions()
{
    const SessionState& state = m_parts.session.state();
    const auto set = [this](const char* id, bool available, const QString& reason) {
        Actions::setAvailable(m_actions->find(QLatin1String(id)), available, reason);
    };
    const QString noProject = QStringLiteral("No project is open.");
    const QString noDatabase = QStringLiteral("No database is connected.");
    const bool open = state.isOpen();
    const bool asked = !state.target.isEmpty();
    for (const char* id : {"refresh",
                           "closeProject",
                           "showProblems",
                           "showDiagnosis",
                           "showLog",
                           "showTables",
                           "showSchema",
                           "showCompare",
                           "fitMap",
                           "zoomIn",
                           "zoomOut",
                           "resetZoom",
                           "resetLayout",
                           "goToHead",
                           "nextProblem",
                           "previousProblem",
                           "filterRevisions",
                           "nextPane",
                           "previousPane"})
        set(id, open, noProject);
    set("reloadFiles", !state.projectName.isEmpty(), noProject);
    set("reviewBranch", !state.projectName.isEmpty(), noProject);
    set("connectProject",
        state.hasProjectDatabase,
        open ? QStringLiteral("The project's files name no database address.") : noProject);
    for (const char* id : {"disconnect", "reloadDatabase", "goToDatabase"})
        set(id, asked, noDatabase);
    const auto& inspection = m_parts.panels.store.current();
    const bool isRead = inspection != nullptr && inspection->live != nullptr;
    set("stamp",
        isRead && inspection->history != nullptr,
        isRead ? QStringLiteral("The revisions are still being read.") : noDatabase);
    set("back",
        m_parts.panels.selection.canGoBack(),
        QStringLiteral("There is no earlier selection."));
    set("forward",
        m_parts.panels.selection.canGoForward(),
        QStringLiteral("There is no later selection."));
}

} // namespace sightglass
