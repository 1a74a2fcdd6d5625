// SPDX-License-Identifier: GPL-3.0-or-later
// Tables that come, go or change.
#include "core/rebuild/script_maker.h"
#include "core/rebuild/type_expression.h"

#include <algorithm>
#include <optional>

namespace sightglass {

namespace {

bool isSameConstraint(const TableConstraint& left, const TableConstraint& right)
{
    return left.name == right.name && left.definition == right.definition;
}

template <typename T, typename Same>
bool holds(const std::vector<T>& items, const T& item, Same same)
{
    return std::ranges::any_of(items, [&](const T& each) { return same(each, item); });
}

/// Their definitions may be spelled by a server or by replay.
bool isSameIndex(const Index& left, const Index& right)
{
    return left.name == right.name && left.unique == right.unique && left.method == right.method &&
           left.columns == right.columns && left.include == right.include &&
           left.predicate == right.predicate && left.nullsNotDistinct == right.nullsNotDistinct;
}

/// What a partition has from its parent comes with it.
bool comesFromParent(const Table& table, const Schema& schema, const Index& index)
{
    const Table* parent = table.partitionOf ? schema.table(*table.partitionOf) : nullptr;
    return parent != nullptr && std::ranges::any_of(parent->indexes, [&](const Index& each) {
               return each.columns == index.columns && each.predicate == index.predicate &&
                      each.unique == index.unique;
           });
}

/// Tables of `schema` that `other` has not, each after those that its foreign keys name.
std::vector<const Table*> tablesAlone(const Schema& schema, const Schema& other)
{
    std::vector<const Table*> left;
    for (const auto& [name, table] : schema.tables) {
        if (other.table(name) == nullptr && table->extension.empty())
            left.push_back(table.get());
    }
    std::vector<const Table*> ordered;
    const auto waitsFor = [](const Table& table, const Table& earlier, bool keysToo) {
        if (table.partitionOf == earlier.name ||
            std::ranges::count(table.inherits, earlier.name) > 0)
            return true;
        return keysToo && std::ranges::any_of(table.foreignKeys, [&](const ForeignKey& key) {
                   return key.target == earlier.name;
               });
    };
    while (!left.empty()) {
        const auto isFree = [&](bool keysToo) {
            return std::ranges::find_if(left, [&](const Table* table) {
                return std::ranges::none_of(left, [&](const Table* each) {
                    return each != table && waitsFor(*table, *each, keysToo);
                });
            });
        };
        auto next = isFree(true);
        if (next == left.end())
            next = isFree(false); // tables that name each other
        if (next == left.end())
            next = left.begin();
        ordered.push_back(*next);
        left.erase(next);
    }
    return ordered;
}

/// Types that are no enums and no domains are known by name only.
void noteUnknownTypes(const Table& table, ScriptScene& scene)
{
    for (const Column& column : table.columns) {
        if (column.defaultExpression == "")
            scene.note("The default of " + toText(table.name) + "." + column.name +
                       " is not known, and left out.");
        if (!isMadeHere(column.type, scene.to))
            scene.note("Type " + column.type + " of " + toText(table.name) + "." + column.name +
                       " is not made by the file: only enums and domains are known in full.");
    }
}

std::vector<std::string> columnArguments(const Table& table, const std::string& column)
{
    return {pythonLiteral(table.name.name), pythonLiteral(column)};
}

std::string alterSql(const Table& table, const Column& column)
{
    return "ALTER TABLE " + toSql(table.name) + " ALTER COLUMN " + quotedIdentifier(column.name) +
           " ";
}

void addColumn(const Table& table, const Column& column, ScriptScene& scene)
{
    // A sequence of its own is made by a statement before.
    Table without = table;
    without.primaryKey.reset();
    const auto expression = columnExpression(without, column, scene.to);
    if (!expression) {
        scene.writer.execute("ALTER TABLE " + toSql(table.name) + " ADD COLUMN " +
                             columnSql(column));
        return;
    }
    std::vector<std::string> arguments{pythonLiteral(table.name.name), *expression};
    addSchema(arguments, table.name);
    scene.writer.call("op.add_column", arguments);
}

void dropColumn(const Table& table, const Column& column, ScriptScene& scene)
{
    auto arguments = columnArguments(table, column.name);
    addSchema(arguments, table.name);
    scene.writer.call("op.drop_column", arguments);
}

/// op.alter_column with one argument more.
void alterColumn(const Table& table,
                 const Column& column,
                 const std::vector<std::string>& changes,
                 ScriptScene& scene)
{
    auto arguments = columnArguments(table, column.name);
    arguments.insert(arguments.end(), changes.begin(), changes.end());
    addSchema(arguments, table.name);
    scene.writer.call("op.alter_column", arguments);
}

void changeType(const Table& table, const Column& before, const Column& after, ScriptScene& scene)
{
    const auto old = typeExpression(before.type, scene.from, before.collation);
    const auto now = typeExpression(after.type, scene.to, after.collation);
    const std::string cast = quotedIdentifier(after.name) + "::" + after.type;
    if (!old || !now || before.collation != after.collation) {
        scene.writer.execute(
            alterSql(table, after) + "TYPE " + after.type +
            (after.collation.empty() ? "" : " COLLATE " + quotedIdentifier(after.collation)) +
            " USING " + cast);
        return;
    }
    alterColumn(table,
                after,
                {"existing_type=" + *old,
                 "type_=" + *now,
                 "postgresql_using=" + pythonLiteral(escapedForText(cast))},
                scene);
}

void changeDefault(const Table& table, const Column& column, ScriptScene& scene)
{
    alterColumn(table,
                column,
                {"server_default=" +
                 (column.defaultExpression ? saText(*column.defaultExpression) : "None")},
                scene);
}

void changeIdentity(const Table& table,
                    const Column& before,
                    const Column& after,
                    ScriptScene& scene)
{
    if (before.identity)
        scene.writer.execute(alterSql(table, after) + "DROP IDENTITY");
    if (!after.identity)
        return;
    scene.writer.execute(alterSql(table, after) + "ADD GENERATED " +
                         (after.identity->always ? "ALWAYS" : "BY DEFAULT") +
                         " AS IDENTITY (START WITH " + std::to_string(after.identity->start) +
                         " INCREMENT BY " + std::to_string(after.identity->increment) + ")");
}

void changeColumn(const Table& table, const Column& before, const Column& after, ScriptScene& scene)
{
    if (before.generated != after.generated && after.generated) {
        dropColumn(table, before, scene);
        addColumn(table, after, scene);
        return;
    }
    if (before.generated && !after.generated)
        scene.writer.execute(alterSql(table, after) + "DROP EXPRESSION");
    const bool isRetyped = before.type != after.type || before.collation != after.collation;
    const bool losesDefault = isRetyped && before.defaultExpression && !before.generated;
    if (losesDefault) {
        Column bare = after;
        bare.defaultExpression.reset();
        changeDefault(table, bare, scene);
    }
    if (isRetyped)
        changeType(table, before, after, scene);
    const auto defaultNow = losesDefault ? std::nullopt : before.defaultExpression;
    if (defaultNow != after.defaultExpression && !after.generated)
        changeDefault(table, after, scene);
    if (before.identity && !after.identity)
        changeIdentity(table, before, after, scene);
    if (before.nullable != after.nullable)
        alterColumn(table, after, {after.nullable ? "nullable=True" : "nullable=False"}, scene);
    if (after.identity && before.identity != after.identity)
        changeIdentity(table, before, after, scene);
    if (before.comment != after.comment)
        alterColumn(table,
                    after,
                    {"comment=" + (after.comment.empty() ? "None" : pythonLiteral(after.comment))},
                    scene);
}

void changeComment(const Table& before, const Table& after, ScriptScene& scene)
{
    if (before.comment == after.comment)
        return;
    std::vector<std::string> arguments{pythonLiteral(after.name.name)};
    if (!after.comment.empty())
        arguments.push_back(pythonLiteral(after.comment));
    addSchema(arguments, after.name);
    scene.writer.call(after.comment.empty() ? "op.drop_table_comment" : "op.create_table_comment",
                      arguments);
}

void changeTable(const Table& before, const Table& after, ScriptScene& scene, LateKeys& late)
{
    if (before.kind != after.kind || before.partitionKey != after.partitionKey ||
        before.inherits != after.inherits || before.unlogged != after.unlogged)
        scene.note("Table " + toText(after.name) +
                   " is of another kind after the revision, which the file does not write.");
    for (const Column& column : after.columns) {
        if (before.column(column.name) == nullptr)
            addColumn(after, column, scene);
    }
    for (const Column& column : after.columns) {
        const Column* old = before.column(column.name);
        if (old != nullptr && !(*old == column))
            changeColumn(after, *old, column, scene);
    }
    for (const Column& column : before.columns) {
        if (after.column(column.name) == nullptr)
            dropColumn(after, column, scene);
    }
    const auto old = constraintsOf(before);
    for (const TableConstraint& constraint : constraintsOf(after)) {
        if (holds(old, constraint, isSameConstraint))
            continue;
        if (constraint.target)
            late.emplace_back(after.name, constraint);
        else
            addConstraint(after.name, constraint, scene.writer);
    }
    for (const Index& index : after.indexes) {
        if (!holds(before.indexes, index, isSameIndex))
            createIndex(after.name, after.columns, index, scene.writer);
    }
    changeComment(before, after, scene);
}

} // namespace

void dropTableParts(ScriptScene& scene)
{
    // Tables that go and name each other can't be dropped while they do.
    std::set<QualifiedName> gone;
    auto goingTables = tablesAlone(scene.from, scene.to);
    std::ranges::reverse(goingTables);
    for (const bool keys : {true, false}) {
        for (const auto& [name, table] : scene.from.tables) {
            const Table* after = scene.to.table(name);
            if (after == nullptr || table->kind == TableKind::Partition)
                continue;
            const auto now = constraintsOf(*after);
            for (const TableConstraint& constraint : constraintsOf(*table)) {
                if (constraint.target.has_value() == keys &&
                    !holds(now, constraint, isSameConstraint))
                    dropConstraint(name, constraint, scene.writer);
            }
        }
    }
    for (const Table* table : goingTables) {
        for (const TableConstraint& constraint : constraintsOf(*table)) {
            if (constraint.target && gone.contains(*constraint.target))
                dropConstraint(table->name, constraint, scene.writer);
        }
        gone.insert(table->name);
    }
    for (const auto& [name, table] : scene.from.tables) {
        const Table* after = scene.to.table(name);
        if (after == nullptr || table->kind == TableKind::Partition)
            continue;
        for (const Index& index : table->indexes) {
            if (!holds(after->indexes, index, isSameIndex))
                dropIndex(name, index, scene.writer);
        }
    }
}

void dropTables(ScriptScene& scene)
{
    auto tables = tablesAlone(scene.from, scene.to);
    std::ranges::reverse(tables);
    for (const Table* table : tables) {
        std::vector<std::string> arguments{pythonLiteral(table->name.name)};
        addSchema(arguments, table->name);
        scene.writer.call("op.drop_table", arguments);
    }
}

LateKeys createTables(ScriptScene& scene)
{
    LateKeys late;
    std::set<QualifiedName> made;
    const auto tables = tablesAlone(scene.to, scene.from);
    for (const Table* table : tables) {
        if (table->kind == TableKind::ForeignTable) {
            scene.note("The file does not make foreign table " + toText(table->name) + ".");
            continue;
        }
        made.insert(table->name);
        std::set<std::string> waiting;
        for (const TableConstraint& constraint : constraintsOf(*table)) {
            const bool isThere = !constraint.target || made.contains(*constraint.target) ||
                                 scene.from.table(*constraint.target) != nullptr;
            if (!isThere && table->kind != TableKind::Partition) {
                waiting.insert(constraint.name);
                late.emplace_back(table->name, constraint);
            }
        }
        const bool isAttached = table->kind == TableKind::Partition && !hasUsualNames(*table);
        createTable(*table, scene.to, waiting, scene.writer);
        for (const Index& index : table->indexes) {
            if (isAttached || !comesFromParent(*table, scene.to, index))
                createIndex(table->name, table->columns, index, scene.writer);
        }
        if (isAttached)
            attachPartition(*table, scene.writer);
        noteUnknownTypes(*table, scene);
    }
    return late;
}

void changeTables(ScriptScene& scene, LateKeys& late)
{
    for (const auto& [name, after] : scene.to.tables) {
        const Table* before = scene.from.table(name);
        if (before == nullptr || before == after.get() || !after->extension.empty() ||
            after->kind == TableKind::Partition)
            continue;
        changeTable(*before, *after, scene, late);
    }
}

} // namespace sightglass
