// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/run_context.h"

#include <QObject>
#include <QPointer>
#include <QString>

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <stop_token>
#include <thread>
#include <type_traits>
#include <vector>

namespace sightglass {

/// Runs stages away from the window thread. One subject ("files", "database", "layout") runs one job at
/// a time: a newer job asks the older one to stop, waits for nothing, and only the newest result is
/// delivered, on the window thread, to a receiver that still lives.
class JobRunner : public QObject
{
    Q_OBJECT

public:
    explicit JobRunner(QObject* parent = nullptr);
    /// Asks every job to stop and waits for their threads.
    ~JobRunner() override;

    /// `work` runs on a thread of its own; `deliver` gets its value on the window thread.
    template <typename Work, typename Deliver>
    void start(const QString& subject, QObject* receiver, Work work, Deliver deliver)
    {
        using Value = std::invoke_result_t<Work, const RunContext&>;
        auto value = std::make_shared<std::optional<Value>>();
        startErased(
            subject, receiver,
            [work = std::move(work), value](const RunContext& run) { value->emplace(work(run)); },
            [deliver = std::move(deliver), value] { deliver(std::move(**value)); });
    }

    void stop(const QString& subject);
    void stopAll();
    bool isRunning(const QString& subject) const;
    /// True when no job runs whose result is still wanted.
    bool isIdle() const { return m_running.empty(); }

Q_SIGNALS:
    void started(const QString& subject);
    /// At most about 30 times a second for each subject; total 0 = not known.
    void progressed(const QString& subject, const QString& stage, qulonglong done, qulonglong total);
    void finished(const QString& subject);

private:
    struct Job;
    void startErased(const QString& subject,
                     QObject* receiver,
                     std::function<void(const RunContext&)> work,
                     std::function<void()> deliver);
    void retire(const std::shared_ptr<Job>& job);

    std::map<QString, std::shared_ptr<Job>> m_running;
    std::vector<std::shared_ptr<Job>> m_retired; ///< told to stop, thread still ending
};

} // namespace sightglass
