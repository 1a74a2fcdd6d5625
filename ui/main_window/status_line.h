// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/panels/panel.h"
#include "ui/state/session.h"

#include <QTimer>
#include <QWidget>

class QLabel;
class QPushButton;

namespace sightglass {

class JobRunner;

/// The line under everything: what was read, when, what was left out, what goes on.
class StatusLine : public QWidget
{
    Q_OBJECT

public:
    StatusLine(const PanelContext& context,
               const Session& session,
               JobRunner& runner,
               QWidget* parent);

Q_SIGNALS:
    void skippedFilesAsked();
    void problemsAsked();
    void goToAsked();

private:
    void createLayout(JobRunner& runner);
    QPushButton* createLink(const QString& name, void (StatusLine::*asked)());
    void refresh();
    void refreshAge();

    PanelContext m_context;
    const Session& m_session;
    QTimer m_clock;
    QLabel* m_files;
    QLabel* m_catalog;
    QPushButton* m_skipped;
    QPushButton* m_problems;
    QLabel* m_environment;
};

} // namespace sightglass
