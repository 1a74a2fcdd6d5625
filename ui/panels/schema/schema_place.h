// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/inspection/inspection.h"

#include <QString>

#include <vector>

namespace sightglass {

/// Somewhere that a schema can be read from. The key outlives a reload: "selected", "heads",
/// "models", "live", "revision:ID".
struct SchemaPlace
{
    QString key;
    QString title;

    friend bool operator==(const SchemaPlace&, const SchemaPlace&) = default;
};

/// What there is to choose from: the special ones first, then every revision, newest first.
std::vector<SchemaPlace> schemaPlaces(const Inspection& inspection, const QString& selected);

/// A schema and where it comes from, or why there is none.
struct SchemaAtPlace
{
    ReplayedSchema replayed;
    QString title;
    QString problem; ///< empty: there is one
};

/// cost  that of History::after; for a worker thread
SchemaAtPlace
schemaAt(const Inspection& inspection, const QString& key, const QString& selectedRevision);

/// "jobs.state: created under a condition".
QString doubtText(const Doubt& doubt);

} // namespace sightglass
