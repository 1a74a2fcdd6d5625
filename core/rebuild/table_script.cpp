// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rebuild/table_script.h"

#include "core/rebuild/type_expression.h"
#include "core/schema/definitions.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace sightglass {

namespace {

bool isInteger(const std::string& type)
{
    constexpr std::array<std::string_view, 3> integers{"integer", "bigint", "smallint"};
    return std::ranges::find(integers, type) != integers.end();
}

bool isKeyColumn(const Table& table, const Column& column)
{
    return table.primaryKey && std::ranges::count(table.primaryKey->columns, column.name) > 0;
}

/// Only SQL can make it.
bool needsSql(const Table& table, const Schema& schema)
{
    return table.kind == TableKind::Partition || !table.inherits.empty() || table.unlogged ||
           std::ranges::any_of(table.columns, [&](const Column& column) {
               return column.generatedVirtual ||
                      !typeExpression(column.type, schema, column.collation);
           });
}

std::string identityExpression(const Identity& identity)
{
    std::string text = identity.always ? "always=True" : "";
    const auto add = [&text](const std::string& argument) {
        text += (text.empty() ? "" : ", ") + argument;
    };
    if (identity.start != 1)
        add("start=" + std::to_string(identity.start));
    if (identity.increment != 1)
        add("increment=" + std::to_string(identity.increment));
    return "sa.Identity(" + text + ")";
}

std::string identitySql(const Identity& identity)
{
    return std::string(" GENERATED ") + (identity.always ? "ALWAYS" : "BY DEFAULT") +
           " AS IDENTITY (START WITH " + std::to_string(identity.start) + " INCREMENT BY " +
           std::to_string(identity.increment) + ")";
}

std::string sequenceDefault(const Sequence& sequence)
{
    const bool isPublic = sequence.name.schema == "public";
    const std::string name = isPublic ? quotedIdentifier(sequence.name.name) : toSql(sequence.name);
    return "nextval('" + name + "'::regclass)";
}

/// Autoincrement in SQLAlchemy's sense: the first such column of the primary key.
bool isAutoincrement(const Table& table, const Column& column, const Schema& schema)
{
    const Sequence* sequence = ownedSequence(table, column, schema);
    return sequence != nullptr && isKeyColumn(table, column) && isInteger(column.type) &&
           sequence->name.schema == table.name.schema &&
           sequence->name.name == table.name.name + "_" + column.name + "_seq" &&
           sequence->type == column.type && sequence->start == 1 && sequence->increment == 1;
}

void createBySql(const Table& table,
                 const std::vector<TableConstraint>& constraints,
                 const Schema& schema,
                 BodyWriter& writer)
{
    std::string parts;
    const auto add = [&parts](const std::string& part) {
        parts += (parts.empty() ? "    " : ",\n    ") + part;
    };
    const auto isInherited = [&](const Column& column) {
        return std::ranges::any_of(table.inherits, [&](const QualifiedName& parent) {
            const Table* found = schema.table(parent);
            return found != nullptr && found->column(column.name) != nullptr;
        });
    };
    for (const Column& column : table.columns) {
        if (!isInherited(column))
            add(columnSql(column));
    }
    for (const TableConstraint& constraint : constraints)
        add("CONSTRAINT " + quotedIdentifier(constraint.name) + " " + constraint.definition);
    std::string sql = std::string("CREATE ") + (table.unlogged ? "UNLOGGED " : "") + "TABLE " +
                      toSql(table.name) + " (\n" + parts + "\n)";
    std::string parents;
    for (const QualifiedName& parent : table.inherits)
        parents += (parents.empty() ? "" : ", ") + toSql(parent);
    if (!parents.empty())
        sql += " INHERITS (" + parents + ")";
    if (!table.partitionKey.empty())
        sql += " PARTITION BY " + table.partitionKey;
    writer.execute(sql);
}

void createPartition(const Table& table, BodyWriter& writer)
{
    std::string sql = "CREATE TABLE " + toSql(table.name) + " PARTITION OF " +
                      toSql(table.partitionOf.value_or(QualifiedName())) + " " +
                      table.partitionBound;
    if (!table.partitionKey.empty())
        sql += " PARTITION BY " + table.partitionKey;
    writer.execute(sql);
}

void commentBySql(const Table& table, BodyWriter& writer)
{
    const auto literal = [](std::string text) {
        for (std::size_t at = 0; (at = text.find('\'', at)) != std::string::npos; at += 2)
            text.insert(at, 1, '\'');
        return "'" + text + "'";
    };
    if (!table.comment.empty())
        writer.execute("COMMENT ON TABLE " + toSql(table.name) + " IS " + literal(table.comment));
    for (const Column& column : table.columns) {
        if (!column.comment.empty())
            writer.execute("COMMENT ON COLUMN " + toSql(table.name) + "." +
                           quotedIdentifier(column.name) + " IS " + literal(column.comment));
    }
}

void createByDirective(const Table& table,
                       const std::vector<TableConstraint>& constraints,
                       const Schema& schema,
                       BodyWriter& writer)
{
    std::vector<std::string> arguments{pythonLiteral(table.name.name)};
    for (const Column& column : table.columns)
        arguments.push_back(*columnExpression(table, column, schema));
    for (const TableConstraint& constraint : constraints)
        arguments.push_back(constraint.element);
    addSchema(arguments, table.name);
    if (!table.comment.empty())
        arguments.push_back("comment=" + pythonLiteral(table.comment));
    if (!table.partitionKey.empty())
        arguments.push_back("postgresql_partition_by=" + pythonLiteral(table.partitionKey));
    writer.call("op.create_table", arguments, true);
}

} // namespace

