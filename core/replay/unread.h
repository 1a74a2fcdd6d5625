// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/operations/operation.h"
#include "core/replay/catalog.h"

namespace sightglass::replaying {

/// Does what is known of a change of which parts are not. False: what is missing is more than the
/// parts that doubts are left about, and nothing was done.
bool applyKnownParts(Catalog& catalog, const Operation& operation);

/// Whether something before, of which it is not known what it did or whether it ran, may have made
/// what a refusal misses, or taken away what is in the way.
bool mayBeOtherwise(const Catalog& catalog, const Change& change, const Refusal& refusal);

} // namespace sightglass::replaying
