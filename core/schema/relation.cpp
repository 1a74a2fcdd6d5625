// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/schema/relation.h"

#include <algorithm>

namespace sightglass {

std::string quotedIdentifier(std::string_view name)
{
    const auto plainStart = [](char c) { return (c >= 'a' && c <= 'z') || c == '_'; };
    const auto plain = [&](char c) { return plainStart(c) || (c >= '0' && c <= '9') || c == '$'; };
    if (!name.empty() && plainStart(name.front()) && std::ranges::all_of(name, plain))
        return std::string(name);
    std::string text = "\"";
    for (const char c : name) {
        if (c == '"')
            text += '"';
        text += c;
    }
    return text + '"';
}

std::string toText(const QualifiedName& name)
{
    return name.schema.empty() ? name.name : name.schema + "." + name.name;
}

std::string toSql(const QualifiedName& name)
{
    return name.schema.empty() ? quotedIdentifier(name.name)
                               : quotedIdentifier(name.schema) + "." + quotedIdentifier(name.name);
}

std::string_view toText(TableKind kind)
{
    switch (kind) {
    case TableKind::Table: return "table";
    case TableKind::PartitionedTable: return "partitioned table";
    case TableKind::Partition: return "partition";
    case TableKind::ForeignTable: return "foreign table";
    }
    return "table";
}

const Column* Table::column(std::string_view columnName) const
{
    const auto found = std::ranges::find(columns, columnName, &Column::name);
    return found == columns.end() ? nullptr : &*found;
}

} // namespace sightglass
