// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rebuild/type_expression.h"

#include "core/rebuild/body_writer.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace sightglass {

namespace {

/// What the modifier in parentheses is called.
enum class Modifier
{
    None,
    Length,
    Numeric,
    Varying,
    Time,
    TimeZoned
};

struct TypeWord
{
    std::string_view postgres;
    std::string_view python; ///< without its parentheses
    Modifier modifier = Modifier::None;
};

constexpr std::array typeWords{
    TypeWord{"integer", "sa.Integer"},
    TypeWord{"bigint", "sa.BigInteger"},
    TypeWord{"smallint", "sa.SmallInteger"},
    TypeWord{"character varying", "sa.String", Modifier::Length},
    TypeWord{"character", "sa.CHAR", Modifier::Length},
    TypeWord{"text", "sa.Text"},
    TypeWord{"numeric", "sa.Numeric", Modifier::Numeric},
    TypeWord{"real", "sa.REAL"},
    TypeWord{"double precision", "sa.Float"},
    TypeWord{"boolean", "sa.Boolean"},
    TypeWord{"date", "sa.Date"},
    TypeWord{"timestamp without time zone", "TIMESTAMP", Modifier::Time},
    TypeWord{"timestamp with time zone", "TIMESTAMP", Modifier::TimeZoned},
    TypeWord{"time without time zone", "TIME", Modifier::Time},
    TypeWord{"time with time zone", "TIME", Modifier::TimeZoned},
    TypeWord{"uuid", "postgresql.UUID"},
    TypeWord{"json", "sa.JSON"},
    TypeWord{"jsonb", "postgresql.JSONB"},
    TypeWord{"bytea", "sa.LargeBinary"},
    TypeWord{"bit", "postgresql.BIT", Modifier::Length},
    TypeWord{"bit varying", "postgresql.BIT", Modifier::Varying},
    TypeWord{"inet", "postgresql.INET"},
    TypeWord{"cidr", "postgresql.CIDR"},
    TypeWord{"macaddr", "postgresql.MACADDR"},
    TypeWord{"money", "postgresql.MONEY"},
    TypeWord{"oid", "postgresql.OID"},
    TypeWord{"regclass", "postgresql.REGCLASS"},
    TypeWord{"tsvector", "postgresql.TSVECTOR"},
    TypeWord{"hstore", "postgresql.HSTORE"},
    TypeWord{"int4range", "postgresql.INT4RANGE"},
    TypeWord{"int8range", "postgresql.INT8RANGE"},
    TypeWord{"numrange", "postgresql.NUMRANGE"},
    TypeWord{"daterange", "postgresql.DATERANGE"},
    TypeWord{"tsrange", "postgresql.TSRANGE"},
    TypeWord{"tstzrange", "postgresql.TSTZRANGE"},
};

/// "timestamp(3) with time zone[]" in its pieces.
struct Spelling
{
    std::string word;
    std::string modifier;
    int dimensions = 0;
};

Spelling spellingOf(std::string type)
{
    Spelling made;
    for (; type.ends_with("[]"); type.resize(type.size() - 2))
        ++made.dimensions;
    const std::size_t open = type.find('(');
    const std::size_t close = type.rfind(')');
    if (open != std::string::npos && close != std::string::npos && close > open) {
        made.modifier = type.substr(open + 1, close - open - 1);
        type.erase(open, close - open + 1);
    }
    made.word = std::move(type);
    return made;
}

std::string timeType(const TypeWord& word, const std::string& precision)
{
    const bool zoned = word.modifier == Modifier::TimeZoned;
    const std::string zone = zoned ? "timezone=True" : "";
    if (!precision.empty())
        return "postgresql." + std::string(word.python) + "(" + zone + (zoned ? ", " : "") +
               "precision=" + precision + ")";
    return std::string(word.python == "TIME" ? "sa.Time(" : "sa.DateTime(") + zone + ")";
}

std::string numericType(const std::string& modifier)
{
    const std::size_t comma = modifier.find(',');
    if (modifier.empty())
        return "sa.Numeric()";
    if (comma == std::string::npos)
        return "sa.Numeric(precision=" + modifier + ")";
    return "sa.Numeric(precision=" + modifier.substr(0, comma) +
           ", scale=" + modifier.substr(comma + 1) + ")";
}

std::string builtInType(const TypeWord& word, const std::string& modifier)
{
    const std::string name(word.python);
    const std::string length = modifier.empty() ? "" : "length=" + modifier;
    switch (word.modifier) {
    case Modifier::None:
        return name + "()";
    case Modifier::Length:
        return name + "(" + length + ")";
    case Modifier::Numeric:
        return numericType(modifier);
    case Modifier::Varying:
        return name + "(" + length + (length.empty() ? "" : ", ") + "varying=True)";
    case Modifier::Time:
    case Modifier::TimeZoned:
        return timeType(word, modifier);
    }
    return {};
}

std::string intervalType(const Spelling& spelling)
{
    std::string fields = spelling.word.substr(std::string_view("interval").size());
    fields.erase(0, fields.find_first_not_of(' '));
    if (fields.empty() && spelling.modifier.empty())
        return "sa.Interval()";
    if (fields.empty())
        return "postgresql.INTERVAL(precision=" + spelling.modifier + ")";
    std::ranges::transform(fields, fields.begin(), [](unsigned char each) {
        return static_cast<char>(std::toupper(each));
    });
    if (!spelling.modifier.empty())
        fields += "(" + spelling.modifier + ")";
    return "postgresql.INTERVAL(fields=" + pythonLiteral(fields) + ")";
}

const EnumType* enumNamed(const std::string& word, const Schema& schema)
{
    for (const auto& [name, type] : schema.enums) {
        if (word == toSql(name) || (name.schema == "public" && word == quotedIdentifier(name.name)))
            return type.get();
    }
    return nullptr;
}

std::string enumType(const EnumType& type)
{
    std::string text = "postgresql.ENUM(";
    for (const std::string& label : type.labels)
        text += pythonLiteral(label) + ", ";
    text += "name=" + pythonLiteral(type.name.name);
    if (type.name.schema != "public")
        text += ", schema=" + pythonLiteral(type.name.schema);
    return text + ", create_type=False)";
}

bool hasExtensions(const Schema& schema)
{
    return schema.extensions.size() > schema.extensions.count("plpgsql");
}

/// "sa.Text()" with `collation='C'` in it; absent where the type takes none.
std::optional<std::string> collated(std::string python, const std::string& collation)
{
    if (!python.starts_with("sa.String(") && !python.starts_with("sa.Text(") &&
        !python.starts_with("sa.CHAR("))
        return std::nullopt;
    python.pop_back();
    return python + (python.ends_with('(') ? "" : ", ") + "collation=" + pythonLiteral(collation) +
           ")";
}

} // namespace

