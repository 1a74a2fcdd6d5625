// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/replay/partition_bounds.h"

#include "core/replay/lookup.h"
#include "core/sql/canonical_bound.h"

namespace sightglass::replaying {

namespace {

/// The key of "RANGE (at, lower(name))" in its parts.
std::vector<std::string> partsOfKey(const std::string& key)
{
    std::vector<std::string> parts;
    const std::size_t open = key.find('(');
    const std::size_t close = key.rfind(')');
    if (open == std::string::npos || close == std::string::npos || close <= open)
        return parts;
    int depth = 0;
    parts.emplace_back();
    for (const char c : key.substr(open + 1, close - open - 1)) {
        depth += c == '(' ? 1 : c == ')' ? -1 : 0;
        if (c == ',' && depth == 0)
            parts.emplace_back();
        else if (c != ' ' || !parts.back().empty())
            parts.back() += c;
    }
    return parts;
}

std::vector<std::string> keyTypesOf(const Table& parent)
{
    std::vector<std::string> types;
    for (const std::string& part : partsOfKey(parent.partitionKey)) {
        types.emplace_back();
        for (const Column& column : parent.columns) {
            const std::string name = quotedIdentifier(column.name);
            if (part == name || part.starts_with(name + " "))
                types.back() = column.type;
        }
    }
    return types;
}

} // namespace

Done spellBound(Catalog& catalog, const Table& parent, Table& partition)
{
    const auto text =
        canonicalBound(partition.partitionBound, keyTypesOf(parent), scopeOf(catalog));
    if (!text)
        return text.error();
    if (text->isKnown())
        partition.partitionBound = text->value();
    else
        catalog.doubt(partition.name,
                      {},
                      "the spelling of its partition bound is not known: " + text->reason());
    return std::nullopt;
}

} // namespace sightglass::replaying
