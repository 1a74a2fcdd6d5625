// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/differential/operations/random_objects.h"

namespace sightglass::tests {

namespace {

std::string execute(const std::string& sql)
{
    // A quoted name at the end must not touch the quotes of the literal.
    return "op.execute(\"\"\"" + sql + " \"\"\")\n";
}

bool isPlain(const RandomColumn& column)
{
    return !column.isKey && !column.fixed && column.family != Family::Json;
}

/// A column that may not go and whose type may not change from here on.
RandomColumn* columnToStandOn(RandomWorld& world, RandomTable* table)
{
    RandomColumn* column = table ? world.anyColumn(*table, isPlain) : nullptr;
    if (column != nullptr) {
        column->fixed = true;
        column->fixedType = true;
    }
    return column;
}

} // namespace

std::string makeTrigger(RandomWorld& world)
{
    RandomTable* table = world.anyTable();
    RandomColumn* column = columnToStandOn(world, table);
    if (column == nullptr)
        return {};
    const std::string function = sqlName(world.newName("f"));
    const std::string name = sqlName(column->name);
    std::string text = execute("CREATE FUNCTION " + function +
                               "() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'");
    const std::string when = world.oneOf({"",
                                          "WHEN (NEW.%1 IS NOT NULL)",
                                          "WHEN (old.%1 IS DISTINCT FROM new.%1)",
                                          "WHEN (OLD.* IS DISTINCT FROM NEW.*)"});
    std::string condition = when;
    for (std::size_t at = condition.find("%1"); at != std::string::npos;
         at = condition.find("%1", at))
        condition.replace(at, 2, name);
    text += execute(
        "CREATE TRIGGER " + sqlName(world.newName("g")) + " " + world.oneOf({"BEFORE", "AFTER"}) +
        " UPDATE" + (world.chance(50) ? " OF " + name : std::string()) + " ON " + sqlName(*table) +
        " FOR EACH ROW " + condition + " EXECUTE " + world.oneOf({"PROCEDURE ", "FUNCTION "}) +
        function + "(" + world.oneOf({"", "'a''b'", "1, 'x'"}) + ")");
    if (world.chance(30))
        text +=
            execute("ALTER FUNCTION " + function + "() RENAME TO " + sqlName(world.newName("f")));
    return text;
}

std::string makePolicy(RandomWorld& world)
{
    RandomTable* table = world.anyTable();
    RandomColumn* column = columnToStandOn(world, table);
    if (column == nullptr)
        return {};
    const std::string policy = sqlName(world.newName("p"));
    std::string text = execute("CREATE POLICY " + policy + " ON " + sqlName(*table) + " USING (" +
                               sqlName(column->name) + " IS NOT NULL)");
    if (world.chance(40))
        text += execute("ALTER POLICY " + policy + " ON " + sqlName(*table) + " RENAME TO " +
                        sqlName(world.newName("p")));
    return text;
}

std::string makeDomain(RandomWorld& world)
{
    const std::string name = sqlName(world.newName("d"));
    std::string text = execute("CREATE DOMAIN " + name + " AS " +
                               world.oneOf({"integer CHECK (VALUE > 0)",
                                            "bigint DEFAULT 3 NOT NULL",
                                            "numeric(8, 2) CHECK (VALUE IN (1, 2.5))"}));
    if (world.chance(60))
        text += execute("ALTER DOMAIN " + name + " " +
                        world.oneOf({"SET DEFAULT 5",
                                     "DROP DEFAULT",
                                     "SET NOT NULL",
                                     "DROP NOT NULL",
                                     "ADD CHECK (VALUE <> 7)",
                                     "ADD CONSTRAINT small CHECK (VALUE < 100) NOT VALID"}));
    return text;
}

std::string changeIndex(RandomWorld& world)
{
    RandomTable* table = world.anyTable();
    if (table == nullptr || table->indexes.empty())
        return {};
    std::string& index = table->indexes[world.below(table->indexes.size())];
    const std::string schema = table->schema.empty() ? "" : sqlName(table->schema) + ".";
    if (world.chance(50))
        return execute(
            "ALTER INDEX IF EXISTS " + schema + sqlName(index) +
            world.oneOf(
                {" SET (fillfactor = 80)", " RESET (fillfactor)", " SET (fillfactor = 71)"}));
    const std::string old = index;
    index = world.newName("i");
    return execute("ALTER INDEX " + schema + sqlName(old) + " RENAME TO " + sqlName(index));
}

std::string renameEnum(RandomWorld& world)
{
    if (world.enums.empty() || world.branch != 0)
        return {};
    std::string& name = world.enums[world.below(world.enums.size())];
    const std::string old = name;
    name = world.newName("e");
    return execute("ALTER TYPE " + sqlName(old) + " RENAME TO " + sqlName(name));
}

std::string moveTable(RandomWorld& world)
{
    RandomTable* table = world.anyTable();
    if (table == nullptr || !table->schema.empty() || world.schemas.empty() || world.branch != 0)
        return {};
    const std::string old = sqlName(*table);
    table->schema = world.oneOf(world.schemas);
    return execute("ALTER TABLE " + old + " SET SCHEMA " + sqlName(table->schema));
}

std::string copyTable(RandomWorld& world)
{
    RandomTable* table = world.anyTable();
    if (table == nullptr)
        return {};
    RandomTable copy;
    copy.name = world.newName("t");
    copy.branch = world.branch;
    std::string list;
    for (const RandomColumn& column : table->columns) {
        RandomColumn taken = column;
        taken.isKey = false;
        taken.fixed = false;
        taken.fixedType = false;
        taken.nullable = true;
        const bool computed = column.family == Family::Integer && world.chance(40);
        if (computed)
            taken.name = world.newName("c");
        list += (list.empty() ? "" : ", ") + sqlName(column.name) +
                (computed ? " + 1 AS " + sqlName(taken.name) : "");
        // What is computed has a type of its own: it is left alone.
        taken.fixedType = computed;
        copy.columns.push_back(std::move(taken));
    }
    const std::string text = "CREATE TABLE " + sqlName(copy.name) + " AS SELECT " + list +
                             " FROM " + sqlName(*table) + world.oneOf({"", " WITH NO DATA"});
    world.tables.push_back(std::move(copy));
    return execute(text);
}

std::string guardedBlock(RandomWorld& world)
{
    RandomTable* table = world.anyTable();
    if (table == nullptr)
        return {};
    const std::string name = sqlName(*table);
    const std::string lost = sqlName(world.newName("c"));
    const std::string there = sqlName(table->columns.front().name);
    return execute("DO $$ BEGIN ALTER TABLE " + name + " ADD COLUMN " + lost +
                   " int; ALTER TABLE " + name + " ADD COLUMN " + there +
                   " int; EXCEPTION WHEN duplicate_column THEN NULL; END $$");
}

} // namespace sightglass::tests
