// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/window/application.h"

#include <QObject>
#include <QTimer>

#include <chrono>

namespace sightglass {

/// `sightglass --screenshot`: waits until everything asked for is read, laid out and painted,
/// writes the picture and the report, and says with which status to leave.
///
/// status  0 written; 2 the project or demo could not be opened, or a file could not be written;
///         3 written, but the database could not be read; 5 not finished in time
class PictureRun : public QObject
{
    Q_OBJECT

public:
    PictureRun(Application& application,
               const WindowOptions& options,
               std::chrono::milliseconds limit,
               QObject* parent = nullptr);

Q_SIGNALS:
    /// `sentence` is for stderr; empty when all is well.
    void finished(int status, const QString& sentence);

private:
    void look();
    bool isSettled() const;
    bool selectAsked();
    void writeFiles();
    void finish(int status, const QString& sentence);

    Application& m_application;
    WindowOptions m_options;
    QTimer m_tick;
    QTimer m_limit;
    int m_quietTicks = 0;
    bool m_selected = false;
    bool m_done = false;
};

} // namespace sightglass
