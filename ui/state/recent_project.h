// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme.h"

#include <QDateTime>
#include <QString>

namespace sightglass {

/// A project that was open before, as the start page lists it. Holds no secret.
struct RecentProject
{
    QString path; ///< what to open
    QString section;
    QString name;
    QString target;   ///< of the last connection, safe to show; empty: none
    QString conninfo; ///< of the last connection, without its password
    Environment environment = Environment::Unknown; ///< meaningless without a target
    QString state; ///< badge text of the last diagnosis: "Broken chain"
    Tone tone = Tone::Neutral;
    QDateTime lastOpened;

    friend bool operator==(const RecentProject&, const RecentProject&) = default;
};

/// A demo incident to choose.
struct DemoChoice
{
    QString name;
    QString title;
    QString summary;

    friend bool operator==(const DemoChoice&, const DemoChoice&) = default;
};

} // namespace sightglass
