// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/state/environment.h"

#include "core/live/environment.h"
#include "ui/text.h"

namespace sightglass {

QString badgeText(Environment environment)
{
    switch (environment) {
    case Environment::Development:
        return QStringLiteral("DEV");
    case Environment::Test:
        return QStringLiteral("TEST");
    case Environment::Staging:
        return QStringLiteral("STAGING");
    case Environment::Production:
        return QStringLiteral("PRODUCTION");
    case Environment::Ephemeral:
        return QStringLiteral("DEMO");
    case Environment::Unknown:
        return QStringLiteral("UNKNOWN");
    }
    return {};
}

QString shownText(Environment environment)
{
    switch (environment) {
    case Environment::Development:
        return QStringLiteral("Development");
    case Environment::Test:
        return QStringLiteral("Test");
    case Environment::Staging:
        return QStringLiteral("Staging");
    case Environment::Production:
        return QStringLiteral("Production");
    case Environment::Ephemeral:
        return QStringLiteral("Demo, private and thrown away");
    case Environment::Unknown:
        return QStringLiteral("Unknown, treated as production");
    }
    return {};
}

QString settingText(Environment environment)
{
    switch (environment) {
    case Environment::Development:
        return QStringLiteral("development");
    case Environment::Test:
        return QStringLiteral("test");
    case Environment::Staging:
        return QStringLiteral("staging");
    case Environment::Production:
        return QStringLiteral("production");
    case Environment::Ephemeral:
        return QStringLiteral("ephemeral");
    case Environment::Unknown:
        return QStringLiteral("unknown");
    }
    return {};
}

Environment environmentFromSetting(const QString& word)
{
    for (const Environment environment : allEnvironments) {
        if (settingText(environment) == word)
            return environment;
    }
    return Environment::Unknown;
}

Environment guessEnvironment(const ConnectionTarget& target)
{
    return environmentFromSetting(toQString(toText(judgeEnvironment(target).environment)));
}

} // namespace sightglass
