// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/differential/operations/random_tables.h"

#include "tests/differential/operations/random_steps.h"

#include <cctype>

namespace sightglass::tests {

namespace {

bool isFree(const RandomColumn& column)
{
    return !column.isKey && !column.fixedType && !column.fixed;
}

bool isNoKey(const RandomColumn& column)
{
    return !column.isKey;
}

bool isIndexable(const RandomColumn& column)
{
    return column.family != Family::Json && column.family != Family::Array;
}

bool isInteger(const RandomColumn& column)
{
    return column.python == "sa.Integer()" && !column.isKey && !column.fixed;
}

bool isText(const RandomColumn& column)
{
    return column.family == Family::Text;
}

/// Names that a directive gives by itself must not be taken in the schema already.
bool fits(const RandomTable& table, const std::string& column)
{
    return table.name.size() + column.size() < 50;
}

std::string columnText(RandomWorld& world, RandomTable& table, RandomColumn& column)
{
    std::string text = "sa.Column(" + pythonText(world, column.name) + ", " + column.python;
    RandomTable* target =
        column.python == "sa.Integer()" && table.branch == world.branch && world.chance(35)
            ? world.anyKeyed(table.name)
            : nullptr;
    if (target != nullptr) {
        // A foreign key's target stands in one string, whose dots part it.
        text += ", sa.ForeignKey(\"" + (target->schema.empty() ? "" : target->schema + ".") +
                target->name + "." + target->key + "\"" +
                world.oneOf({"", ", ondelete=\"CASCADE\"", ", onupdate=\"SET NULL\""}) + ")";
        target->referenced = true;
        column.fixedType = true;
    } else if (world.chance(35)) {
        text += world.defaultOf(column);
    }
    if (!column.nullable)
        text += ", nullable=False";
    if (isIndexable(column) && fits(table, column.name)) {
        if (world.chance(12))
            text += ", unique=True";
        if (world.chance(12))
            text += ", index=True";
    }
    if (world.chance(8))
        text += ", comment=\"it's " + column.name + "\"";
    return text + ")";
}

/// The key's column and constraint as items of create_table.
std::string keyItems(RandomWorld& world, RandomTable& table)
{
    RandomColumn key{.name = world.newName("id"),
                     .family = Family::Integer,
                     .python = world.oneOf({"sa.Integer()", "sa.Integer()", "sa.BigInteger()"}),
                     .nullable = false,
                     .isKey = true,
                     .fixedType = true,
                     .fixed = true};
    table.key = key.python == "sa.Integer()" ? key.name : "";
    table.columns.push_back(key);
    const std::string start = "    sa.Column(" + pythonText(world, key.name) + ", " + key.python;
    const std::string quoted = "\"" + key.name + "\"";
    switch (world.below(5)) {
    case 0:
        return start + ", nullable=False),\n    sa.PrimaryKeyConstraint(" + quoted + "),\n";
    case 1:
        return start + ", nullable=False),\n    sa.PrimaryKeyConstraint(" + quoted + ", name=\"" +
               world.newName("pk") + "\"),\n";
    case 2:
        return start + ", sa.Identity(always=" + world.oneOf({"True", "False"}) +
               ", start=10), primary_key=True),\n";
    case 3:
        return start + ", primary_key=True, autoincrement=False),\n";
    default:
        return start + ", primary_key=True),\n";
    }
}

} // namespace

std::string schemaArgument(const RandomTable& table)
{
    return table.schema.empty() ? std::string() : ", schema=\"" + table.schema + "\"";
}

std::string conditionOn(RandomWorld& world, RandomColumn& column)
{
    const std::string name = sqlName(column.name);
    column.fixedType = column.family != Family::Text;
    switch (column.family) {
    case Family::Integer:
        return name + world.oneOf({" > 0", " <> -5", " IN (1, 2, 3)", " BETWEEN 1 AND 9"});
    case Family::Number:
        return name + world.oneOf({" >= 0", " < 1.5", " IS NOT NULL"});
    case Family::Text:
        return column.python == "sa.CHAR(4)"
                   ? name + " <> 'x'"
                   : name + world.oneOf({" <> ''", " IN ('a', 'b')", " = 'x'", " LIKE 'a%'"});
    case Family::Boolean:
        return world.oneOf({"NOT ", ""}) + name;
    case Family::Date:
        return name + " > '2001-01-01'";
    default:
        return name + " IS NOT NULL";
    }
}

std::string makeTable(RandomWorld& world)
{
    RandomTable table;
    table.branch = world.branch;
    table.name = world.newName("t");
    if (!world.schemas.empty() && world.chance(25))
        table.schema = world.oneOf(world.schemas);
    std::string text = "op.create_table(\n    " + pythonText(world, table.name) + ",\n";
    if (world.chance(85))
        text += keyItems(world, table);
    const std::size_t count = 1 + world.below(5);
    for (std::size_t i = 0; i < count; ++i) {
        RandomColumn column = world.newColumn();
        if (!world.enums.empty() && world.branch == 0 && world.chance(10)) {
            column.family = Family::Enum;
            column.python =
                "postgresql.ENUM(name=\"" + world.oneOf(world.enums) + "\", create_type=False)";
        }
        text += "    " + columnText(world, table, column) + ",\n";
        table.columns.push_back(column);
    }
    if (world.chance(25)) {
        const std::string type = world.newName("e");
        const std::string name = world.newName("c");
        text += "    sa.Column(\"" + name + "\", sa.Enum(\"a\", \"b c\", name=\"" + type +
                "\"), server_default=\"a\"),\n";
        table.columns.push_back(
            {.name = name, .family = Family::Enum, .python = "", .fixedType = true});
    }
    if (RandomColumn* column = world.anyColumn(table, isNoKey); column && world.chance(35)) {
        const std::string name = world.newName("ck");
        text += "    sa.CheckConstraint(\"\"\"" + conditionOn(world, *column) + " \"\"\"";
        if (world.chance(60)) {
            text += ", name=" + pythonText(world, name);
            table.constraints.push_back(name);
        }
        text += "),\n";
    }
    if (RandomColumn* column = world.anyColumn(table, isIndexable); column && world.chance(30)) {
        text += "    sa.UniqueConstraint(\"" + column->name + "\"";
        if (world.chance(50)) {
            const std::string name = world.newName("uq");
            text += ", name=" + pythonText(world, name);
            // PostgreSQL takes a UNIQUE beside the key on the same column for the key itself.
            if (!column->isKey)
                table.constraints.push_back(name);
        }
        text += "),\n";
    }
    if (!table.schema.empty())
        text += "    schema=\"" + table.schema + "\",\n";
    if (world.chance(10))
        text += "    comment=\"about " + table.name + "\",\n";
    world.tables.push_back(std::move(table));
    return text + ")\n";
}

std::string addColumn(RandomWorld& world)
{
    RandomTable* table = world.anyTable();
    if (table == nullptr)
        return {};
    RandomColumn column = world.newColumn();
    std::string text;
    if (world.chance(25)) {
        text = "op.execute('ALTER TABLE " + sqlName(*table) + " ADD COLUMN " +
               world.oneOf({"", "IF NOT EXISTS "}) + sqlName(column.name) +
               " varchar(20) DEFAULT NULL')\n";
        column = {.name = column.name, .family = Family::Text, .python = "sa.String(20)"};
    } else {
        text = "op.add_column(" + pythonText(world, table->name) + ", " +
               columnText(world, *table, column) + schemaArgument(*table) + ")\n";
    }
    table->columns.push_back(column);
    return text;
}

std::string alterColumn(RandomWorld& world)
{
    RandomTable* table = world.anyTable();
    RandomColumn* column = table ? world.anyColumn(*table, isNoKey) : nullptr;
    if (column == nullptr)
        return {};
    std::string arguments;
    if (const std::string wider = world.widerType(*column);
        isFree(*column) && !wider.empty() && world.chance(50)) {
        arguments += ", type_=" + wider + ", existing_type=" + column->python;
        column->python = wider;
    }
    if (world.chance(40)) {
        column->nullable = !column->nullable;
        arguments += std::string(", nullable=") + (column->nullable ? "True" : "False");
    }
    if (world.chance(35))
        arguments += world.chance(50) ? ", server_default=None" : world.defaultOf(*column);
    if (world.chance(15))
        arguments += ", comment=" + world.oneOf({"None", "\"why\"", "\"it's\""});
    if (world.chance(10)) {
        const std::string old = column->name;
        column->name = world.newName("c");
        return "op.alter_column(" + pythonText(world, table->name) + ", \"" + old +
               "\", new_column_name=\"" + column->name + "\"" + arguments + schemaArgument(*table) +
               ")\n";
    }
    if (arguments.empty())
        return {};
    return "op.alter_column(" + pythonText(world, table->name) + ", " +
           pythonText(world, column->name) + arguments + schemaArgument(*table) + ")\n";
}

std::string makeIndex(RandomWorld& world)
{
    RandomTable* table = world.anyTable();
    RandomColumn* column = table ? world.anyColumn(*table, isIndexable) : nullptr;
    if (column == nullptr)
        return {};
    if (world.chance(10))
        return "op.execute('CREATE INDEX ON " + sqlName(*table) + " (" + sqlName(column->name) +
               ")')\n";
    const std::string name = world.newName("ix");
    const std::string head =
        "op.create_index(" + pythonText(world, name) + ", " + pythonText(world, table->name) + ", ";
    table->indexes.push_back(name);
    std::string columns = "[" + pythonText(world, column->name) + "]";
    std::string options = world.chance(25) ? ", unique=True" : "";
    if (RandomColumn* text = world.anyColumn(*table, isText); text && world.chance(20)) {
        columns = "[sa.text('lower(" + sqlName(text->name) + ")')]";
        text->fixedType = true;
    } else if (world.chance(15)) {
        columns = "[sa.text('" + sqlName(column->name) + " DESC NULLS LAST')]";
    } else if (RandomColumn* other = world.anyColumn(*table, isIndexable);
               other != column && world.chance(40)) {
        columns = "[\"" + column->name + "\", \"" + other->name + "\"]";
    }
    if (RandomColumn* other = world.anyColumn(*table, isNoKey); other && world.chance(30))
        options += ", postgresql_where=sa.text(\"\"\"" + conditionOn(world, *other) + " \"\"\")";
    return head + columns + options + schemaArgument(*table) + ")\n";
}

std::string makeUnique(RandomWorld& world)
{
    RandomTable* table = world.anyTable();
    RandomColumn* column = table ? world.anyColumn(*table, isIndexable) : nullptr;
    if (column == nullptr)
        return {};
    std::string name = "None";
    if (world.chance(65)) {
        table->constraints.push_back(world.newName("uq"));
        name = pythonText(world, table->constraints.back());
    }
    std::string columns = "\"" + column->name + "\"";
    if (RandomColumn* other = world.anyColumn(*table, isIndexable);
        other != column && world.chance(40))
        columns += ", \"" + other->name + "\"";
    return "op.create_unique_constraint(" + name + ", " + pythonText(world, table->name) + ", [" +
           columns + "]" + schemaArgument(*table) +
           world.oneOf({"", "", ", deferrable=True", ", initially=\"DEFERRED\", deferrable=True"}) +
           ")\n";
}

std::string makeCheck(RandomWorld& world)
{
    RandomTable* table = world.anyTable();
    RandomColumn* column = table ? world.anyColumn(*table, isNoKey) : nullptr;
    if (column == nullptr)
        return {};
    std::string condition = conditionOn(world, *column);
    if (RandomColumn* other = world.anyColumn(*table, isNoKey); other && world.chance(30))
        condition += world.oneOf({" OR ", " AND "}) + conditionOn(world, *other);
    std::string name = "None";
    if (world.chance(70)) {
        table->constraints.push_back(world.newName("ck"));
        name = table->constraints.back();
        if (world.chance(30))
            return "op.execute(\"\"\"ALTER TABLE " + sqlName(*table) + " ADD CONSTRAINT " +
                   sqlName(name) + " CHECK (" + condition + ")\"\"\")\n";
        name = pythonText(world, name);
    }
    return "op.create_check_constraint(" + name + ", " + pythonText(world, table->name) +
           ", \"\"\"" + condition + " \"\"\"" + schemaArgument(*table) + ")\n";
}

std::string makeForeignKey(RandomWorld& world)
{
    RandomTable* table = world.anyTable();
    RandomColumn* column = table ? world.anyColumn(*table, isInteger) : nullptr;
    RandomTable* target = column ? world.anyKeyed() : nullptr;
    if (target == nullptr)
        return {};
    column->fixedType = true;
    target->referenced = true;
    std::string name = "None";
    if (world.chance(60)) {
        table->foreignKeys.push_back(world.newName("fk"));
        name = pythonText(world, table->foreignKeys.back());
    }
    std::string options;
    if (!table->schema.empty())
        options += ", source_schema=\"" + table->schema + "\"";
    if (!target->schema.empty())
        options += ", referent_schema=\"" + target->schema + "\"";
    return "op.create_foreign_key(" + name + ", " + pythonText(world, table->name) + ", " +
           pythonText(world, target->name) + ", [\"" + column->name + "\"], [\"" + target->key +
           "\"]" + options +
           world.oneOf(
               {"", ", ondelete=\"CASCADE\"", ", onupdate=\"RESTRICT\"", ", deferrable=True"}) +
           ")\n";
}

} // namespace sightglass::tests
