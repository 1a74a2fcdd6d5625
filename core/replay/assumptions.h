// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/operations/changes.h"
#include "core/replay/catalog.h"

namespace sightglass::replaying {

/// Does a change as its overload in appliers.h says, with names as PostgreSQL cuts them.
Done dispatch(Catalog& catalog, const Change& change);

/// After a refusal: what is missing is taken to have been there, what is in the way stays; then
/// does the change as far as that goes. Leaves doubts.
void assume(Catalog& catalog, const Change& change, const Refusal& refusal);

/// Whether a refusal is about a part that a table lacks which no revision creates: it may have it.
bool isOfAssumedTable(const Catalog& catalog, const Refusal& refusal);

/// The same where what is missing, or in the way, may be otherwise: leaves no doubt but that about
/// the table.
void assumeParts(Catalog& catalog, const Change& change, const Refusal& refusal);

/// Whether a change makes or takes away a relation, or nobody knows.
bool changesExistence(const Change& change);

/// What doubt about a change is about: a relation, a type or a sequence by its full name.
QualifiedName subjectOf(const Catalog& catalog, const Change& change);

} // namespace sightglass::replaying
