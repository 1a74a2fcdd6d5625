// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/backup/table_moves.h"

#include "core/backup/server_door.h"
#include "core/backup/table_conflicts.h"
#include "core/base/error.h"

#include <algorithm>
#include <set>

namespace sightglass {

namespace {

constexpr const char* stageStem = "sightglass_restored_";

Result<QualifiedName> chosenTable(const Schema& held, const std::string& name)
{
    std::vector<QualifiedName> found;
    for (const auto& [each, table] : held.tables) {
        if (toText(each) == name)
            return each;
        if (each.name == name)
            found.push_back(each);
    }
    if (found.size() == 1)
        return found.front();
    return failure(
        found.empty() ? ErrorCode::NotFound : ErrorCode::Ambiguous,
        (found.empty() ? "The backup holds no table " : "The backup holds several tables ") +
            printable(name) + ".",
        found.empty() ? "sightglass-cli restore without --table brings back all of it."
                      : "Name it with its schema.");
}

void addPartitions(const Schema& held, std::set<QualifiedName>& chosen)
{
    for (bool isGrowing = true; isGrowing;) {
        isGrowing = false;
        for (const auto& [name, table] : held.tables) {
            const bool isNew = table->partitionOf && chosen.contains(*table->partitionOf) &&
                               !chosen.contains(name);
            if (isNew)
                isGrowing = chosen.insert(name).second || isGrowing;
        }
    }
}

/// Whether a column's type is `name`, or an array of it.
bool isOfType(const Column& column, const QualifiedName& name)
{
    std::string type = column.type;
    while (type.ends_with("[]"))
        type.resize(type.size() - 2);
    return type == toText(name) || type == toSql(name) || type == name.name ||
           type == quotedIdentifier(name.name);
}

bool usesSequence(const Column& column, const QualifiedName& name)
{
    const std::string& text = column.defaultExpression.value_or("");
    return text.starts_with("nextval(") &&
           (text.find("'" + toSql(name) + "'") != std::string::npos ||
            text.find("'" + name.name + "'") != std::string::npos);
}

template <typename Uses>
bool isUsed(const Schema& held, const std::set<QualifiedName>& chosen, const Uses& uses)
{
    return std::ranges::any_of(chosen, [&](const QualifiedName& name) {
        return std::ranges::any_of(held.table(name)->columns, uses);
    });
}

/// Gives every schema of what comes back a stage that the database does not have.
class Stages
{
public:
    explicit Stages(const Schema& live)
        : m_live(live)
    {}

    std::string of(const std::string& schema)
    {
        const auto [stage, isNew] = m_stages.try_emplace(schema);
        while (isNew && (stage->second.empty() || m_live.namespaces.contains(stage->second)))
            stage->second = stageStem + std::to_string(++m_number);
        return stage->second;
    }

