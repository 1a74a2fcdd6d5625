// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/schema/relation.h"

#include <algorithm>
#include <array>

namespace sightglass {

namespace {

// Words that quote_ident quotes, sorted: all but the unreserved ones of PostgreSQL 15, and what 16 to 18
// have added to them.
constexpr auto keywords = std::to_array<std::string_view>({
    "all", "analyse", "analyze", "and", "any", "array", "as", "asc", "asymmetric",
    "authorization", "between", "bigint", "binary", "bit", "boolean", "both", "case", "cast",
    "char", "character", "check", "coalesce", "collate", "collation", "column", "concurrently",
    "constraint", "create", "cross", "current_catalog", "current_date", "current_role",
    "current_schema", "current_time", "current_timestamp", "current_user", "dec", "decimal",
    "default", "deferrable", "desc", "distinct", "do", "else", "end", "except", "exists",
    "extract", "false", "fetch", "float", "for", "foreign", "freeze", "from", "full", "grant",
    "greatest", "group", "grouping", "having", "ilike", "in", "initially", "inner", "inout",
    "int", "integer", "intersect", "interval", "into", "is", "isnull", "join", "json",
    "json_array", "json_arrayagg", "json_exists", "json_object", "json_objectagg", "json_query",
    "json_scalar", "json_serialize", "json_table", "json_value", "lateral", "leading", "least",
    "left", "like", "limit", "localtime", "localtimestamp", "merge_action", "national",
    "natural", "nchar", "none", "normalize", "not", "notnull", "null", "nullif", "numeric",
    "offset", "on", "only", "or", "order", "out", "outer", "overlaps", "overlay", "placing",
    "position", "precision", "primary", "real", "references", "returning", "right", "row",
    "select", "session_user", "setof", "similar", "smallint", "some", "substring", "symmetric",
    "system_user", "table", "tablesample", "then", "time", "timestamp", "to", "trailing",
    "treat", "trim", "true", "union", "unique", "user", "using", "values", "varchar",
    "variadic", "verbose", "when", "where", "window", "with", "xmlattributes", "xmlconcat",
    "xmlelement", "xmlexists", "xmlforest", "xmlnamespaces", "xmlparse", "xmlpi", "xmlroot",
    "xmlserialize", "xmltable"});

} // namespace

std::string quotedIdentifier(std::string_view name)
{
    const auto plainStart = [](char c) { return (c >= 'a' && c <= 'z') || c == '_'; };
    const auto plain = [&](char c) { return plainStart(c) || (c >= '0' && c <= '9'); };
    if (!name.empty() && plainStart(name.front()) && std::ranges::all_of(name, plain) &&
        !std::ranges::binary_search(keywords, name))
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
