// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/operations/definitions.h"
#include "core/replay/catalog.h"

#include <vector>

namespace sightglass::replaying {

/// Adds columns to a table that is in the catalog already: types and sequences first, then what
/// may name other columns. Constraints at the columns are not made.
Done addColumns(Catalog& catalog,
                const QualifiedName& table,
                const std::vector<ColumnDefinition>& definitions);

/// Constraints written at a column, with that column filled in where a key names none.
std::vector<ConstraintDefinition> constraintsAt(const ColumnDefinition& definition);

/// A new sequence for a column, owned by it; its full name.
QualifiedName addOwnedSequence(Catalog& catalog,
                               const ColumnPlace& place,
                               const std::string& type,
                               bool identity);

/// The default as written, or why not: 'abc' for an integer is refused, NULL is no default.
Done setDefault(Catalog& catalog, const Table& table, Column& column, const SqlText& sql);

/// What a generated column is computed from.
Done setGenerated(Catalog& catalog, const Table& table, Column& column, const SqlText& sql);

/// Spells the type: of a partition as of the table itself.
Done setNotNull(Catalog& catalog, const QualifiedName& table, const std::string& column);

} // namespace sightglass::replaying
