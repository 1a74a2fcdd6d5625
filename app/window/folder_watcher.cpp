// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/folder_watcher.h"

#include "ui/text.h"

#include <QFileInfo>
#include <QFileSystemWatcher>
#include <QSet>

namespace sightglass {

namespace {

void addWithFolder(QSet<QString>& paths, const QString& file)
{
    if (file.isEmpty())
        return;
    paths.insert(file);
    paths.insert(QFileInfo(file).path());
}

} // namespace

QStringList watchedPaths(const Scripts& scripts)
{
    QSet<QString> paths;
    const Project& project = scripts.project;
    addWithFolder(paths, toQString(project.config));
    addWithFolder(paths, toQString(project.environmentFile));
    for (const Path& location : project.versionLocations)
        paths.insert(toQString(location));
    for (const Revision& revision : scripts.revisions)
        addWithFolder(paths, toQString(revision.span.file));
    for (const FileProblem& problem : scripts.problems)
        addWithFolder(paths, toQString(problem.span.file));
    return {paths.begin(), paths.end()};
}

class FolderWatcher::Worker : public QObject
{
public:
    explicit Worker(FolderWatcher& owner)
        : m_owner(owner)
    {}

    void watch(const QStringList& paths)
    {
        if (m_watcher == nullptr)
            createWatcher();
        const QSet<QString> wanted(paths.begin(), paths.end());
        const QStringList now = m_watcher->files() + m_watcher->directories();
        const QSet<QString> watched(now.begin(), now.end());
        const QSet<QString> gone = watched - wanted;
        if (!gone.isEmpty())
            m_watcher->removePaths({gone.begin(), gone.end()});
        QStringList fresh;
        for (const QString& path : wanted - watched) {
            if (QFileInfo::exists(path))
                fresh.append(path);
        }
        const QStringList refused = fresh.isEmpty() ? QStringList() : m_watcher->addPaths(fresh);
        if (!refused.isEmpty())
            QMetaObject::invokeMethod(
                &m_owner,
                [owner = &m_owner, count = static_cast<int>(refused.size())] {
                    Q_EMIT owner->notWatched(count);
                },
                Qt::QueuedConnection);
    }

private:
    void createWatcher()
    {
        m_watcher = new QFileSystemWatcher(this);
        const auto tell = [this] {
            QMetaObject::invokeMethod(
                &m_owner, [owner = &m_owner] { owner->m_quiet.start(); }, Qt::QueuedConnection);
        };
        connect(m_watcher, &QFileSystemWatcher::fileChanged, this, tell);
        connect(m_watcher, &QFileSystemWatcher::directoryChanged, this, tell);
    }

    FolderWatcher& m_owner;
    QFileSystemWatcher* m_watcher = nullptr; ///< made on the thread that it serves
};

FolderWatcher::FolderWatcher(std::chrono::milliseconds quiet, QObject* parent)
    : QObject(parent)
    , m_worker(new Worker(*this))
{
    m_quiet.setSingleShot(true);
    m_quiet.setInterval(quiet);
    connect(&m_quiet, &QTimer::timeout, this, &FolderWatcher::changed);
    m_worker->moveToThread(&m_thread);
    connect(&m_thread, &QThread::finished, m_worker, &QObject::deleteLater);
    m_thread.start();
}

FolderWatcher::~FolderWatcher()
{
    m_thread.quit();
    m_thread.wait();
}

void FolderWatcher::watch(const QStringList& paths)
{
    QMetaObject::invokeMethod(
        m_worker, [worker = m_worker, paths] { worker->watch(paths); }, Qt::QueuedConnection);
}

} // namespace sightglass
