// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/main_window/workspace.h"
#include "ui/state/recent_project.h"

#include <QByteArray>
#include <QSettings>
#include <QString>
#include <QTemporaryDir>

#include <memory>
#include <vector>

namespace sightglass {

/// What is kept between starts: recent projects, sizes, the theme. Never a password: connection
/// texts are stored without theirs.
class WindowSettings
{
public:
    /// `file` is an ini file; made when something is stored. Empty: kept while this lives.
    explicit WindowSettings(const QString& file);

    /// <configuration folder>/sightglass/sightglass.ini, or $SIGHTGLASS_SETTINGS where it is set.
    static QString defaultFile();

    std::vector<RecentProject> recentProjects() const;
    /// Puts the project first; the same path and section before it goes.
    void rememberProject(const RecentProject& project);

    ThemeChoice themeChoice() const;
    void setThemeChoice(ThemeChoice choice);
    QByteArray windowGeometry() const;
    void setWindowGeometry(const QByteArray& geometry);
    bool menuBarShown() const;
    void setMenuBarShown(bool shown);

    /// Empty when nothing was kept for the project.
    WorkspaceLayout layoutOf(const QString& projectPath) const;
    void setLayoutOf(const QString& projectPath, const WorkspaceLayout& layout);

private:
    std::unique_ptr<QTemporaryDir> m_passing; ///< of the file where none is named
    mutable QSettings m_settings; ///< QSettings has groups only as a state of the object
};

} // namespace sightglass
