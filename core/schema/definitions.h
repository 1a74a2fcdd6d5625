// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/schema/relation.h"

#include <string>

namespace sightglass {

/// Definitions as pg_get_constraintdef and pg_get_indexdef spell them on PostgreSQL 15.
std::string primaryKeyDefinition(const KeyConstraint& key);
std::string uniqueDefinition(const KeyConstraint& key);
/// The target is written without its schema where that is `public` (the usual search path).
std::string foreignKeyDefinition(const ForeignKey& key);
std::string checkDefinition(const CheckConstraint& check);

/// What a definition says that Index does not hold.
struct IndexExtras
{
    std::string storage; ///< " WITH (fillfactor='50')", its blank included
    bool only = false;   ///< of a partitioned table alone
};

std::string
indexDefinition(const QualifiedName& table, const Index& index, const IndexExtras& extras = {});

} // namespace sightglass
