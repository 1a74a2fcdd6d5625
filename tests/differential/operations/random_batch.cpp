// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/differential/operations/random_batch.h"

#include "tests/differential/operations/random_tables.h"

namespace sightglass::tests {

namespace {

bool isPlainColumn(const RandomColumn& column)
{
    return !column.isKey && column.family != Family::Json && column.family != Family::Array;
}

std::string callOf(RandomWorld& world, RandomTable& table)
{
    RandomColumn* column = world.anyColumn(table, isPlainColumn);
    if (column == nullptr || world.chance(30)) {
        RandomColumn made = world.newColumn();
        table.columns.push_back(made);
        return "add_column(sa.Column(" + pythonText(world, made.name) + ", " + made.python +
               (made.nullable ? "" : ", nullable=False") +
               (world.chance(40) ? world.defaultOf(made) : "") + "))";
    }
    const std::string name = pythonText(world, column->name);
    switch (world.below(5)) {
    case 0:
        table.indexes.push_back(world.newName("ix"));
        return "create_index(batch_op.f(\"" + table.indexes.back() + "\"), [" + name +
               "], unique=" + world.oneOf({"True", "False"}) + ")";
    case 1:
        table.constraints.push_back(world.newName("uq"));
        return "create_unique_constraint(" + pythonText(world, table.constraints.back()) + ", [" +
               name + "])";
    case 2: {
        table.constraints.push_back(world.newName("ck"));
        const std::string constraint = pythonText(world, table.constraints.back());
        return "create_check_constraint(" + constraint + ", \"\"\"" + conditionOn(world, *column) +
               " \"\"\")";
    }
    case 3:
        column->nullable = !column->nullable;
        return "alter_column(" + name + ", nullable=" + (column->nullable ? "True" : "False") +
               world.oneOf({"", ", server_default=None"}) + ")";
    default: {
        const std::string old = name;
        column->name = world.newName("c");
        return "alter_column(" + old + ", new_column_name=" + pythonText(world, column->name) + ")";
    }
    }
}

} // namespace

std::string batchBlock(RandomWorld& world)
{
    RandomTable* table = world.anyTable();
    if (table == nullptr)
        return {};
    std::string text =
        "with op.batch_alter_table(" + pythonText(world, table->name) +
        (table->schema.empty() ? world.oneOf({"", ", schema=None"}) : schemaArgument(*table)) +
        ") as batch_op:\n";
    const std::size_t count = 1 + world.below(4);
    for (std::size_t i = 0; i < count; ++i)
        text += "    batch_op." + callOf(world, *table) + "\n";
    return text;
}

} // namespace sightglass::tests
