// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/schema/schema.h"

#include <algorithm>

namespace sightglass {

namespace {

template <typename Map>
bool sameObjects(const Map& left, const Map& right)
{
    return std::ranges::equal(left, right, [](const auto& a, const auto& b) {
        return a.first == b.first && *a.second == *b.second;
    });
}

} // namespace

const Table* Schema::table(const QualifiedName& name) const
{
    const auto found = tables.find(name);
    return found == tables.end() ? nullptr : found->second.get();
}

bool operator==(const Schema& left, const Schema& right)
{
    return left.namespaces == right.namespaces && sameObjects(left.tables, right.tables) &&
           sameObjects(left.views, right.views) && sameObjects(left.enums, right.enums) &&
           sameObjects(left.domains, right.domains) && sameObjects(left.sequences, right.sequences) &&
           sameObjects(left.functions, right.functions) && left.extensions == right.extensions;
}

} // namespace sightglass
