// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/render/sql_names.h"

#include <algorithm>
#include <array>

namespace sightglass {

namespace {

// SQLAlchemy 1.4 dialects/postgresql/base.py, RESERVED_WORDS, sorted. Not PostgreSQL's own list:
// what is missing here is sent bare.
constexpr auto reservedWords = std::to_array<std::string_view>({"all",
                                                                "analyse",
                                                                "analyze",
                                                                "and",
                                                                "any",
                                                                "array",
                                                                "as",
                                                                "asc",
                                                                "asymmetric",
                                                                "authorization",
                                                                "between",
                                                                "binary",
                                                                "both",
                                                                "case",
                                                                "cast",
                                                                "check",
                                                                "collate",
                                                                "column",
                                                                "constraint",
                                                                "create",
                                                                "cross",
                                                                "current_catalog",
                                                                "current_date",
                                                                "current_role",
                                                                "current_schema",
                                                                "current_time",
                                                                "current_timestamp",
                                                                "current_user",
                                                                "default",
                                                                "deferrable",
                                                                "desc",
                                                                "distinct",
                                                                "do",
                                                                "else",
                                                                "end",
                                                                "except",
                                                                "false",
                                                                "fetch",
                                                                "for",
                                                                "foreign",
                                                                "freeze",
                                                                "from",
                                                                "full",
                                                                "grant",
                                                                "group",
                                                                "having",
                                                                "ilike",
                                                                "in",
                                                                "initially",
                                                                "inner",
                                                                "intersect",
                                                                "into",
                                                                "is",
                                                                "isnull",
                                                                "join",
                                                                "leading",
                                                                "left",
                                                                "like",
                                                                "limit",
                                                                "localtime",
                                                                "localtimestamp",
                                                                "natural",
                                                                "new",
                                                                "not",
                                                                "notnull",
                                                                "null",
                                                                "of",
                                                                "off",
                                                                "offset",
                                                                "old",
                                                                "on",
                                                                "only",
                                                                "or",
                                                                "order",
                                                                "outer",
                                                                "over",
                                                                "overlaps",
                                                                "placing",
                                                                "primary",
                                                                "references",
                                                                "returning",
                                                                "right",
                                                                "select",
                                                                "session_user",
                                                                "similar",
                                                                "some",
                                                                "symmetric",
                                                                "table",
                                                                "then",
                                                                "to",
                                                                "trailing",
                                                                "true",
                                                                "union",
                                                                "unique",
                                                                "user",
                                                                "using",
                                                                "variadic",
                                                                "verbose",
                                                                "when",
                                                                "where",
                                                                "window",
                                                                "with"});

bool isPlain(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '$';
}

bool needsQuotes(std::string_view name)
{
    if (name.empty() || name.front() == '$' || (name.front() >= '0' && name.front() <= '9'))
        return true;
    return !std::ranges::all_of(name, isPlain) || std::ranges::binary_search(reservedWords, name);
}

std::string within(std::string_view text, char quote)
{
    std::string quoted(1, quote);
    for (const char c : text) {
        if (c == quote)
            quoted += quote;
        quoted += c;
    }
    return quoted + quote;
}

} // namespace

std::string sqlLiteral(std::string_view text)
{
    return within(text, '\'');
}

std::string sqlName(std::string_view name)
{
    return needsQuotes(name) ? within(name, '"') : std::string(name);
}

std::string sqlName(const QualifiedName& name)
{
    return name.schema.empty() ? sqlName(name.name)
                               : sqlName(name.schema) + "." + sqlName(name.name);
}

} // namespace sightglass
