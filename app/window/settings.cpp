// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/settings.h"

#include "ui/state/environment.h"

#include <QCryptographicHash>
#include <QStandardPaths>

#include <algorithm>

namespace sightglass {

namespace {

constexpr std::size_t mostRecent = 20;

QString layoutGroup(const QString& projectPath)
{
    const QByteArray hash =
        QCryptographicHash::hash(projectPath.toUtf8(), QCryptographicHash::Sha256);
    return QStringLiteral("layout/") + QString::fromLatin1(hash.toHex().left(16));
}

void write(QSettings& settings, const RecentProject& project)
{
    settings.setValue(QStringLiteral("path"), project.path);
    settings.setValue(QStringLiteral("section"), project.section);
    settings.setValue(QStringLiteral("name"), project.name);
    settings.setValue(QStringLiteral("target"), project.target);
    settings.setValue(QStringLiteral("conninfo"), project.conninfo);
    settings.setValue(QStringLiteral("environment"), settingText(project.environment));
    settings.setValue(QStringLiteral("state"), project.state);
    settings.setValue(QStringLiteral("tone"), static_cast<int>(project.tone));
    settings.setValue(QStringLiteral("lastOpened"), project.lastOpened.toUTC());
}

RecentProject read(const QSettings& settings)
{
    const auto text = [&settings](const char* key) {
        return settings.value(QLatin1String(key)).toString();
    };
    const int tone = settings.value(QStringLiteral("tone")).toInt();
    return {.path = text("path"),
            .section = text("section"),
            .name = text("name"),
            .target = text("target"),
            .conninfo = text("conninfo"),
            .environment = environmentFromSetting(text("environment")),
            .state = text("state"),
            .tone = tone >= 0 && tone <= static_cast<int>(Tone::Danger) ? static_cast<Tone>(tone)
                                                                        : Tone::Neutral,
            .lastOpened = settings.value(QStringLiteral("lastOpened")).toDateTime()};
}

} // namespace

WindowSettings::WindowSettings(const QString& file)
    // Without a name QSettings leaves its lock in the working folder, which may be the project.
    : m_passing(file.isEmpty() ? std::make_unique<QTemporaryDir>() : nullptr)
    , m_settings(m_passing == nullptr ? file : m_passing->filePath(QStringLiteral("settings.ini")),
                 QSettings::IniFormat)
{}

QString WindowSettings::defaultFile()
{
    const QString given = qEnvironmentVariable("SIGHTGLASS_SETTINGS");
    if (!given.isEmpty())
        return given;
    return QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation) +
           QStringLiteral("/sightglass/sightglass.ini");
}

std::vector<RecentProject> WindowSettings::recentProjects() const
{
    std::vector<RecentProject> projects;
    const int count = m_settings.beginReadArray(QStringLiteral("recent"));
    for (int i = 0; i < count; ++i) {
        m_settings.setArrayIndex(i);
        RecentProject project = read(m_settings);
        if (!project.path.isEmpty())
            projects.push_back(std::move(project));
    }
    m_settings.endArray();
    return projects;
}

void WindowSettings::rememberProject(const RecentProject& project)
{
    std::vector<RecentProject> projects = recentProjects();
    std::erase_if(projects, [&project](const RecentProject& old) {
        return old.path == project.path && old.section == project.section;
    });
    projects.insert(projects.begin(), project);
    if (projects.size() > mostRecent)
        projects.resize(mostRecent);
    m_settings.remove(QStringLiteral("recent"));
    m_settings.beginWriteArray(QStringLiteral("recent"), static_cast<int>(projects.size()));
    for (std::size_t i = 0; i < projects.size(); ++i) {
        m_settings.setArrayIndex(static_cast<int>(i));
        write(m_settings, projects[i]);
    }
    m_settings.endArray();
}

ThemeChoice WindowSettings::themeChoice() const
{
    const QString word = m_settings.value(QStringLiteral("theme")).toString();
    if (word == QStringLiteral("light"))
        return ThemeChoice::Light;
    return word == QStringLiteral("dark") ? ThemeChoice::Dark : ThemeChoice::System;
}

void WindowSettings::setThemeChoice(ThemeChoice choice)
{
    const char* word = choice == ThemeChoice::System
                           ? "system"
                           : (choice == ThemeChoice::Light ? "light" : "dark");
    m_settings.setValue(QStringLiteral("theme"), QLatin1String(word));
}

QByteArray WindowSettings::windowGeometry() const
{
    return m_settings.value(QStringLiteral("geometry")).toByteArray();
}

void WindowSettings::setWindowGeometry(const QByteArray& geometry)
{
    m_settings.setValue(QStringLiteral("geometry"), geometry);
}

bool WindowSettings::menuBarShown() const
{
    return m_settings.value(QStringLiteral("menuBar"), false).toBool();
}

void WindowSettings::setMenuBarShown(bool shown)
{
    m_settings.setValue(QStringLiteral("menuBar"), shown);
}

WorkspaceLayout WindowSettings::layoutOf(const QString& projectPath) const
{
    const QString group = layoutGroup(projectPath);
    return {.columns = m_settings.value(group + QStringLiteral("/columns")).toByteArray(),
            .rows = m_settings.value(group + QStringLiteral("/rows")).toByteArray(),
            .tab = m_settings.value(group + QStringLiteral("/tab"), 0).toInt()};
}

void WindowSettings::setLayoutOf(const QString& projectPath, const WorkspaceLayout& layout)
{
    const QString group = layoutGroup(projectPath);
    m_settings.setValue(group + QStringLiteral("/columns"), layout.columns);
    m_settings.setValue(group + QStringLiteral("/rows"), layout.rows);
    m_settings.setValue(group + QStringLiteral("/tab"), layout.tab);
}

} // namespace sightglass
