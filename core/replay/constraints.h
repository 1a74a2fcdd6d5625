// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/operations/definitions.h"
#include "core/replay/catalog.h"

#include <string>
#include <vector>

namespace sightglass::replaying {

/// Adds a constraint to a table of the catalog, with a name where it has none.
Done addConstraint(Catalog& catalog,
                   const QualifiedName& table,
                   const ConstraintDefinition& definition);

Done addCheck(Catalog& catalog, const QualifiedName& table, const ConstraintDefinition& definition);
Done addKey(Catalog& catalog, const QualifiedName& table, const ConstraintDefinition& definition);
Done addExclusion(Catalog& catalog,
                  const QualifiedName& table,
                  const ConstraintDefinition& definition);
Done addForeignKey(Catalog& catalog,
                   const QualifiedName& table,
                   const ConstraintDefinition& definition);

/// Those of one CREATE TABLE, in PostgreSQL's order: checks, primary key, other keys, foreign keys.
/// A key that repeats another one is made once.
Done addConstraints(Catalog& catalog,
                    const QualifiedName& table,
                    const std::vector<ConstraintDefinition>& definitions);

/// Removes a constraint of any kind. With `cascade` also the foreign keys that need it.
Done dropConstraint(Catalog& catalog,
                    const QualifiedName& table,
                    const std::string& name,
                    bool cascade);

Done dropConstraintDown(Catalog& catalog,
                        const QualifiedName& table,
                        const std::string& name,
                        bool cascade);
/// A check of a parent is one of its heirs, too.
Done addCheckToHeirs(Catalog& catalog,
                     const QualifiedName& table,
                     const ConstraintDefinition& definition);

/// Foreign keys of any table to `target` that need a key over exactly these columns there.
struct ForeignKeyPlace
{
    QualifiedName table;
    std::string name;
};

std::vector<ForeignKeyPlace>
needing(const Catalog& catalog, const QualifiedName& target, const std::string& key);
void removeForeignKey(Catalog& catalog, const ForeignKeyPlace& place);

} // namespace sightglass::replaying
