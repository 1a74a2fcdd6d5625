// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/window/controller.h"
#include "app/window/logging.h"
#include "app/window/options.h"
#include "app/window/settings.h"
#include "ui/main_window/main_window.h"

#include <QObject>

#include <memory>

class QApplication;

namespace sightglass {

/// Where an Application keeps what it keeps; tests give folders of their own.
struct ApplicationPlaces
{
    QString settingsFile;
    QString logFolder; ///< empty: no log file
};

/// The composition root: real disk, database, demos, settings and log, and one window over them.
class Application : public QObject
{
    Q_OBJECT

public:
    /// `prompts` null: dialogs.
    Application(QApplication& application,
                const ApplicationPlaces& places,
                std::unique_ptr<Prompts> prompts = nullptr);
    ~Application() override;

    /// Shows the window and opens what the options ask for.
    void start(const WindowOptions& options);

    MainWindow& window() { return *m_window; }

    Controller& controller() { return *m_controller; }

    JobRunner& runner() { return m_runner; }

    InspectionStore& store() { return m_store; }

    Selection& selection() { return m_selection; }

    Requests& requests() { return m_requests; }

    Session& session() { return m_session; }

    BranchReviewStore& branchReview() { return m_branchReview; }

    WindowSettings& settings() { return m_settings; }

    Logging& log() { return m_log; }

    Theme& theme() { return m_theme; }

    /// False until the list of demos was read.
    bool demosListed() const { return m_demosListed; }

    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void createWindow(std::unique_ptr<Prompts> prompts);
    void connectSignals();
    void readDemoList();
    void chooseTheme(ThemeChoice choice);
    void followSystemTheme();
    void followProject();
    void rememberProject();
    void keepEverything();
    BranchReading branchReading() const;
    ConnectionQuestion connectionQuestion() const;

    QApplication& m_application;
    QPalette m_systemPalette; ///< what the desktop says, before and between our own
    WindowSettings m_settings;
    Logging m_log;
    Theme m_theme;
    ThemeChoice m_choice = ThemeChoice::System;
    InspectionStore m_store;
    Selection m_selection;
    Requests m_requests;
    Session m_session;
    BranchReviewStore m_branchReview;
    JobRunner m_runner; ///< joins its threads before anything above goes
    std::unique_ptr<Controller> m_controller;
    std::unique_ptr<MainWindow> m_window;
    QString m_layoutOf; ///< project whose layout is in force
    bool m_demosListed = false;
};

/// The whole program: options, application, event loop. Status as documented by --help.
int runWindow(int argc, char** argv);

} // namespace sightglass
