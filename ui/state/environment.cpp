// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/state/environment.h"

#include "ui/text.h"

#include <QRegularExpression>

namespace sightglass {

namespace {

bool hasWord(const QString& text, const QString& words)
{
    const QRegularExpression pattern(QStringLiteral("(^|[^a-z])(%1)([^a-z]|$)").arg(words));
    return pattern.match(text).hasMatch();
}

bool isLocal(const ConnectionTarget& target)
{
    const std::string host = target.value("host");
    if (host.empty())
        return target.value("service").empty() && target.value("hostaddr").empty();
    return host.starts_with('/') || host == "localhost" || host == "127.0.0.1" || host == "::1";
}

} // namespace

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
    const QString names = toQString(target.value("host") + ' ' + target.value("dbname") + ' ' +
                                    target.value("service"))
                              .toLower();
    if (hasWord(names, QStringLiteral("prod|production|prd|live")))
        return Environment::Production;
    if (hasWord(names, QStringLiteral("staging|stage|stg|preprod|uat")))
        return Environment::Staging;
    if (hasWord(names, QStringLiteral("test|tests|testing|ci|qa")))
        return Environment::Test;
    if (hasWord(names, QStringLiteral("dev|develop|development")) || isLocal(target))
        return Environment::Development;
    return Environment::Unknown;
}

} // namespace sightglass
