// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/main_window/activity_line.h"

#include "ui/jobs/job_runner.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QProgressBar>
#include <QPushButton>

namespace sightglass {

namespace {

/// Subjects that a person waits for, in words; empty: not shown.
QString wordsFor(const QString& subject)
{
    if (subject == QStringLiteral("files"))
        return QStringLiteral("Reading revision files");
    if (subject == QStringLiteral("database"))
        return QStringLiteral("Reading the catalog");
    if (subject == QStringLiteral("demo"))
        return QStringLiteral("Starting a private PostgreSQL");
    if (subject == QStringLiteral("inspection"))
        return QStringLiteral("Comparing files and database");
    if (subject == QStringLiteral("branch review"))
        return QStringLiteral("Reviewing what the branch adds");
    if (subject == QStringLiteral("operations"))
        return QStringLiteral("Reading what the revisions do");
    return {};
}

} // namespace

ActivityLine::ActivityLine(JobRunner& runner,
                           Requests& requests,
                           std::chrono::milliseconds patience,
                           QWidget* parent)
    : QWidget(parent)
    , m_requests(requests)
    , m_patience(patience)
    , m_text(new QLabel(this))
    , m_bar(new QProgressBar(this))
    , m_stop(new QPushButton(QStringLiteral("Stop"), this))
{
    setObjectName(QStringLiteral("activityLine"));
    createLayout();
    m_timer.setInterval(250); // at most four updates a second
    connect(&m_timer, &QTimer::timeout, this, &ActivityLine::refresh);
    connect(&runner, &JobRunner::started, this, &ActivityLine::begin);
    connect(&runner,
            &JobRunner::progressed,
            this,
            [this](const QString& subject, const QString&, qulonglong done, qulonglong total) {
                advance(subject, done, total);
            });
    connect(&runner, &JobRunner::finished, this, &ActivityLine::end);
    connect(m_stop, &QPushButton::clicked, this, &ActivityLine::stopAll);
    refresh();
}

void ActivityLine::createLayout()
{
    m_text->setObjectName(QStringLiteral("activityText"));
    m_bar->setAccessibleName(QStringLiteral("Progress"));
    m_bar->setTextVisible(false);
    m_bar->setFixedSize(120, 6);
    m_stop->setObjectName(QStringLiteral("stopButton"));
    m_stop->setProperty("kind", QStringLiteral("small"));
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addWidget(m_text);
    layout->addWidget(m_bar);
    layout->addWidget(m_stop);
}

void ActivityLine::begin(const QString& subject)
{
    if (wordsFor(subject).isEmpty())
        return;
    m_activities[subject] = {.since = std::chrono::steady_clock::now()};
    m_timer.start();
}

void ActivityLine::advance(const QString& subject, qulonglong done, qulonglong total)
{
    const auto found = m_activities.find(subject);
    if (found == m_activities.end())
        return;
    found->second.done = done;
    found->second.total = total;
}

void ActivityLine::end(const QString& subject)
{
    m_activities.erase(subject);
    if (m_activities.empty())
        m_timer.stop();
    refresh();
}

void ActivityLine::stopAll()
{
    m_text->setText(QStringLiteral("Stopping…"));
    m_requests.ask(StopWork{});
}

void ActivityLine::refresh()
{
    const auto now = std::chrono::steady_clock::now();
    for (const auto& [subject, activity] : m_activities) {
        if (now - activity.since < m_patience)
            continue;
        QString text = wordsFor(subject);
        if (activity.total > 0) {
            const QLocale locale;
            text += QStringLiteral(": %1 of %2")
                        .arg(locale.toString(activity.done), locale.toString(activity.total));
        }
        m_text->setText(text);
        m_bar->setRange(0, activity.total > 0 ? 1000 : 0);
        if (activity.total > 0)
            m_bar->setValue(static_cast<int>(activity.done * 1000 / activity.total));
        show();
        return;
    }
    hide();
}

} // namespace sightglass
