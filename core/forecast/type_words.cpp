// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/forecast/type_words.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <set>
#include <string_view>

namespace sightglass {

namespace {

/// What becomes of the modifier in parentheses.
enum class Modifier
{
    None,
    Length,    ///< "VARCHAR(20)"
    Numbers,   ///< "NUMERIC(10, 2)"
    Precision, ///< behind the first word: "TIMESTAMP(3) WITH TIME ZONE"
};

struct TypeWord
{
    std::string_view postgres;
    std::string_view compiled;
    Modifier modifier = Modifier::None;
};

/// ischema_names of SQLAlchemy 1.4's PostgreSQL dialect, with what its compiler writes.
constexpr std::array typeWords{
    TypeWord{"integer", "INTEGER"},
    TypeWord{"bigint", "BIGINT"},
    TypeWord{"smallint", "SMALLINT"},
    TypeWord{"character varying", "VARCHAR", Modifier::Length},
    TypeWord{"character", "CHAR", Modifier::Length},
    TypeWord{"\"char\"", "VARCHAR"},
    TypeWord{"name", "VARCHAR"},
    TypeWord{"text", "TEXT"},
    TypeWord{"numeric", "NUMERIC", Modifier::Numbers},
    TypeWord{"float", "FLOAT"},
    TypeWord{"real", "REAL"},
    TypeWord{"double precision", "DOUBLE PRECISION"},
    TypeWord{"boolean", "BOOLEAN"},
    TypeWord{"date", "DATE"},
    TypeWord{"timestamp", "TIMESTAMP WITHOUT TIME ZONE", Modifier::Precision},
    TypeWord{"timestamp with time zone", "TIMESTAMP WITH TIME ZONE", Modifier::Precision},
    TypeWord{"timestamp without time zone", "TIMESTAMP WITHOUT TIME ZONE", Modifier::Precision},
    TypeWord{"time", "TIME WITHOUT TIME ZONE", Modifier::Precision},
    TypeWord{"time with time zone", "TIME WITH TIME ZONE", Modifier::Precision},
    TypeWord{"time without time zone", "TIME WITHOUT TIME ZONE", Modifier::Precision},
    TypeWord{"uuid", "UUID"},
    TypeWord{"json", "JSON"},
    TypeWord{"jsonb", "JSONB"},
    TypeWord{"bytea", "BYTEA"},
    TypeWord{"bit", "BIT", Modifier::Length},
    TypeWord{"bit varying", "BIT VARYING", Modifier::Length},
    TypeWord{"inet", "INET"},
    TypeWord{"cidr", "CIDR"},
    TypeWord{"macaddr", "MACADDR"},
    TypeWord{"macaddr8", "MACADDR8"},
    TypeWord{"money", "MONEY"},
    TypeWord{"oid", "OID"},
    TypeWord{"regclass", "REGCLASS"},
    TypeWord{"tsvector", "TSVECTOR"},
    TypeWord{"hstore", "HSTORE"},
    TypeWord{"int4range", "INT4RANGE"},
    TypeWord{"int8range", "INT8RANGE"},
    TypeWord{"numrange", "NUMRANGE"},
    TypeWord{"daterange", "DATERANGE"},
    TypeWord{"tsrange", "TSRANGE"},
    TypeWord{"tstzrange", "TSTZRANGE"},
};

/// "timestamp(3) with time zone[]" in its pieces.
struct Spelling
{
    std::string word;
    std::string modifier;
    bool isArray = false;
};

Spelling spelled(std::string type)
{
    Spelling made;
    const std::size_t open = type.find('(');
    const std::size_t close = type.rfind(')');
    if (open != std::string::npos && close != std::string::npos && close > open) {
        made.modifier = type.substr(open + 1, close - open - 1);
        type.erase(open, close - open + 1);
    }
    if (type.ends_with("[]")) {
        made.isArray = true;
        type.resize(type.size() - 2);
    }
    made.word = std::move(type);
    return made;
}

std::string withModifier(const TypeWord& word, const std::string& modifier)
{
    std::string compiled(word.compiled);
    if (modifier.empty() || word.modifier == Modifier::None)
        return compiled;
    if (word.modifier == Modifier::Precision)
        return compiled.insert(compiled.find(' '), "(" + modifier + ")");
    const std::size_t comma = modifier.find(',');
    if (word.modifier == Modifier::Numbers && comma != std::string::npos)
        return compiled + "(" + modifier.substr(0, comma) + ", " + modifier.substr(comma + 1) + ")";
    return compiled + "(" + modifier + ")";
}

std::optional<std::string> builtIn(const Spelling& spelling)
{
    constexpr std::string_view interval = "interval";
    if (spelling.word.starts_with(interval)) {
        const std::string fields = spelling.word.substr(interval.size());
        return "INTERVAL" + fields +
               (spelling.modifier.empty() ? "" : " (" + spelling.modifier + ")");
    }
    const auto* const found = std::ranges::find(typeWords, spelling.word, &TypeWord::postgres);
    if (found == typeWords.end())
        return std::nullopt;
    return withModifier(*found, spelling.modifier);
}

template <typename T>
const T* typeNamed(const Schema::Objects<T>& objects,
                   const std::string& word,
                   const std::vector<std::string>& path)
{
    for (const auto& [name, object] : objects) {
        if (word == toSql(name) ||
            (word == quotedIdentifier(name.name) && std::ranges::count(path, name.schema) > 0))
            return object.get();
    }
    return nullptr;
}

bool isWordCharacter(char each)
{
    return std::isalnum(static_cast<unsigned char>(each)) != 0 || each == '_' || each == '-' ||
           (static_cast<unsigned char>(each) & 0x80U) != 0;
}

/// A type's words and what its last parentheses hold, as Alembic takes its spelling apart.
struct TypeTokens
{
    std::vector<std::string> words; ///< the first is compared for itself
    std::vector<std::string> arguments;
};

std::vector<std::string> argumentsOf(std::string_view inside)
{
    std::vector<std::string> arguments;
    for (std::size_t at = 0; at <= inside.size();) {
        const std::size_t end = std::min(inside.find(',', at), inside.size());
        std::string_view one = inside.substr(at, end - at);
        while (!one.empty() && one.front() == ' ')
            one.remove_prefix(1);
        while (!one.empty() && one.back() == ' ')
            one.remove_suffix(1);
        if (!one.empty() && one.find('=') == std::string_view::npos)
            arguments.emplace_back(one);
        at = end + 1;
    }
    return arguments;
}

TypeTokens tokensOf(const std::string& type)
{
    std::string text = type;
    std::ranges::transform(text, text.begin(), [](unsigned char each) {
        return static_cast<char>(std::tolower(each));
    });
    TypeTokens tokens;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t close = text[at] == '(' ? text.find(')', at + 2) : std::string::npos;
        if (close != std::string::npos) {
            tokens.arguments = argumentsOf(std::string_view(text).substr(at + 1, close - at - 1));
            at = close + 1;
            continue;
        }
        const std::size_t begin = at;
        while (at < text.size() && isWordCharacter(text[at]))
            ++at;
        if (at > begin)
            tokens.words.push_back(text.substr(begin, at - begin));
        else
            ++at;
    }
    return tokens;
}

std::string joined(const std::vector<std::string>& words)
{
    std::string text;
    for (const std::string& word : words)
        text += (text.empty() ? "" : " ") + word;
    return text;
}

bool isSynonym(const TypeTokens& left, const TypeTokens& right)
{
    static const std::vector<std::set<std::string>> synonyms{{"numeric", "decimal"},
                                                             {"float", "double precision"}};
    return std::ranges::any_of(synonyms, [&](const std::set<std::string>& batch) {
        return (batch.contains(joined(left.words)) && batch.contains(joined(right.words))) ||
               (batch.contains(left.words.front()) && batch.contains(right.words.front()));
    });
}

} // namespace

