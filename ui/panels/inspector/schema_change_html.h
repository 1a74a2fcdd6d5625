// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/differences/differences.h"
#include "core/inspection/inspection.h"
#include "ui/theme.h"

#include <QString>

#include <vector>

namespace sightglass {

/// What a revision's upgrade makes of the schema, and what its downgrade would come to.
struct SchemaChange
{
    std::vector<Difference> differences; ///< left: before, right: after
    std::vector<Doubt> doubts;           ///< that the revision adds
    QString downgrade;                   ///< one sentence
    QStringList downgradeNotes;          ///< what goes, what remains, why
};

/// cost  two schemas of the history and a replayed downgrade; for a worker thread
SchemaChange schemaChangeOf(const History& history, RevisionIndex revision);

QString schemaChangeHtml(const SchemaChange& change, const Theme& theme);

/// "Adds column email", "Changes index ix_a", "Drops the table": what a difference is from left to
/// right.
QString differenceWords(const Difference& difference);

} // namespace sightglass
