// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/main_window/status_line.h"

#include "ui/age_text.h"
#include "ui/main_window/activity_line.h"
#include "ui/main_window/key_caps.h"
#include "ui/main_window/marks.h"
#include "ui/state/environment.h"
#include "ui/text.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QPushButton>

namespace sightglass {

namespace {

using namespace std::chrono_literals;

/// After this a catalog is called stale: somebody may have migrated meanwhile.
constexpr auto staleAfter = 10min;

QString counted(std::size_t count, const QString& one, const QString& many)
{
    return QLocale().toString(static_cast<qulonglong>(count)) + QLatin1Char(' ') +
           (count == 1 ? one : many);
}

QString filesText(const Inspection& inspection, const SessionState& session)
{
    const Scripts& scripts = *inspection.scripts;
    if (session.projectName.isEmpty())
        return QStringLiteral("No migrations folder");
    const QString text =
        QStringLiteral("%1 read in %2 ms")
            .arg(counted(scripts.filesRead, QStringLiteral("file"), QStringLiteral("files")),
                 QLocale().toString(static_cast<qlonglong>(scripts.duration.count())));
    return session.filesError ? text + QStringLiteral(", out of date") : text;
}

} // namespace

StatusLine::StatusLine(const PanelContext& context,
                       const Session& session,
                       JobRunner& runner,
                       QWidget* parent)
    : QWidget(parent)
    , m_context(context)
    , m_session(session)
    , m_files(new QLabel(this))
    , m_catalog(new QLabel(this))
    , m_skipped(createLink(QStringLiteral("skippedFiles"), &StatusLine::skippedFilesAsked))
    , m_problems(createLink(QStringLiteral("problemCount"), &StatusLine::problemsAsked))
    , m_environment(new QLabel(this))
{
    setObjectName(QStringLiteral("statusLine"));
    setAttribute(Qt::WA_StyledBackground);
    createLayout(runner);
    m_clock.setInterval(1s);
    connect(&m_clock, &QTimer::timeout, this, &StatusLine::refreshAge);
    connect(&session, &Session::changed, this, &StatusLine::refresh);
    connect(&context.store, &InspectionStore::changed, this, &StatusLine::refresh);
    refresh();
}

QPushButton* StatusLine::createLink(const QString& name, void (StatusLine::*asked)())
{
    auto* link = new QPushButton(this);
    link->setObjectName(name);
    link->setProperty("kind", QStringLiteral("link"));
    link->setCursor(Qt::PointingHandCursor);
    connect(link, &QPushButton::clicked, this, asked);
    return link;
}

void StatusLine::createLayout(JobRunner& runner)
{
    m_files->setObjectName(QStringLiteral("filesRead"));
    m_catalog->setObjectName(QStringLiteral("catalogAge"));
    m_environment->setObjectName(QStringLiteral("environmentText"));
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(12, 2, 12, 2);
    layout->setSpacing(16);
    for (QWidget* part :
         std::initializer_list<QWidget*>{m_files, m_catalog, m_skipped, m_problems, m_environment})
        layout->addWidget(part);
    layout->addWidget(new ActivityLine(runner, m_context.requests, 1s, this));
    layout->addStretch(1);
    auto* goTo = createLink(QStringLiteral("goToAnything"), &StatusLine::goToAsked);
    goTo->setText(QStringLiteral("Go to anything"));
    layout->addWidget(goTo);
    layout->setSpacing(14);
    layout->addWidget(new KeyCaps(QKeySequence(Qt::CTRL | Qt::Key_K), this));
}

void StatusLine::refresh()
{
    const auto& inspection = m_context.store.current();
    if (!inspection)
        return;
    const SessionState& session = m_session.state();
    m_files->setText(filesText(*inspection, session));
    const std::size_t skipped = inspection->scripts->ignored.size();
    m_skipped->setVisible(skipped > 0);
    m_skipped->setText(
        counted(skipped, QStringLiteral("file skipped"), QStringLiteral("files skipped")));
    m_skipped->setToolTip(QStringLiteral("Show which files, and why"));
    const std::size_t problems = inspection->findings.size();
    m_problems->setText(counted(problems, QStringLiteral("problem"), QStringLiteral("problems")));
    m_environment->setVisible(!session.target.isEmpty());
    m_environment->setText(badgeText(session.environment));
    m_environment->setToolTip(shownText(session.environment));
    refreshAge();
}

void StatusLine::refreshAge()
{
    const auto& inspection = m_context.store.current();
    const bool isRead = inspection && inspection->live;
    m_catalog->setVisible(isRead);
    if (!isRead) {
        m_clock.stop();
        return;
    }
    if (!m_clock.isActive())
        m_clock.start();
    const auto age = ageOf(inspection->live->readAt);
    const bool stale = age > staleAfter || m_session.state().databaseError.has_value();
    m_catalog->setText(QStringLiteral("Catalog read %1%2")
                           .arg(ageText(age), stale ? QStringLiteral(", stale") : QString()));
    setStyleProperty(m_catalog, "tone", stale ? QStringLiteral("warning") : QString());
}

} // namespace sightglass
