// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sql/question_values.h"

#include <algorithm>
#include <array>

namespace sightglass::question {

namespace {

/// Names of relations in information_schema, of built-in types, and of what well-known extensions
/// bring, that do not begin with "pg_". Sorted.
constexpr std::array systemNames{"abstime",
                                 "aclitem",
                                 "any",
                                 "anyarray",
                                 "anyelement",
                                 "anyenum",
                                 "anyrange",
                                 "attributes",
                                 "bit",
                                 "bool",
                                 "box",
                                 "bpchar",
                                 "bytea",
                                 "char",
                                 "cid",
                                 "cidr",
                                 "circle",
                                 "citext",
                                 "collations",
                                 "columns",
                                 "cstring",
                                 "cube",
                                 "date",
                                 "daterange",
                                 "domains",
                                 "element_types",
                                 "enabled_roles",
                                 "float4",
                                 "float8",
                                 "geography",
                                 "geography_columns",
                                 "geometry",
                                 "geometry_columns",
                                 "gtsvector",
                                 "hstore",
                                 "inet",
                                 "information_schema_catalog_name",
                                 "int2",
                                 "int2vector",
                                 "int4",
                                 "int4range",
                                 "int8",
                                 "int8range",
                                 "internal",
                                 "interval",
                                 "isbn",
                                 "json",
                                 "jsonb",
                                 "jsonpath",
                                 "key_column_usage",
                                 "line",
                                 "lo",
                                 "lseg",
                                 "ltree",
                                 "macaddr",
                                 "macaddr8",
                                 "money",
                                 "name",
                                 "numeric",
                                 "numrange",
                                 "oid",
                                 "oidvector",
                                 "parameters",
                                 "path",
                                 "point",
                                 "polygon",
                                 "raster",
                                 "record",
                                 "referential_constraints",
                                 "refcursor",
                                 "regclass",
                                 "regproc",
                                 "regtype",
                                 "routines",
                                 "schemata",
                                 "sequences",
                                 "spatial_ref_sys",
                                 "sql_features",
                                 "table_constraints",
                                 "table_privileges",
                                 "tables",
                                 "text",
                                 "tid",
                                 "time",
                                 "timestamp",
                                 "timestamptz",
                                 "timetz",
                                 "topology",
                                 "triggers",
                                 "tsm_handler",
                                 "tsquery",
                                 "tsrange",
                                 "tstzrange",
                                 "tsvector",
                                 "txid_snapshot",
                                 "unknown",
                                 "uuid",
                                 "varbit",
                                 "varchar",
                                 "vector",
                                 "views",
                                 "void",
                                 "xid",
                                 "xid8",
                                 "xml"};

char folded(char c, bool ignoreCase)
{
    return ignoreCase && c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

/// Behind the UTF-8 character at `offset`.
std::size_t behindCharacter(std::string_view text, std::size_t offset)
{
    ++offset;
    while (offset < text.size() && (static_cast<unsigned char>(text[offset]) & 0xC0U) == 0x80U)
        ++offset;
    return offset;
}

} // namespace

std::optional<std::string> printed(const Datum& value)
{
    switch (value.kind) {
    case Datum::Kind::Flag:
        return value.flag ? "t" : "f";
    case Datum::Kind::Number:
        return std::to_string(value.number);
    case Datum::Kind::Text:
        return value.text;
    case Datum::Kind::List: {
        std::string result;
        for (const Datum& item : value.items)
            result += (result.empty() ? "" : ",") + printed(item).value_or("NULL");
        return "{" + result + "}";
    }
    case Datum::Kind::Null:
    case Datum::Kind::Object:
    case Datum::Kind::SystemName:
    case Datum::Kind::Unknown:
        break;
    }
    return std::nullopt;
}

bool isLike(std::string_view text, std::string_view pattern, bool ignoreCase)
{
    // Greedy with one place to come back to: the last %.
    std::size_t at = 0;
    std::size_t p = 0;
    std::size_t starPattern = std::string_view::npos;
    std::size_t starText = 0;
    while (at < text.size()) {
        if (p < pattern.size() && pattern[p] == '%') {
            starPattern = ++p;
            starText = at;
            continue;
        }
        if (p < pattern.size() && pattern[p] == '_') {
            ++p;
            at = behindCharacter(text, at);
            continue;
        }
        const std::size_t literal =
            p < pattern.size() && pattern[p] == '\\' && p + 1 < pattern.size() ? p + 1 : p;
        if (literal < pattern.size() &&
            folded(pattern[literal], ignoreCase) == folded(text[at], ignoreCase)) {
            p = literal + 1;
            ++at;
            continue;
        }
        if (starPattern == std::string_view::npos)
            return false;
        p = starPattern;
        at = ++starText;
    }
    while (p < pattern.size() && pattern[p] == '%')
        ++p;
    return p == pattern.size();
}

bool maySystemHave(std::string_view name)
{
    return name.empty() || name.starts_with("pg_") || name.starts_with("_") ||
           name.starts_with("sql_") || std::ranges::find(systemNames, name) != systemNames.end();
}

} // namespace sightglass::question
