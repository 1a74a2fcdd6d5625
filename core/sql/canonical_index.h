// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/operations/definitions.h"
#include "core/sql/expression.h"

#include <string>

namespace sightglass {

struct CanonicalIndex
{
    Index index;       ///< equal to what a catalog reader makes of the same index
    std::string doubt; ///< not empty: a key or the predicate stays as it was written; why
};

/// An index of `table` as the catalog will show it: keys, operator classes that are not the
/// default, order, included columns, predicate and the whole definition. `definition` needs a name;
/// the scope's table is `table`.
///
/// errors  42703 column …; 42704 access method, operator class, or data type … has no default
///         operator class; 0A000 access method "…" does not support …; 42P17
Outcome<CanonicalIndex, Refusal>
canonicalIndex(const IndexDefinition& definition, const Table& table, const SqlScope& scope);

/// pg_get_constraintdef of EXCLUDE (…); Unknown where a part can't be spelled.
Outcome<Known<std::string>, Refusal> canonicalExclusion(const ConstraintDefinition& constraint,
                                                        const Table& table,
                                                        const SqlScope& scope);

} // namespace sightglass
