// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/panels/schema/schema_place.h"

#include <QString>
#include <QStringList>

#include <vector>

namespace sightglass {

/// A column, key, constraint, index or trigger of an object.
struct SchemaPart
{
    QString kind;
    QString name;
    QString definition;
    QString doubt; ///< why it is not known for certain; empty: it is
};

/// A table, view, type, sequence, function or extension.
struct SchemaObject
{
    QString kind;
    QString name;
    QString remark;
    QString doubt;
    QString definition; ///< in full, for reading and copying
    std::vector<SchemaPart> parts;
    QString searched; ///< its own name and those of its parts
};

struct SchemaSection
{
    QString title;
    std::vector<SchemaObject> objects;
};

/// A schema as a tree of words: what the browser shows.
struct SchemaOutline
{
    QString title;
    QString problem; ///< why there is nothing
    std::vector<SchemaSection> sections;
    QStringList doubts; ///< that are about no object that is there
};

/// cost  all of the schema; for a worker thread
SchemaOutline outlineOf(const SchemaAtPlace& place);

} // namespace sightglass
