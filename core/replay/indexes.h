// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/operations/definitions.h"
#include "core/replay/catalog.h"

#include <string>
#include <vector>

namespace sightglass::replaying {

/// Indexes of a table or of a materialized view; null when there is no such relation.
const std::vector<Index>* indexesOf(const Catalog& catalog, const QualifiedName& relation);

/// Runs `edit` on the index list of a table or materialized view and puts it back, sorted.
Done editIndexes(Catalog& catalog,
                 const QualifiedName& relation,
                 const std::function<Done(std::vector<Index>&)>& edit);

/// Prints the definition of an index again after a part of it, or its table's name, changed.
void refreshDefinition(const QualifiedName& table, Index& index);
void refreshDefinitions(Table& table);

/// Makes the same index on each partition, under a name of its own.
Done cloneIndexToPartitions(Catalog& catalog, const QualifiedName& table, const Index& index);
Done cloneKeyToPartitions(Catalog& catalog,
                          const QualifiedName& table,
                          const ConstraintDefinition& definition,
                          const std::string& name);

/// Removes an index that backs no constraint, with those of the partitions under it.
void removeIndex(Catalog& catalog, const QualifiedName& owner, const std::string& name);

/// The names that an index takes from its keys: columns, functions, "expr".
std::vector<std::string> namesOfKeys(const IndexDefinition& definition);

} // namespace sightglass::replaying
