// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/dialogs/branch_dialog.h"
#include "ui/dialogs/connect_dialog.h"
#include "ui/dialogs/prompts.h"
#include "ui/main_window/actions.h"
#include "ui/main_window/workspace.h"
#include "ui/state/branch_review.h"
#include "ui/state/recent_project.h"
#include "ui/wizard/wizard_desk.h"

#include <QMainWindow>

class QMenu;
class QStackedWidget;

namespace sightglass {

class GoToPalette;
class ReviewPage;
class StartPage;
struct Destination;

/// What the window is made from; everything outlives it.
struct WindowParts
{
    PanelContext panels;
    const Session& session;
    const BranchReviewStore& branchReview;
    JobRunner& runner;
    Workspace::SourceReader source; ///< bytes of a revision file
    ConnectionTest connectionTest;
    /// What reads the branches of the project that is open.
    std::function<BranchReading()> branches;
    /// What wizards can do with what is open now.
    std::function<WizardDesk()> desk;
    PasswordMemory passwords;
    /// What the connect dialog starts with, for the project that is open.
    std::function<ConnectionQuestion()> connectionQuestion;
    std::unique_ptr<Prompts> prompts; ///< null: dialogs over the window
};

/// The frame around everything: start page or workspace, actions, menus, palette, dialogs. Knows no
/// stage.
class MainWindow : public QMainWindow
{
    Q_OBJECT

public:
    explicit MainWindow(WindowParts parts);
    ~MainWindow() override;

    Workspace& workspace() { return *m_workspace; }

    StartPage& startPage() { return *m_startPage; }

    const Actions& actions() const { return *m_actions; }

    void setRecent(const std::vector<RecentProject>& recent);
    void setDemos(const std::vector<DemoChoice>& demos, const QString& missing);
    void setThemeChoice(ThemeChoice choice);
    void setMenuBarShown(bool shown);
    bool isMenuBarShown() const;
    void openConnectDialog();
    void openBranchDialog();
    void openStampWizard(const ShowStampWizard& asked);

Q_SIGNALS:
    void themeChosen(sightglass::ThemeChoice choice);
    void messageDismissed(const QString& bar);
    /// The window goes; what is to be kept is asked for now.
    void closing();

protected:
    void closeEvent(QCloseEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void createLayout();
    void connectSignals();
    void createActions();
    void createFileActions();
    void createViewActions();
    void createThemeActions();
    void createGoActions();
    void createHelpActions();
    QAction* addAction(const ActionDescription& description, std::function<void()> run);
    void createMenus();
    void fillMenu(QMenu& menu, ActionGroup group);
    void fillRecentMenu();
    void fillDemoMenu();

    void refreshAll();
    void refreshActions();
    void refreshTitle();
    void chooseFolder();
    void openPalette();
    void goTo(const Destination& destination);
    void showRule(const QString& rule);
    void refreshPage();
    void showTable(const QString& name);
    void showSkippedFiles();
    void showShortcuts();
    void showAbout();
    QStringList runningJobs() const;

    WindowParts m_parts;
    std::unique_ptr<Prompts> m_prompts;
    Actions* m_actions;
    QStackedWidget* m_pages = nullptr;
    StartPage* m_startPage = nullptr;
    Workspace* m_workspace = nullptr;
    ReviewPage* m_review = nullptr;
    MessageBar* m_startError = nullptr;
    GoToPalette* m_palette = nullptr;
    QMenu* m_menu = nullptr; ///< of the button in the top bar
    QMenu* m_recentMenu = nullptr;
    QMenu* m_demoMenu = nullptr;
    std::vector<RecentProject> m_recent;
    std::vector<DemoChoice> m_demos;
    bool m_closeAgreed = false;
};

} // namespace sightglass