bool isMadeHere(const std::string& type, const Schema& schema)
{
    constexpr std::array<std::string_view, 34> others{"macaddr8",
                                                      "point",
                                                      "line",
                                                      "lseg",
                                                      "box",
                                                      "path",
                                                      "polygon",
                                                      "circle",
                                                      "xml",
                                                      "tsquery",
                                                      "name",
                                                      "\"char\"",
                                                      "xid",
                                                      "xid8",
                                                      "cid",
                                                      "tid",
                                                      "jsonpath",
                                                      "pg_lsn",
                                                      "pg_snapshot",
                                                      "regproc",
                                                      "regprocedure",
                                                      "regoper",
                                                      "regoperator",
                                                      "regtype",
                                                      "regrole",
                                                      "regnamespace",
                                                      "regconfig",
                                                      "regcollation",
                                                      "int4multirange",
                                                      "int8multirange",
                                                      "nummultirange",
                                                      "datemultirange",
                                                      "tsmultirange",
                                                      "tstzmultirange"};
    if (typeExpression(type, schema) || hasExtensions(schema))
        return true;
    const std::string word = spellingOf(type).word;
    return std::ranges::find(others, word) != others.end() || word == "regdictionary" ||
           std::ranges::any_of(schema.domains, [&](const auto& entry) {
               const QualifiedName& name = entry.first;
               return word == toSql(name) ||
                      (name.schema == "public" && word == quotedIdentifier(name.name));
           });
}

const EnumType* enumOfType(const std::string& type, const Schema& schema)
{
    return enumNamed(spellingOf(type).word, schema);
}

std::optional<std::string>
typeExpression(const std::string& type, const Schema& schema, const std::string& collation)
{
    const Spelling spelling = spellingOf(type);
    const auto* const word = std::ranges::find(typeWords, spelling.word, &TypeWord::postgres);
    std::optional<std::string> python;
    if (word != typeWords.end())
        python = builtInType(*word, spelling.modifier);
    else if (spelling.word == "interval" || spelling.word.starts_with("interval "))
        python = intervalType(spelling);
    else if (const EnumType* found = enumNamed(spelling.word, schema))
        python = enumType(*found);
    if (python && !collation.empty())
        python = collated(std::move(*python), collation);
    if (python && spelling.dimensions > 0)
        python = "postgresql.ARRAY(" + *python + ")";
    return python;
}

} // namespace sightglass
