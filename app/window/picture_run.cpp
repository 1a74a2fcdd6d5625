// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/picture_run.h"

#include "core/report/text_report.h"
#include "core/revisions/revision_range.h"
#include "ui/main_window/message_bar.h"
#include "ui/text.h"

#include <QPixmap>
#include <QSaveFile>

namespace sightglass {

namespace {

constexpr std::chrono::milliseconds tick{50};
/// Panels start layouts when they are shown and scroll when those arrive: several ticks without any
/// job.
constexpr int quietTicksWanted = 5;

} // namespace

PictureRun::PictureRun(Application& application,
                       const WindowOptions& options,
                       std::chrono::milliseconds limit,
                       QObject* parent)
    : QObject(parent)
    , m_application(application)
    , m_options(options)
{
    connect(&m_tick, &QTimer::timeout, this, &PictureRun::look);
    m_tick.start(tick);
    m_limit.setSingleShot(true);
    connect(&m_limit, &QTimer::timeout, this, [this, limit] {
        finish(5,
               QStringLiteral("The window was not finished after %1 s. Try a smaller project, or "
                              "open it without --screenshot.")
                   .arg(limit.count() / 1000));
    });
    m_limit.start(limit);
}

bool PictureRun::isSettled() const
{
    const bool wantsProject =
        !m_options.project.empty() || !m_options.demo.empty() || !m_options.dsn.empty();
    return m_application.demosListed() && m_application.controller().isIdle() &&
           m_application.runner().isIdle() && (!wantsProject || m_application.store().current());
}

void PictureRun::look()
{
    const auto& failed = m_application.session().state().startError;
    if (failed && m_application.controller().isIdle()) {
        finish(2, shownText(*failed));
        return;
    }
    m_quietTicks = isSettled() ? m_quietTicks + 1 : 0;
    if (m_quietTicks < quietTicksWanted)
        return;
    if (!m_selected) {
        m_selected = true;
        m_quietTicks = 0;
        if (m_options.tab == BottomTab::Diagnosis && m_application.store().current())
            m_application.window().workspace().showDiagnosis();
        if (!selectAsked())
            return;
    } else {
        writeFiles();
    }
}

bool PictureRun::selectAsked()
{
    const auto& inspection = m_application.store().current();
    if (m_options.select.empty() || !inspection)
        return true;
    const auto found = resolveRevision(*inspection->graph, m_options.select);
    if (!found) {
        finish(2, shownText(found.error()));
        return false;
    }
    if (*found)
        m_application.selection().jumpToRevision(
            toQString(std::string_view(inspection->graph->revision(**found).id)));
    return true;
}

void PictureRun::writeFiles()
{
    if (!m_options.screenshot.empty()) {
        const QString file = toQString(std::string_view(m_options.screenshot));
        if (!m_application.window().grab().save(file)) {
            finish(2,
                   QStringLiteral("The picture could not be written to %1. Check that the folder "
                                  "exists and the name ends in .png.")
                       .arg(file));
            return;
        }
    }
    if (!m_options.report.empty() && m_application.store().current()) {
        QSaveFile file(toQString(std::string_view(m_options.report)));
        const std::string text = markdownReport(*m_application.store().current());
        const bool written = file.open(QIODevice::WriteOnly) &&
                             file.write(text.data(), static_cast<qint64>(text.size())) ==
                                 static_cast<qint64>(text.size()) &&
                             file.commit();
        if (!written) {
            finish(2,
                   QStringLiteral("The report could not be written to %1: %2.")
                       .arg(file.fileName(), file.errorString()));
            return;
        }
    }
    const auto& unread = m_application.session().state().databaseError;
    finish(unread ? 3 : 0, unread ? shownText(*unread) : QString());
}

void PictureRun::finish(int status, const QString& sentence)
{
    if (m_done)
        return;
    m_done = true;
    m_tick.stop();
    m_limit.stop();
    Q_EMIT finished(status, sentence);
}

} // namespace sightglass