    std::vector<std::string> all() const
    {
        std::vector<std::string> names;
        for (const auto& [schema, stage] : m_stages)
            names.push_back(stage);
        std::ranges::sort(names);
        return names;
    }

private:
    const Schema& m_live;
    std::map<std::string, std::string> m_stages;
    int m_number = 0;
};

std::vector<TableMove> movesOf(const Schema& held,
                               const Schema& live,
                               const std::set<QualifiedName>& chosen,
                               Stages& stages)
{
    std::vector<TableMove> moves;
    const auto add = [&](const char* kind, const QualifiedName& name) {
        moves.push_back({.kind = kind, .place = name, .stage = stages.of(name.schema)});
    };
    for (const auto& [name, type] : held.enums) {
        if (live.enums.find(name) == live.enums.end() &&
            isUsed(held, chosen, [&](const Column& each) { return isOfType(each, name); }))
            add("TYPE", name);
    }
    for (const auto& [name, domain] : held.domains) {
        if (live.domains.find(name) == live.domains.end() &&
            isUsed(held, chosen, [&](const Column& each) { return isOfType(each, name); }))
            add("DOMAIN", name);
    }
    for (const auto& [name, sequence] : held.sequences) {
        if (!sequence->ownerTable && live.sequences.find(name) == live.sequences.end() &&
            isUsed(held, chosen, [&](const Column& each) { return usesSequence(each, name); }))
            add("SEQUENCE", name);
    }
    for (const QualifiedName& name : chosen)
        add("TABLE", name);
    return moves;
}

PlannedStatement moved(const TableMove& move, const std::string& from, const std::string& to)
{
    return {.sql = "ALTER " + move.kind + " " + toSql({.schema = from, .name = move.place.name}) +
                   " SET SCHEMA " + quotedIdentifier(to),
            .rows = std::nullopt};
}

/// Which tables of some names there are.
PlannedCheck tablesCheck(std::string what, const std::vector<QualifiedName>& names, bool areThere)
{
    std::string list;
    std::vector<std::string> expected;
    for (const QualifiedName& name : names) {
        list += (list.empty() ? "(" : ", (") + sqlLiteral(name.schema) + ", " +
                sqlLiteral(name.name) + ")";
        expected.push_back(toText(name));
    }
    std::ranges::sort(expected);
    PlannedCheck check{.what = std::move(what),
                       .sql =
                           "SELECT n.nspname || '.' || c.relname FROM pg_catalog.pg_class c JOIN "
                           "pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE "
                           "(n.nspname, c.relname) IN (" +
                           list + ") ORDER BY (n.nspname || '.' || c.relname) COLLATE \"C\"",
                       .expected = {}};
    if (areThere) {
        for (const std::string& each : expected)
            check.expected.push_back({each});
    }
    return check;
}

std::vector<QualifiedName> staged(const TableSelection& selection)
{
    std::vector<QualifiedName> names;
    for (const TableMove& move : selection.moves) {
        if (move.kind == "TABLE")
            names.push_back({.schema = move.stage, .name = move.place.name});
    }
    return names;
}

} // namespace

std::vector<QualifiedName> TableSelection::tables() const
{
    std::vector<QualifiedName> names;
    for (const TableMove& move : moves) {
        if (move.kind == "TABLE")
            names.push_back(move.place);
    }
    return names;
}

Result<TableSelection>
selectTables(const Schema& held, const Schema& live, const std::vector<std::string>& names)
{
    std::set<QualifiedName> chosen;
    for (const std::string& name : names) {
        const auto table = chosenTable(held, name);
        if (!table)
            return failure(table.error());
        chosen.insert(*table);
    }
    addPartitions(held, chosen);
    Stages stages(live);
    TableSelection selection;
    selection.moves = movesOf(held, live, chosen, stages);
    selection.stages = stages.all();
    selection.conflicts = conflictsOf(held, live, selection);
    selection.notBrought = leftAway(held, live, selection);
    return selection;
}

std::vector<PlannedStatement> intoStages(const TableSelection& selection)
{
    std::vector<PlannedStatement> statements;
    for (const std::string& stage : selection.stages)
        statements.push_back(
            {.sql = "CREATE SCHEMA " + quotedIdentifier(stage), .rows = std::nullopt});
    for (const TableMove& move : selection.moves)
        statements.push_back(moved(move, move.place.schema, move.stage));
    return statements;
}

SqlWork outOfStages(const TableSelection& selection)
{
    SqlWork work{.locks = {},
                 .checks = {tablesCheck("the tables that wait", staged(selection), true),
                            tablesCheck("relations in their place", selection.tables(), false)},
                 .statements = {},
                 .after = {tablesCheck("the tables in their place", selection.tables(), true)}};
    for (const TableMove& move : selection.moves)
        work.statements.push_back(moved(move, move.stage, move.place.schema));
    for (const std::string& stage : selection.stages)
        work.statements.push_back(
            {.sql = "DROP SCHEMA " + quotedIdentifier(stage), .rows = std::nullopt});
    return work;
}

SqlWork backIntoStages(const TableSelection& selection)
{
    return {.locks = {},
            .checks = {tablesCheck("the tables in their place", selection.tables(), true)},
            .statements = intoStages(selection),
            .after = {tablesCheck("the tables that wait", staged(selection), true),
                      tablesCheck("relations in their place", selection.tables(), false)}};
}

} // namespace sightglass
