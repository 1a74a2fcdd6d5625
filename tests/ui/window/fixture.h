// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/window/application.h"

#include <QTemporaryDir>

#include <deque>

namespace sightglass {

/// Answers what a test expects to be asked; anything else is kept as unexpected.
class ScriptedPrompts final : public Prompts
{
public:
    struct Script
    {
        std::deque<QString> folders;
        std::deque<bool> confirmations;
        QStringList asked;      ///< titles, in order
        QStringList details;    ///< of the confirmations
        QStringList shown;      ///< titles of notices
        QStringList unexpected; ///< questions without an answer
    };

    explicit ScriptedPrompts(Script& script)
        : m_script(script)
    {}

    void chooseFolder(const FolderQuestion& question,
                      QObject* receiver,
                      std::function<void(const QString&)> answered) override;
    void confirm(const Confirmation& question,
                 QObject* receiver,
                 std::function<void(bool)> answered) override;
    void show(const Notice& notice) override;

private:
    Script& m_script;
};

/// A folder with projects, settings and logs of its own, and windows over them.
class WindowFixture
{
public:
    WindowFixture();

    QString path(const QString& name) const { return m_folder.filePath(name); }

    /// An Alembic project `name` with a chain of `count` revisions r00000 <- r00001 <- …; gives its
    /// path.
    QString writeProject(const QString& name, int count, const QString& ini = {}) const;
    /// One revision file of such a project.
    static void
    writeRevision(const QString& project, int number, const QString& message, bool isBase);
    static QString revisionId(int number);
    static void writeFile(const QString& file, const QByteArray& text);

    std::unique_ptr<Application> open(const WindowOptions& options = {});
    ScriptedPrompts::Script script;

private:
    QTemporaryDir m_folder;
};

/// Types into whatever has the focus of `window`.
QWidget* focusOf(QWidget& window);

template <typename Widget>
Widget* findIn(const QWidget& window, const char* name)
{
    return window.findChild<Widget*>(QLatin1String(name));
}

} // namespace sightglass