bool hasUsualNames(const Table& partition)
{
    const auto name = [&](const std::vector<std::string>& columns, const std::string& end) {
        std::string text = partition.name.name;
        for (const std::string& column : columns)
            text += "_" + column;
        return text + end;
    };
    return (!partition.primaryKey || partition.primaryKey->name == name({}, "_pkey")) &&
           std::ranges::all_of(
               partition.uniques,
               [&](const KeyConstraint& key) { return key.name == name(key.columns, "_key"); }) &&
           std::ranges::all_of(partition.indexes, [&](const Index& index) {
               return index.name == name(index.columns, "_idx");
           });
}

void attachPartition(const Table& partition, BodyWriter& writer)
{
    writer.execute("ALTER TABLE " + toSql(partition.partitionOf.value_or(QualifiedName())) +
                   " ATTACH PARTITION " + toSql(partition.name) + " " + partition.partitionBound);
}

void addSchema(std::vector<std::string>& arguments, const QualifiedName& name)
{
    if (!name.schema.empty() && name.schema != "public")
        arguments.push_back("schema=" + pythonLiteral(name.schema));
}

std::string finalName(const std::string& name)
{
    return "op.f(" + pythonLiteral(name) + ")";
}

const Sequence* ownedSequence(const Table& table, const Column& column, const Schema& schema)
{
    for (const auto& [name, sequence] : schema.sequences) {
        if (sequence->ownerTable == table.name && sequence->ownerColumn == column.name &&
            column.defaultExpression == sequenceDefault(*sequence))
            return sequence.get();
    }
    return nullptr;
}

bool makesItsSequence(const Table& table, const Column& column, const Schema& schema)
{
    if (needsSql(table, schema) || !isAutoincrement(table, column, schema))
        return false;
    const auto first = std::ranges::find_if(
        table.columns, [&](const Column& each) { return isAutoincrement(table, each, schema); });
    return first->name == column.name;
}

std::optional<std::string>
columnExpression(const Table& table, const Column& column, const Schema& schema)
{
    const auto type = typeExpression(column.type, schema, column.collation);
    if (!type || column.generatedVirtual)
        return std::nullopt;
    std::string text = "sa.Column(" + pythonLiteral(column.name) + ", " + *type;
    if (column.identity)
        text += ", " + identityExpression(*column.identity);
    if (column.generated)
        text += ", sa.Computed(" + pythonLiteral(escapedForText(*column.generated)) +
                ", persisted=True)";
    const bool ownSequence = makesItsSequence(table, column, schema);
    const bool isLoneKey = isKeyColumn(table, column) && table.primaryKey->columns.size() == 1;
    const bool isReference = std::ranges::any_of(table.foreignKeys, [&](const ForeignKey& key) {
        return std::ranges::count(key.columns, column.name) > 0;
    });
    if (ownSequence && (!isLoneKey || isReference))
        text += ", autoincrement=True";
    if (isLoneKey && isInteger(column.type) && !ownSequence && !column.identity)
        text += ", autoincrement=False";
    if (column.defaultExpression.value_or("") != "" && !column.generated && !ownSequence)
        text += ", server_default=" + saText(*column.defaultExpression);
    text += column.nullable ? ", nullable=True" : ", nullable=False";
    if (!column.comment.empty())
        text += ", comment=" + pythonLiteral(column.comment);
    return text + ")";
}

std::string columnSql(const Column& column)
{
    std::string text = quotedIdentifier(column.name) + " " + column.type;
    if (!column.collation.empty())
        text += " COLLATE " + quotedIdentifier(column.collation);
    if (!column.nullable)
        text += " NOT NULL";
    if (column.defaultExpression.value_or("") != "" && !column.generated)
        text += " DEFAULT " + *column.defaultExpression;
    if (column.identity)
        text += identitySql(*column.identity);
    if (column.generated)
        text += " GENERATED ALWAYS AS (" + *column.generated + ")" +
                (column.generatedVirtual ? " VIRTUAL" : " STORED");
    return text;
}

void createTable(const Table& table,
                 const Schema& schema,
                 const std::set<std::string>& late,
                 BodyWriter& writer)
{
    if (table.kind == TableKind::Partition && hasUsualNames(table)) {
        createPartition(table, writer);
        commentBySql(table, writer);
        return;
    }
    const bool bySql = needsSql(table, schema);
    std::vector<TableConstraint> within;
    std::vector<TableConstraint> after;
    std::set<std::string> keys;
    for (TableConstraint& constraint : constraintsOf(table)) {
        if (late.contains(constraint.name))
            continue;
        // PostgreSQL makes a key that stands twice in one CREATE TABLE once.
        const bool isSecond =
            (constraint.type == "primary" || constraint.type == "unique") &&
            !keys.insert(constraint.definition.substr(constraint.definition.find('('))).second;
        const bool isWithin = !isSecond && (bySql || !constraint.element.empty());
        (isWithin ? within : after).push_back(std::move(constraint));
    }
    if (bySql) {
        createBySql(table, within, schema, writer);
        commentBySql(table, writer);
    } else {
        createByDirective(table, within, schema, writer);
    }
    for (const TableConstraint& constraint : after)
        addConstraint(table.name, constraint, writer);
}

} // namespace sightglass
