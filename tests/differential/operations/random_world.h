// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <random>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace sightglass::tests {

/// Kinds of columns that the chains use; a row of a table of spellings in random_world.cpp.
enum class Family
{
    Integer,
    Number,
    Text,
    Boolean,
    Date,
    Time,
    Json,
    Uuid,
    Bytes,
    Array,
    Enum
};

struct RandomColumn
{
    std::string name;
    Family family = Family::Integer;
    std::string python; ///< type in Python: "sa.String(20)"
    bool nullable = true;
    bool isKey = false;
    bool fixedType = false; ///< something depends on its type: a check, a foreign key, a view …
    bool fixed = false;     ///< something else stands on it: it can't be dropped
};

struct RandomTable
{
    std::string schema; ///< empty: public
    std::string name;
    std::vector<RandomColumn> columns;
    std::string key;                      ///< name of a single integer key column, or empty
    std::vector<std::string> constraints; ///< by name, that nothing stands on
    std::vector<std::string> foreignKeys; ///< by name
    std::vector<std::string> indexes;     ///< by name
    bool referenced = false;              ///< a foreign key or a view stands on it
    int branch = 0;
};

/// What exists while a chain is made, so that each next step is one that PostgreSQL takes.
class RandomWorld
{
public:
    explicit RandomWorld(std::uint64_t seed)
        : m_random(seed)
    {}

    std::vector<RandomTable> tables;
    std::vector<std::string> schemas;
    std::vector<std::string> enums;
    std::vector<std::string> sequences;
    bool hasViews = false; ///< whose text is not worked out
    int branch = 0;        ///< tables of other branches are left alone

    std::size_t below(std::size_t n) { return n == 0 ? 0 : m_random() % n; }

    bool chance(std::size_t percent) { return below(100) < percent; }

    template <typename T>
    const T& oneOf(const std::vector<T>& list)
    {
        return list[below(list.size())];
    }

    std::string oneOf(std::initializer_list<const char*> list)
    {
        return *(list.begin() + below(list.size()));
    }

    /// A table of the branch; null when there is none.
    RandomTable* anyTable();
    /// Tables of the branch whose single key others can refer to.
    RandomTable* anyKeyed(const std::string& butNot = {});
    RandomColumn* anyColumn(RandomTable& table, bool (*wanted)(const RandomColumn&));

    std::string newName(std::string_view kind); ///< "t7", "Kunden 8", "a9_long…"
    RandomColumn newColumn();
    /// A default for the column's type, as an argument: `, server_default="0"`; may be empty.
    std::string defaultOf(const RandomColumn& column);
    /// Another type that the column's values can be read as; empty: none.
    std::string widerType(const RandomColumn& column);

private:
    std::mt19937_64 m_random;
    int m_names = 0;
};

/// `"text"` in Python, sometimes put together in another way.
std::string pythonText(RandomWorld& world, const std::string& text);
/// A name in SQL, in quotes.
std::string sqlName(const std::string& name);
/// schema.name in SQL.
std::string sqlName(const RandomTable& table);

} // namespace sightglass::tests
