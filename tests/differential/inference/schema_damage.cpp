// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/differential/inference/schema_damage.h"

#include <algorithm>
#include <functional>
#include <random>
#include <vector>

namespace sightglass::tests {

namespace {

using Blow = std::function<void(Schema&)>;

template <typename T>
void eraseNamed(std::vector<T>& items, const std::string& name)
{
    std::erase_if(items, [&](const T& each) { return each.name == name; });
}

/// Changes a table that may have gone by an earlier blow.
void change(Schema& schema, const QualifiedName& name, const std::function<void(Table&)>& how)
{
    const auto found = schema.tables.find(name);
    if (found == schema.tables.end())
        return;
    auto table = std::make_shared<Table>(*found->second);
    how(*table);
    schema.tables[name] = std::move(table);
}

void addBlows(const Table& table, std::vector<Blow>& blows)
{
    const QualifiedName name = table.name;
    blows.push_back([name](Schema& schema) { schema.tables.erase(name); });
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
        const std::string column = table.columns[i].name;
        const bool dropped = i % 2 == 0;
        blows.push_back([name, column, dropped](Schema& schema) {
            change(schema, name, [&](Table& each) {
                if (dropped)
                    return eraseNamed(each.columns, column);
                for (Column& one : each.columns) {
                    if (one.name == column)
                        one.nullable = !one.nullable;
                }
            });
        });
    }
    const auto lose = [&](const auto& items, auto member) {
        for (const auto& item : items) {
            blows.push_back([name, part = item.name, member](Schema& schema) {
                change(schema, name, [&](Table& each) { eraseNamed(each.*member, part); });
            });
        }
    };
    lose(table.indexes, &Table::indexes);
    lose(table.foreignKeys, &Table::foreignKeys);
    lose(table.uniques, &Table::uniques);
    lose(table.checks, &Table::checks);
}

} // namespace

Schema damaged(Schema schema, unsigned percent, std::uint32_t seed)
{
    std::vector<Blow> blows;
    for (const auto& [name, table] : schema.tables) {
        if (name.name != "alembic_version")
            addBlows(*table, blows);
    }
    std::mt19937 random(seed);
    std::shuffle(blows.begin(), blows.end(), random);
    constexpr std::size_t hundred = 100;
    const std::size_t count =
        std::min(blows.size(), std::max<std::size_t>(1, blows.size() * percent / hundred));
    for (std::size_t i = 0; i < count; ++i)
        blows[i](schema);
    return schema;
}

} // namespace sightglass::tests
