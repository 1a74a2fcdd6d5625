// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/differential/operations/random_world.h"

#include <array>

namespace sightglass::tests {

namespace {

struct Spelling
{
    Family family;
    const char* python;
    const char* wider;    ///< "" when there is none
    const char* defaults; ///< arguments, separated by '|'; "" when there are none
};

constexpr std::array spellings{
    Spelling{Family::Integer, "sa.Integer()", "sa.BigInteger()", "\"0\"|sa.text(\"1\")|\"-5\""},
    Spelling{Family::Integer, "sa.SmallInteger()", "sa.Integer()", "\"3\"|sa.text(\"1 + 2\")"},
    Spelling{Family::Integer,
             "sa.BigInteger()",
             "sa.Numeric(20, 0)",
             "\"12345678901\"|sa.text(\"'7'\")"},
    Spelling{Family::Number, "sa.Numeric(10, 2)", "sa.Numeric(14, 4)", "\"1.5\"|sa.text(\"0\")"},
    Spelling{Family::Number, "sa.Float()", "sa.Numeric()", "\"0.5\"|sa.text(\"-1\")"},
    Spelling{Family::Text, "sa.String(20)", "sa.String(80)", "\"x\"|sa.text(\"'it''s'\")|\"\""},
    Spelling{Family::Text, "sa.String(255)", "sa.Text()", "\"new\"|sa.text(\"lower('A')\")"},
    Spelling{Family::Text, "sa.Text()", "sa.String(99)", "\"it's\"|sa.func.md5(\"a\")"},
    Spelling{Family::Text, "sa.String()", "sa.Text()", "\"a b\"|sa.text(\"'x'::text\")"},
    Spelling{Family::Text, "sa.CHAR(4)", "sa.String(9)", "\"ab\""},
    Spelling{Family::Boolean, "sa.Boolean()", "", "sa.true()|\"false\"|sa.text(\"false\")|\"1\""},
    Spelling{Family::Date, "sa.Date()", "sa.DateTime()", "\"2020-02-29\"|sa.func.current_date()"},
    Spelling{Family::Time,
             "sa.DateTime()",
             "sa.DateTime(timezone=True)",
             "sa.func.now()|sa.text(\"CURRENT_TIMESTAMP\")|sa.text(\"timezone('utc', now())\")"},
    Spelling{Family::Time,
             "sa.DateTime(timezone=True)",
             "",
             "sa.func.now()|sa.text(\"now() + interval '1 day'\")"},
    Spelling{Family::Json,
             "postgresql.JSONB(astext_type=sa.Text())",
             "",
             "\"{}\"|sa.text(\"'[]'::jsonb\")"},
    Spelling{Family::Json, "sa.JSON()", "", "\"{}\""},
    Spelling{Family::Uuid, "postgresql.UUID(as_uuid=True)", "", "sa.text(\"gen_random_uuid()\")"},
    Spelling{Family::Bytes, "sa.LargeBinary()", "", "\"abc\""},
    Spelling{Family::Array,
             "postgresql.ARRAY(sa.Integer())",
             "postgresql.ARRAY(sa.BigInteger())",
             "\"{}\"|sa.text(\"ARRAY[1, 2]\")"},
    Spelling{Family::Array,
             "postgresql.ARRAY(sa.String(9))",
             "postgresql.ARRAY(sa.Text())",
             "\"{a,b}\"|sa.text(\"'{}'::character varying[]\")"},
};

std::vector<std::string> split(std::string_view text, char separator)
{
    std::vector<std::string> parts;
    while (!text.empty()) {
        const auto end = std::min(text.find(separator), text.size());
        parts.emplace_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return parts;
}

const Spelling* spellingOf(const std::string& python)
{
    const auto found = std::find_if(spellings.begin(), spellings.end(), [&](const Spelling& one) {
        return python == one.python;
    });
    return found == spellings.end() ? nullptr : &*found;
}

} // namespace

RandomTable* RandomWorld::anyTable()
{
    std::vector<RandomTable*> mine;
    for (RandomTable& table : tables) {
        if (table.branch == branch)
            mine.push_back(&table);
    }
    return mine.empty() ? nullptr : oneOf(mine);
}

RandomTable* RandomWorld::anyKeyed(const std::string& butNot)
{
    std::vector<RandomTable*> mine;
    for (RandomTable& table : tables) {
        if (table.branch == branch && !table.key.empty() && table.name != butNot)
            mine.push_back(&table);
    }
    return mine.empty() ? nullptr : oneOf(mine);
}

RandomColumn* RandomWorld::anyColumn(RandomTable& table, bool (*wanted)(const RandomColumn&))
{
    std::vector<RandomColumn*> found;
    for (RandomColumn& column : table.columns) {
        if (wanted(column))
            found.push_back(&column);
    }
    return found.empty() ? nullptr : oneOf(found);
}

std::string RandomWorld::newName(std::string_view kind)
{
    // The number stands in front, so that names stay different where PostgreSQL cuts them.
    const std::string number = std::string(kind) + std::to_string(++m_names);
    switch (below(12)) {
    case 0:
        return number + "_with_a_name_that_is_rather_long";
    case 1:
        return "Mixed" + number;
    case 2:
        return number + " spaced";
    case 3:
        return number + "_grün";
    default:
        return number + oneOf({"", "_id", "_name", "_state", "s"});
    }
}

RandomColumn RandomWorld::newColumn()
{
    RandomColumn column;
    column.name = newName("c");
    const Spelling& spelling = spellings[below(spellings.size())];
    column.family = spelling.family;
    column.python = spelling.python;
    column.nullable = chance(65);
    return column;
}

std::string RandomWorld::defaultOf(const RandomColumn& column)
{
    const Spelling* spelling = spellingOf(column.python);
    if (spelling == nullptr || spelling->defaults[0] == '\0')
        return {};
    return ", server_default=" + oneOf(split(spelling->defaults, '|'));
}

std::string RandomWorld::widerType(const RandomColumn& column)
{
    const Spelling* spelling = spellingOf(column.python);
    return spelling == nullptr ? std::string() : spelling->wider;
}

std::string pythonText(RandomWorld& world, const std::string& text)
{
    // Cut between ASCII characters only.
    const std::size_t half = text.size() / 2;
    const bool plain = std::all_of(
        text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 128; });
    if (!plain || text.size() < 2 || text.find('"') != std::string::npos || !world.chance(25))
        return "\"" + text + "\"";
    const std::string left = text.substr(0, half);
    const std::string right = text.substr(half);
    switch (world.below(6)) {
    case 0:
        return "f\"" + left + "{'" + right + "'}\"";
    case 1:
        return "\"" + left + "%s\" % \"" + right + "\"";
    case 2:
        return "\"" + left + "\" + \"" + right + "\"";
    case 3:
        return "\"{}{}\".format(\"" + left + "\", \"" + right + "\")";
    case 4:
        return "\"\".join([\"" + left + "\", \"" + right + "\"])";
    default:
        return "\"" + left + "\" \"" + right + "\"";
    }
}

std::string sqlName(const std::string& name)
{
    return "\"" + name + "\"";
}

std::string sqlName(const RandomTable& table)
{
    return (table.schema.empty() ? "" : sqlName(table.schema) + ".") + sqlName(table.name);
}

} // namespace sightglass::tests
