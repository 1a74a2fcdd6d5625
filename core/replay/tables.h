// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/operations/changes.h"
#include "core/replay/catalog.h"

#include <string>

namespace sightglass::replaying {

/// Removes a table with what belongs to it. Refused while others need it, unless `cascade`.
Done dropTable(Catalog& catalog, const QualifiedName& table, bool cascade);

/// Gives a table another name or namespace; all that names it follows.
Done moveTable(Catalog& catalog, const QualifiedName& from, const QualifiedName& to);

/// Columns and, as asked for, the rest of another table: LIKE other INCLUDING ….
Done copyLike(Catalog& catalog,
              const QualifiedName& table,
              const QualifiedName& other,
              const std::string& options);
/// The constraints and indexes that LIKE … INCLUDING brings; made after the columns.
Done copyLikeConstraints(Catalog& catalog,
                         const QualifiedName& table,
                         const QualifiedName& other,
                         const std::string& options);

/// Refused when `child` stands above `parent` already, or the line of parents is too long for us.
Done checkLineage(const Catalog& catalog, const QualifiedName& child, const QualifiedName& parent);
/// Columns and checks of the parents of a new heir or partition.
Done inheritFrom(Catalog& catalog, const QualifiedName& table, const QualifiedName& parent);
/// Keys, foreign keys and indexes that a partition gets from its parent.
Done inheritKeys(Catalog& catalog, const QualifiedName& table, const QualifiedName& parent);

} // namespace sightglass::replaying
