// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/differences/object_lines.h"
#include "core/schema/schema.h"
#include "core/schema/unread_parts.h"

#include <set>
#include <vector>

namespace sightglass {

/// Everything that a schema has under one name, as the lines that differencesBetween compares: a
/// relation, a type, functions; of a view without its query. What extensions own is left out. A
/// name without a schema is that of a namespace or an extension, as in a Difference.
///
/// unread  the lines are those that a reading without these would show
/// cost    that of the object
std::vector<ObjectLine>
linesUnder(const Schema& schema, const QualifiedName& name, const UnreadParts& unread = {});

/// Every name that linesUnder has something for.
std::set<QualifiedName> namesIn(const Schema& schema);

/// The names under which two schemas do not hold the same objects; sorted.
///
/// cost  a look at each object; those that both share are passed over
std::vector<QualifiedName> namesChanged(const Schema& before, const Schema& now);

/// Makes what `seen` has under the names what `now` has.
void catchUp(Schema& seen, const Schema& now, const std::vector<QualifiedName>& names);

} // namespace sightglass
