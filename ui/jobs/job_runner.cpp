// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/job_runner.h"

#include <QMetaObject>

#include <algorithm>
#include <atomic>
#include <chrono>

namespace sightglass {

struct JobRunner::Job : public ProgressSink
{
    QString subject;
    JobRunner* runner = nullptr; ///< outlives every job: its destructor joins them
    std::jthread thread;
    std::atomic<std::int64_t> lastReport{0};
    std::atomic<bool> ended{false};

    void report(const Progress& progress) override
    {
        const auto now = std::chrono::steady_clock::now().time_since_epoch() / std::chrono::milliseconds(1);
        auto last = lastReport.load();
        if (now - last < 33 || !lastReport.compare_exchange_strong(last, now))
            return;
        const QString stage =
            QString::fromUtf8(progress.stage.data(), static_cast<qsizetype>(progress.stage.size()));
        QMetaObject::invokeMethod(
            runner,
            [target = runner, name = subject, stage, done = progress.done, total = progress.total] {
                Q_EMIT target->progressed(name, stage, done, total);
            },
            Qt::QueuedConnection);
    }
};

JobRunner::JobRunner(QObject* parent)
    : QObject(parent)
{
}

JobRunner::~JobRunner()
{
    stopAll();
    // jthread's destructor joins.
    m_running.clear();
    m_retired.clear();
}

void JobRunner::startErased(const QString& subject,
                            QObject* receiver,
                            std::function<void(const RunContext&)> work,
                            std::function<void()> deliver)
{
    stop(subject);
    auto job = std::make_shared<Job>();
    job->subject = subject;
    job->runner = this;
    m_running[subject] = job;
    Q_EMIT started(subject);
    const QPointer<QObject> alive(receiver);
    job->thread = std::jthread([this, weak = std::weak_ptr<Job>(job), sink = job.get(), alive,
                                work = std::move(work), deliver = std::move(deliver)](std::stop_token stop) {
        work(RunContext{.stop = stop, .progress = sink});
        sink->ended = true;
        QMetaObject::invokeMethod(
            this,
            [this, weak, alive, deliver] {
                const auto done = weak.lock();
                if (!done)
                    return;
                const auto current = m_running.find(done->subject);
                const bool newest = current != m_running.end() && current->second == done;
                if (!newest) {
                    std::erase(m_retired, done);
                    return;
                }
                const QString name = done->subject;
                m_running.erase(current);
                if (alive)
                    deliver();
                Q_EMIT finished(name);
            },
            Qt::QueuedConnection);
    });
}

void JobRunner::stop(const QString& subject)
{
    const QString name = subject; // it may be the very key that is erased
    const auto found = m_running.find(name);
    if (found == m_running.end())
        return;
    const auto job = found->second;
    m_running.erase(found);
    retire(job);
    Q_EMIT finished(name);
}

void JobRunner::retire(const std::shared_ptr<Job>& job)
{
    job->thread.request_stop();
    std::erase_if(m_retired, [](const std::shared_ptr<Job>& old) { return old->ended.load(); });
    m_retired.push_back(job);
}

void JobRunner::stopAll()
{
    while (!m_running.empty())
        stop(m_running.begin()->first);
}

bool JobRunner::isRunning(const QString& subject) const
{
    return m_running.contains(subject);
}

} // namespace sightglass
