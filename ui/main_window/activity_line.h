// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/state/requests.h"

#include <QTimer>
#include <QWidget>

#include <chrono>
#include <map>

class QLabel;
class QProgressBar;
class QPushButton;

namespace sightglass {

class JobRunner;

/// What is going on, how far it is, and Stop; shown once it has taken `patience`.
class ActivityLine : public QWidget
{
    Q_OBJECT

public:
    ActivityLine(JobRunner& runner,
                 Requests& requests,
                 std::chrono::milliseconds patience,
                 QWidget* parent = nullptr);

private:
    struct Activity
    {
        std::chrono::steady_clock::time_point since;
        qulonglong done = 0;
        qulonglong total = 0;
    };

    void createLayout();
    void begin(const QString& subject);
    void advance(const QString& subject, qulonglong done, qulonglong total);
    void end(const QString& subject);
    void stopAll();
    void refresh();

    Requests& m_requests;
    std::chrono::milliseconds m_patience;
    std::map<QString, Activity> m_activities;
    QTimer m_timer;
    QLabel* m_text;
    QProgressBar* m_bar;
    QPushButton* m_stop;
};

} // namespace sightglass