std::optional<std::string>
reflectedType(const std::string& type, const Schema& live, const std::vector<std::string>& path)
{
    Spelling spelling = spelled(type);
    std::optional<std::string> compiled = builtIn(spelling);
    if (!compiled && typeNamed(live.enums, spelling.word, path) != nullptr)
        compiled = spelling.word;
    // A domain stands for the bare type under it, its modifier and time zone left behind.
    for (int depth = 0; !compiled && depth < 8; ++depth) {
        const Domain* domain = typeNamed(live.domains, spelling.word, path);
        if (domain == nullptr)
            return std::nullopt;
        spelling = spelled(domain->type.substr(0, domain->type.find('(')));
        if (spelling.word == "timestamp with time zone" || spelling.word == "time with time zone")
            spelling.word = spelling.word.substr(0, spelling.word.find(' '));
        compiled = builtIn(spelling);
        if (!compiled && typeNamed(live.enums, spelling.word, path) != nullptr)
            compiled = spelling.word;
    }
    if (compiled && spelling.isArray)
        *compiled += "[]";
    return compiled;
}

bool typesDiffer(const std::string& reflected, const std::string& declared)
{
    const TypeTokens left = tokensOf(reflected);
    const TypeTokens right = tokensOf(declared);
    if (left.words.empty() || right.words.empty())
        return left.words != right.words;
    if (left.words.front() != right.words.front() && !isSynonym(left, right))
        return true;
    const bool asManyWords = left.words.size() == right.words.size();
    if (asManyWords &&
        !std::equal(left.words.begin() + 1, left.words.end(), right.words.begin() + 1))
        return true;
    return left.arguments.size() == right.arguments.size() && left.arguments != right.arguments;
}

} // namespace sightglass
