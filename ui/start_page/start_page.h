// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/state/recent_project.h"
#include "ui/state/requests.h"

#include <QWidget>

#include <vector>

class QLabel;
class QAction;
class QFrame;
class QVBoxLayout;

namespace sightglass {

class Actions;
class JobRunner;

/// "2 days ago" for people who look at a list of projects.
QString daysAgoText(const QDateTime& then, const QDateTime& now);

/// What a person sees first: open, connect, recent projects, incidents to learn on.
class StartPage : public QWidget
{
    Q_OBJECT

public:
    StartPage(const Theme& theme,
              Requests& requests,
              JobRunner& runner,
              const Actions& actions,
              QWidget* parent = nullptr);

    void setRecent(const std::vector<RecentProject>& recent);
    /// `missing` says why there are none; shown when `demos` is empty.
    void setDemos(const std::vector<DemoChoice>& demos, const QString& missing);

private:
    QWidget* createHeader();
    QFrame* createCard(const QString& name, const QString& title, QVBoxLayout*& content);
    QWidget*
    createActionCard(const QString& title, const QString& text, QAction* action, bool main);
    void fillRecent();
    void fillDemos();
    QWidget* recentRow(const RecentProject& project);
    QWidget* demoRow(const DemoChoice& demo);
    void refreshLogo();

    const Theme& m_theme;
    Requests& m_requests;
    std::vector<RecentProject> m_recent;
    std::vector<DemoChoice> m_demos;
    QString m_noDemos;
    bool m_allDemos = false;
    QLabel* m_logo;
    QVBoxLayout* m_recentRows = nullptr;
    QVBoxLayout* m_demoRows = nullptr;
};

} // namespace sightglass
