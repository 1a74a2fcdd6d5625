// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/live/connection_target.h"
#include "ui/theme.h"

#include <QString>

#include <array>

namespace sightglass {

inline constexpr std::array allEnvironments{Environment::Development,
                                            Environment::Test,
                                            Environment::Staging,
                                            Environment::Production,
                                            Environment::Ephemeral,
                                            Environment::Unknown};

/// Short text of a badge: "DEV", "PRODUCTION", "DEMO".
QString badgeText(Environment environment);
/// In a sentence or a list: "Development", "Unknown, treated as production".
QString shownText(Environment environment);
/// Word for a settings file, and back; a word that is not known gives Unknown.
QString settingText(Environment environment);
Environment environmentFromSetting(const QString& word);

/// What the names of host, database and service suggest. A word for production outweighs a local
/// host, which may be a tunnel; nothing known stays Unknown.
Environment guessEnvironment(const ConnectionTarget& target);

} // namespace sightglass
