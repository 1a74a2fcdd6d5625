// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/differential/operations/random_steps.h"

#include "tests/differential/operations/random_batch.h"
#include "tests/differential/operations/random_objects.h"
#include "tests/differential/operations/random_tables.h"

#include <array>
#include <numeric>

namespace sightglass::tests {

namespace {

bool isPlain(const RandomColumn& column)
{
    return !column.isKey && !column.fixed;
}

bool isComparable(const RandomColumn& column)
{
    return column.family == Family::Integer || column.family == Family::Number ||
           column.family == Family::Text;
}

bool isAny(const RandomColumn&)
{
    return true;
}

void forget(std::vector<std::string>& names, const std::string& name)
{
    std::erase(names, name);
}

std::string dropColumn(RandomWorld& world)
{
    RandomTable* table = world.anyTable();
    RandomColumn* column = table ? world.anyColumn(*table, isPlain) : nullptr;
    if (column == nullptr || table->columns.size() < 3)
        return {};
    const std::string name = column->name;
    // What named things used it is gone with it; which ones is not kept here.
    if (!column->fixedType && world.chance(50)) {
        std::erase_if(table->columns, [&](const RandomColumn& one) { return one.name == name; });
        table->indexes.clear();
        table->constraints.clear();
        table->foreignKeys.clear();
        if (world.chance(30))
            return "op.execute('ALTER TABLE " + sqlName(*table) + " DROP COLUMN " + sqlName(name) +
                   "')\n";
        return "op.drop_column(" + pythonText(world, table->name) + ", " + pythonText(world, name) +
               schemaArgument(*table) + ")\n";
    }
    return {};
}

std::string renameColumn(RandomWorld& world)
{
    RandomTable* table = world.anyTable();
    RandomColumn* column = table ? world.anyColumn(*table, isAny) : nullptr;
    if (column == nullptr)
        return {};
    const std::string old = column->name;
    column->name = world.newName("c");
    if (table->key == old)
        table->key = column->name;
    if (world.chance(30))
        return "op.execute('ALTER TABLE " + sqlName(*table) + " RENAME COLUMN " + sqlName(old) +
               " TO " + sqlName(column->name) + "')\n";
    return "op.alter_column(" + pythonText(world, table->name) + ", " + pythonText(world, old) +
           ", new_column_name=" + pythonText(world, column->name) + schemaArgument(*table) + ")\n";
}

std::string renameTable(RandomWorld& world)
{
    RandomTable* table = world.anyTable();
    if (table == nullptr)
        return {};
    const std::string old = table->name;
    const std::string oldSql = sqlName(*table);
    table->name = world.newName("t");
    if (world.chance(30))
        return "op.execute('ALTER TABLE " + oldSql + " RENAME TO " + sqlName(table->name) + "')\n";
    return "op.rename_table(" + pythonText(world, old) + ", " + pythonText(world, table->name) +
           schemaArgument(*table) + ")\n";
}

std::string dropTable(RandomWorld& world)
{
    RandomTable* table = world.anyTable();
    if (table == nullptr || table->referenced || world.tables.size() < 3)
        return {};
    const std::string text =
        world.chance(30)
            ? "op.execute('DROP TABLE IF EXISTS " + sqlName(*table) + "')\n"
            : "op.drop_table(" + pythonText(world, table->name) + schemaArgument(*table) + ")\n";
    std::erase_if(world.tables,
                  [&](const RandomTable& one) { return sqlName(one) == sqlName(*table); });
    return text;
}

std::string dropNamed(RandomWorld& world)
{
    RandomTable* table = world.anyTable();
    if (table == nullptr)
        return {};
    const std::string name = pythonText(world, table->name);
    if (!table->indexes.empty() && world.chance(50)) {
        const std::string index = world.oneOf(table->indexes);
        forget(table->indexes, index);
        return "op.drop_index(" + pythonText(world, index) + ", table_name=" + name +
               schemaArgument(*table) + ")\n";
    }
    if (!table->foreignKeys.empty() && world.chance(50)) {
        const std::string key = world.oneOf(table->foreignKeys);
        forget(table->foreignKeys, key);
        return "op.drop_constraint(" + pythonText(world, key) + ", " + name +
               schemaArgument(*table) + ", type_=\"foreignkey\")\n";
    }
    if (table->constraints.empty())
        return {};
    const std::string constraint = world.oneOf(table->constraints);
    forget(table->constraints, constraint);
    if (world.chance(30))
        return "op.execute('ALTER TABLE " + sqlName(*table) + " DROP CONSTRAINT IF EXISTS " +
               sqlName(constraint) + "')\n";
    return "op.drop_constraint(" + pythonText(world, constraint) + ", " + name +
           schemaArgument(*table) + ")\n";
}

std::string comment(RandomWorld& world)
{
    RandomTable* table = world.anyTable();
    if (table == nullptr)
        return {};
    const std::string name = pythonText(world, table->name);
    if (world.chance(50))
        return "op.create_table_comment(" + name + ", \"it's " + world.newName("words") + "\"" +
               schemaArgument(*table) + ")\n";
    if (world.chance(30))
        return "op.drop_table_comment(" + name + schemaArgument(*table) + ")\n";
    const RandomColumn& column = world.oneOf(table->columns);
    return "op.execute(\"\"\"COMMENT ON COLUMN " + sqlName(*table) + "." + sqlName(column.name) +
           " IS 'it''s one'\"\"\")\n";
}

std::string makeView(RandomWorld& world)
{
    RandomTable* table = world.anyTable();
    if (table == nullptr)
        return {};
    RandomColumn& column = table->columns[world.below(table->columns.size())];
    column.fixed = true;
    column.fixedType = true;
    table->referenced = true;
    world.hasViews = true;
    return "op.execute('CREATE VIEW " + sqlName(world.newName("v")) + " AS SELECT " +
           sqlName(column.name) + " FROM " + sqlName(*table) + "')\n";
}

std::string aboutEnum(RandomWorld& world)
{
    if (world.enums.empty() || world.branch != 0 || world.chance(40)) {
        const std::string name = world.newName("e");
        if (world.branch == 0)
            world.enums.push_back(name);
        if (world.chance(50))
            return "op.execute(\"\"\"CREATE TYPE " + sqlName(name) +
                   " AS ENUM ('one', 'two')\"\"\")\n";
        return "postgresql.ENUM(\"one\", \"two\", name=" + pythonText(world, name) +
               ").create(op.get_bind(), checkfirst=" + world.oneOf({"True", "False"}) + ")\n";
    }
    const std::string& name = world.oneOf(world.enums);
    return "op.execute(\"\"\"ALTER TYPE " + sqlName(name) + " ADD VALUE '" + world.newName("l") +
           "'" + world.oneOf({"", " BEFORE 'two'", " AFTER 'one'"}) + "\"\"\")\n";
}

std::string aboutSequence(RandomWorld& world)
{
    if (world.sequences.empty() || world.branch != 0 || world.chance(50)) {
        const std::string name = world.newName("s");
        if (world.branch == 0)
            world.sequences.push_back(name);
        if (world.chance(50))
            return "op.execute(sa.schema.CreateSequence(sa.Sequence(" + pythonText(world, name) +
                   ", start=5)))\n";
        return "op.execute('CREATE SEQUENCE " + sqlName(name) + " AS integer INCREMENT BY 3')\n";
    }
    const std::string name = world.oneOf(world.sequences);
    if (world.chance(50))
        return "op.execute('ALTER SEQUENCE " + sqlName(name) + " INCREMENT 7 CACHE 2')\n";
    forget(world.sequences, name);
    return "op.execute('DROP SEQUENCE " + sqlName(name) + "')\n";
}

std::string makeSchema(RandomWorld& world)
{
    if (world.branch != 0 || world.schemas.size() > 1)
        return {};
    world.schemas.push_back(world.newName("schema"));
    return "op.execute('CREATE SCHEMA " + sqlName(world.schemas.back()) + "')\n";
}

/// The same column for several tables, in a loop.
std::string loop(RandomWorld& world)
{
    std::vector<std::string> names;
    const RandomColumn column = world.newColumn();
    for (RandomTable& table : world.tables) {
        if (table.branch != world.branch || !table.schema.empty() || !world.chance(60))
            continue;
        names.push_back("\"" + table.name + "\"");
        table.columns.push_back(column);
        table.columns.back().nullable = true;
    }
    if (names.empty())
        return {};
    const std::string list = std::accumulate(
        std::next(names.begin()), names.end(), names.front(), [](auto text, auto& name) {
            return std::move(text) + ", " + name;
        });
    return "for name in [" + list + "]:\n    op.add_column(name, sa.Column(\"" + column.name +
           "\", " + column.python + world.defaultOf(column) + "))\n";
}

std::string data(RandomWorld& world)
{
    RandomTable* table = world.anyTable();
    RandomColumn* column = table ? world.anyColumn(*table, isComparable) : nullptr;
    if (column == nullptr)
        return {};
    return "op.execute('DELETE FROM " + sqlName(*table) + " WHERE " + sqlName(column->name) +
           " IS NULL')\n";
}

struct Step
{
    std::size_t weight;
    std::string (*make)(RandomWorld&);
};

constexpr std::array steps{
    Step{14, makeTable},    Step{16, addColumn},      Step{5, dropColumn},
    Step{6, renameColumn},  Step{4, renameTable},     Step{4, dropTable},
    Step{16, alterColumn},  Step{14, makeIndex},      Step{8, makeUnique},
    Step{8, makeCheck},     Step{10, makeForeignKey}, Step{8, dropNamed},
    Step{4, comment},       Step{2, makeView},        Step{5, aboutEnum},
    Step{4, aboutSequence}, Step{2, makeSchema},      Step{5, loop},
    Step{2, data},          Step{10, batchBlock},     Step{4, makeTrigger},
    Step{2, makePolicy},    Step{2, makeDomain},      Step{4, changeIndex},
    Step{2, renameEnum},    Step{2, moveTable},       Step{3, copyTable},
    Step{2, guardedBlock},
};

} // namespace

std::string randomStep(RandomWorld& world)
{
    constexpr std::size_t total = std::accumulate(
        steps.begin(), steps.end(), std::size_t{0}, [](std::size_t sum, const Step& step) {
            return sum + step.weight;
        });
    for (int attempt = 0; attempt < 20; ++attempt) {
        std::size_t choice = world.below(total);
        for (const Step& step : steps) {
            if (choice < step.weight) {
                if (std::string text = step.make(world); !text.empty())
                    return text;
                break;
            }
            choice -= step.weight;
        }
    }
    return makeTable(world);
}

} // namespace sightglass::tests
