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

/// The link `schema:here` asks for the whole schema.
QString schemaChangeHtml(const SchemaChange& change, const Theme& theme);

enum class DifferenceWords
{
    Steps, ///< from left to right: "Adds column email", "Drops table jobs"
    Sides   ///< "Only on the right: column email"
};

/// Differences grouped by object, with the definitions of both sides beside each other.
QString differencesHtml(const std::vector<Difference>& differences, DifferenceWords words);

} // namespace sightglass
