// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/scripts/script_directory.h"

#include <QObject>
#include <QStringList>
#include <QThread>
#include <QTimer>

#include <chrono>

namespace sightglass {

/// What of a project has to be watched: version locations and the folders in them, the ini, env.py,
/// and every revision file.
QStringList watchedPaths(const Scripts& scripts);

/// Says when something of a project changed on disk, once for a burst of changes. Watching a file
/// costs a system call or two, so it is done on a thread of its own: 10,000 files would stop the
/// window.
class FolderWatcher : public QObject
{
    Q_OBJECT

public:
    explicit FolderWatcher(std::chrono::milliseconds quiet, QObject* parent = nullptr);
    ~FolderWatcher() override;

    /// Replaces what is watched. Also to be called after each reading: an editor that writes a new
    /// file and renames it over the old one takes the watch away with the old one.
    void watch(const QStringList& paths);

Q_SIGNALS:
    void changed();
    /// The system watches no more files; `paths` are not followed.
    void notWatched(int paths);

private:
    class Worker;

    QThread m_thread;
    QTimer m_quiet;
    Worker* m_worker; ///< lives on m_thread, which deletes it
};

} // namespace sightglass
