// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/inspection/inspection.h"
#include "ui/theme.h"

#include <QString>
#include <QUrl>

#include <optional>

namespace sightglass {

/// What an id of the selection stands for.
struct InspectedRevision
{
    std::optional<RevisionIndex> revision;    ///< a file defines it
    const MissingRevision* missing = nullptr; ///< named by a revision, defined by no file
    bool onlyInDatabase = false;              ///< a version row, defined by no file

    bool isKnown() const { return revision || missing != nullptr || onlyInDatabase; }
};

InspectedRevision inspected(const Inspection& inspection, const QString& id);

/// The overview page: every fact with the place where it was read. Links are `revision:ID` and
/// `place:LINE?FILE`, both percent-encoded.
QString overviewHtml(const Inspection& inspection, const QString& id, const Theme& theme);

/// A link of the overview, taken apart.
struct OverviewLink
{
    QString revision; ///< empty when it is a place
    QString file;
    int line = 0;
};

OverviewLink overviewLink(const QUrl& url);

} // namespace sightglass
