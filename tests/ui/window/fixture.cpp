// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/window/fixture.h"

#include <QApplication>
#include <QDir>
#include <QFile>
#include <QTest>

namespace sightglass {

void ScriptedPrompts::chooseFolder(const FolderQuestion& question,
                                   QObject*,
                                   std::function<void(const QString&)> answered)
{
    m_script.asked.append(question.title);
    if (m_script.folders.empty()) {
        m_script.unexpected.append(question.title);
        return;
    }
    const QString folder = m_script.folders.front();
    m_script.folders.pop_front();
    answered(folder);
}

void ScriptedPrompts::confirm(const Confirmation& question,
                              QObject*,
                              std::function<void(bool)> answered)
{
    m_script.asked.append(question.title);
    m_script.details.append(question.details);
    if (m_script.confirmations.empty()) {
        m_script.unexpected.append(question.title);
        return;
    }
    const bool agreed = m_script.confirmations.front();
    m_script.confirmations.pop_front();
    answered(agreed);
}

void ScriptedPrompts::show(const Notice& notice)
{
    m_script.shown.append(notice.title);
}

WindowFixture::WindowFixture()
{
    qputenv("PGCONNECT_TIMEOUT", "5");
}

QString WindowFixture::revisionId(int number)
{
    return QStringLiteral("r%1").arg(number, 5, 10, QLatin1Char('0'));
}

void WindowFixture::writeFile(const QString& file, const QByteArray& text)
{
    QFile out(file);
    if (!out.open(QIODevice::WriteOnly) || out.write(text) != text.size())
        qFatal("can't write %s", qPrintable(file));
}

void WindowFixture::writeRevision(const QString& project,
                                  int number,
                                  const QString& message,
                                  bool isBase)
{
    const QString id = revisionId(number);
    const QString down =
        isBase ? QStringLiteral("None") : QStringLiteral("'%1'").arg(revisionId(number - 1));
    writeFile(QStringLiteral("%1/migrations/versions/%2_step.py").arg(project, id),
              QStringLiteral(
                  "\"\"\"%1\n\nRevision ID: %2\n\"\"\"\nrevision = '%2'\ndown_revision = %3\n\n\n"
                  "def upgrade():\n    pass\n\n\ndef downgrade():\n    pass\n")
                  .arg(message, id, down)
                  .toUtf8());
}

QString WindowFixture::writeProject(const QString& name, int count, const QString& ini) const
{
    const QString project = path(name);
    QDir().mkpath(project + QStringLiteral("/migrations/versions"));
    writeFile(project + QStringLiteral("/alembic.ini"),
              QByteArray("[alembic]\nscript_location = %(here)s/migrations\n") + ini.toUtf8());
    writeFile(project + QStringLiteral("/migrations/env.py"), "from alembic import context\n");
    for (int i = 0; i < count; ++i)
        writeRevision(project, i, QStringLiteral("step number %1").arg(i), i == 0);
    return project;
}

std::unique_ptr<Application> WindowFixture::open(const WindowOptions& options)
{
    auto application = std::make_unique<Application>(
        *qApp,
        ApplicationPlaces{.settingsFile = path(QStringLiteral("settings.ini")),
                          .logFolder = path(QStringLiteral("logs"))},
        std::make_unique<ScriptedPrompts>(script));
    application->start(options);
    if (!QTest::qWaitForWindowExposed(&application->window(), 5000))
        qFatal("the window did not show");
    application->window().activateWindow();
    return application;
}

QWidget* focusOf(QWidget& window)
{
    QWidget* focus = window.focusWidget();
    return focus != nullptr ? focus : &window;
}

} // namespace sightglass
