// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/guard/column_type.h"

#include "core/rules/idiom.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace sightglass {

namespace {

/// `modifier` is the keyword for what stands in parentheses; empty: it takes none.
struct TypeWord
{
    std::string_view postgres;
    std::string_view python;
    std::string_view modifier;
    std::string_view further; ///< arguments that always stand
};

constexpr std::array typeWords{
    TypeWord{"smallint", "sa.SmallInteger", "", ""},
    TypeWord{"integer", "sa.Integer", "", ""},
    TypeWord{"bigint", "sa.BigInteger", "", ""},
    TypeWord{"real", "sa.REAL", "", ""},
    TypeWord{"double precision", "postgresql.DOUBLE_PRECISION", "", "precision=53"},
    TypeWord{"boolean", "sa.Boolean", "", ""},
    TypeWord{"text", "sa.Text", "", ""},
    TypeWord{"character varying", "sa.String", "length", ""},
    TypeWord{"character", "sa.CHAR", "length", ""},
    TypeWord{"bytea", "sa.LargeBinary", "", ""},
    TypeWord{"date", "sa.Date", "", ""},
    TypeWord{"timestamp without time zone", "postgresql.TIMESTAMP", "precision", ""},
    TypeWord{"timestamp with time zone", "postgresql.TIMESTAMP", "precision", "timezone=True"},
    TypeWord{"time without time zone", "postgresql.TIME", "precision", ""},
    TypeWord{"time with time zone", "postgresql.TIME", "precision", "timezone=True"},
    TypeWord{"interval", "postgresql.INTERVAL", "precision", ""},
    TypeWord{"uuid", "postgresql.UUID", "", ""},
    TypeWord{"json", "postgresql.JSON", "", ""},
    TypeWord{"jsonb", "postgresql.JSONB", "", ""},
    TypeWord{"inet", "postgresql.INET", "", ""},
    TypeWord{"cidr", "postgresql.CIDR", "", ""},
    TypeWord{"macaddr", "postgresql.MACADDR", "", ""},
    TypeWord{"money", "postgresql.MONEY", "", ""},
    TypeWord{"oid", "postgresql.OID", "", ""},
    TypeWord{"regclass", "postgresql.REGCLASS", "", ""},
    TypeWord{"bit", "postgresql.BIT", "length", ""},
    TypeWord{"bit varying", "postgresql.BIT", "length", "varying=True"},
    TypeWord{"tsvector", "postgresql.TSVECTOR", "", ""},
    TypeWord{"hstore", "postgresql.HSTORE", "", ""},
    TypeWord{"int4range", "postgresql.INT4RANGE", "", ""},
    TypeWord{"int8range", "postgresql.INT8RANGE", "", ""},
    TypeWord{"numrange", "postgresql.NUMRANGE", "", ""},
    TypeWord{"daterange", "postgresql.DATERANGE", "", ""},
    TypeWord{"tsrange", "postgresql.TSRANGE", "", ""},
    TypeWord{"tstzrange", "postgresql.TSTZRANGE", "", ""},
};

constexpr std::string_view unknownType = "sa.types.NullType()";

/// "character varying(255)" as "character varying" and "255"; "timestamp(3) with time zone" too.
struct Spelling
{
    std::string word;
    std::string modifier;
};

Spelling spelled(const std::string& type)
{
    const std::size_t open = type.find('(');
    const std::size_t close = type.find(')', open);
    if (open == std::string::npos || close == std::string::npos)
        return {.word = type, .modifier = {}};
    return {.word = type.substr(0, open) + type.substr(close + 1),
            .modifier = type.substr(open + 1, close - open - 1)};
}

void addArgument(std::string& arguments, const std::string& more)
{
    arguments += (arguments.empty() ? "" : ", ") + more;
}

std::string numeric(const std::string& modifier)
{
    if (modifier.empty())
        return "sa.Numeric()";
    const std::size_t comma = modifier.find(',');
    if (comma == std::string::npos)
        return "sa.Numeric(precision=" + modifier + ", scale=0)";
    return "sa.Numeric(precision=" + modifier.substr(0, comma) +
           ", scale=" + modifier.substr(comma + 1) + ")";
}

const EnumType* enumNamed(const std::string& type, const Schema& schema)
{
    const auto found = std::ranges::find_if(schema.enums, [&](const auto& each) {
        return type == toSql(each.first) ||
               (each.first.schema == "public" && type == quotedIdentifier(each.first.name)) ||
               type == toText(each.first);
    });
    if (found != schema.enums.end())
        return found->second.get();
    // A name without a schema is found through the search path.
    const auto byName = std::ranges::find_if(schema.enums, [&](const auto& each) {
        return type == each.first.name || type == quotedIdentifier(each.first.name);
    });
    return byName == schema.enums.end() ? nullptr : byName->second.get();
}

std::string enumeration(const EnumType& type, const std::string& defaultSchema)
{
    std::string text = "postgresql.ENUM(";
    for (const std::string& label : type.labels)
        text += pythonText(label) + ", ";
    text += "name=" + pythonText(type.name.name);
    if (type.name.schema != defaultSchema)
        text += ", schema=" + pythonText(type.name.schema);
    return text + ", create_type=False)";
}

} // namespace

std::string sqlalchemyType(const std::string& type,
                           const std::string& collation,
                           const Schema& schema,
                           const std::string& defaultSchema)
{
    if (type.ends_with("[]")) {
        // A server keeps no number of dimensions: integer[][] is integer[].
        std::string inner = type;
        while (inner.ends_with("[]"))
            inner.resize(inner.size() - 2);
        return "postgresql.ARRAY(" + sqlalchemyType(inner, collation, schema, defaultSchema) + ")";
    }
    const Spelling spelling = spelled(type);
    if (spelling.word == "numeric")
        return numeric(spelling.modifier);
    const auto word = std::ranges::find(typeWords, spelling.word, &TypeWord::postgres);
    if (word == typeWords.end()) {
        const EnumType* const labels = enumNamed(type, schema);
        return labels == nullptr ? std::string(unknownType) : enumeration(*labels, defaultSchema);
    }
    std::string arguments(word->further);
    if (!spelling.modifier.empty() && !word->modifier.empty())
        addArgument(arguments, std::string(word->modifier) + "=" + spelling.modifier);
    const bool isText = word->python == "sa.Text" || word->python == "sa.String";
    if (isText && !collation.empty())
        addArgument(arguments, "collation=" + pythonText(collation));
    return std::string(word->python) + "(" + arguments + ")";
}

} // namespace sightglass
