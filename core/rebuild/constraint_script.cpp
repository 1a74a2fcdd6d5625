// SPDX-License-Identifier: GPL-3.0-or-later
// Constraints and indexes.
#include "core/rebuild/table_script.h"
#include "core/schema/definitions.h"

#include <algorithm>

namespace sightglass {

namespace {

std::vector<std::string> literalsOf(const std::vector<std::string>& texts)
{
    std::vector<std::string> literals;
    for (const std::string& text : texts)
        literals.push_back(pythonLiteral(text));
    return literals;
}

std::string call(const std::string& function, const std::vector<std::string>& arguments)
{
    std::string text = function + "(";
    for (const std::string& argument : arguments)
        text += (text.ends_with('(') ? "" : ", ") + argument;
    return text + ")";
}

void addDeferral(std::vector<std::string>& arguments, bool deferrable, bool initiallyDeferred)
{
    if (deferrable)
        arguments.emplace_back("deferrable=True");
    if (initiallyDeferred)
        arguments.emplace_back("initially='DEFERRED'");
}

TableConstraint keyOf(const Table& table, const KeyConstraint& key, bool primary)
{
    TableConstraint made{.type = primary ? "primary" : "unique",
                         .name = key.name,
                         .definition = primary ? primaryKeyDefinition(key) : uniqueDefinition(key),
                         .element = {},
                         .directive = {},
                         .arguments = {},
                         .target = {}};
    if (!key.include.empty() || key.nullsNotDistinct || key.withoutOverlaps)
        return made;
    auto element = literalsOf(key.columns);
    element.push_back("name=" + finalName(key.name));
    addDeferral(element, key.deferrable, key.initiallyDeferred);
    made.element = call(primary ? "sa.PrimaryKeyConstraint" : "sa.UniqueConstraint", element);
    if (key.deferrable)
        return made; // by SQL on a table that is there
    made.directive = primary ? "op.create_primary_key" : "op.create_unique_constraint";
    made.arguments = {
        finalName(key.name), pythonLiteral(table.name.name), pythonLiterals(key.columns)};
    addSchema(made.arguments, table.name);
    return made;
}

std::vector<std::string> foreignKeyOptions(const ForeignKey& key)
{
    std::vector<std::string> options;
    if (!key.onDelete.empty())
        options.push_back("ondelete=" + pythonLiteral(key.onDelete));
    if (!key.onUpdate.empty())
        options.push_back("onupdate=" + pythonLiteral(key.onUpdate));
    if (!key.match.empty())
        options.push_back("match=" + pythonLiteral(key.match));
    addDeferral(options, key.deferrable, key.initiallyDeferred);
    return options;
}

TableConstraint foreignKeyOf(const Table& table, const ForeignKey& key)
{
    TableConstraint made{.type = "foreignkey",
                         .name = key.name,
                         .definition = foreignKeyDefinition(key),
                         .element = {},
                         .directive = {},
                         .arguments = {},
                         .target = key.target};
    if (!key.validated || !key.enforced || key.period)
        return made;
    const std::string target =
        (key.target.schema == "public" ? "" : key.target.schema + ".") + key.target.name;
    const bool hasDot = key.target.schema.find('.') != std::string::npos ||
                        key.target.name.find('.') != std::string::npos;
    const auto options = foreignKeyOptions(key);
    std::vector<std::string> columns;
    for (const std::string& column : key.targetColumns)
        columns.push_back(target + "." + column);
    std::vector<std::string> element{
        pythonLiterals(key.columns), pythonLiterals(columns), "name=" + finalName(key.name)};
    element.insert(element.end(), options.begin(), options.end());
    if (!hasDot)
        made.element = call("sa.ForeignKeyConstraint", element);
    made.directive = "op.create_foreign_key";
    made.arguments = {finalName(key.name),
                      pythonLiteral(table.name.name),
                      pythonLiteral(key.target.name),
                      pythonLiterals(key.columns),
                      pythonLiterals(key.targetColumns)};
    made.arguments.insert(made.arguments.end(), options.begin(), options.end());
    if (table.name.schema != "public")
        made.arguments.push_back("source_schema=" + pythonLiteral(table.name.schema));
    if (key.target.schema != "public")
        made.arguments.push_back("referent_schema=" + pythonLiteral(key.target.schema));
    return made;
}

TableConstraint checkOf(const Table& table, const CheckConstraint& check)
{
    TableConstraint made{.type = "check",
                         .name = check.name,
                         .definition = readableExpression(checkDefinition(check)),
                         .element = {},
                         .directive = {},
                         .arguments = {},
                         .target = {}};
    if (!check.validated || !check.enforced || check.noInherit)
        return made;
    const std::string expression =
        pythonLiteral(escapedForText(readableExpression(check.expression)));
    made.element = call("sa.CheckConstraint", {expression, "name=" + finalName(check.name)});
    made.directive = "op.create_check_constraint";
    made.arguments = {finalName(check.name), pythonLiteral(table.name.name), expression};
    addSchema(made.arguments, table.name);
    return made;
}

/// How a server spells the index of a partitioned table; without it PostgreSQL makes those of the
/// partitions too.
constexpr std::string_view only = " ON ONLY ";

std::string wholeDefinition(const QualifiedName& relation, const Index& index)
{
    std::string definition =
        index.definition.empty() ? indexDefinition(relation, index) : index.definition;
    if (const std::size_t at = definition.find(only); index.valid && at != std::string::npos)
        definition.replace(at, only.size(), " ON ");
    return readableExpression(definition);
}

/// What no argument of op.create_index says.
bool needsSqlIndex(const Index& index)
{
    const std::string& definition = index.definition;
    return index.nullsNotDistinct || definition.find(" WITH (") != std::string::npos ||
           (!index.valid && definition.find(only) != std::string::npos);
}

/// A column by its name, else an expression.
std::string keyExpression(const std::vector<Column>& columns, const std::string& key)
{
    const auto column = std::ranges::find_if(
        columns, [&](const Column& each) { return quotedIdentifier(each.name) == key; });
    return column == columns.end() ? saText(key) : pythonLiteral(column->name);
}

} // namespace

std::vector<TableConstraint> constraintsOf(const Table& table)
{
    std::vector<TableConstraint> all;
    if (table.primaryKey)
        all.push_back(keyOf(table, *table.primaryKey, true));
    for (const KeyConstraint& key : table.uniques)
        all.push_back(keyOf(table, key, false));
    for (const CheckConstraint& check : table.checks)
        all.push_back(checkOf(table, check));
    for (const ExclusionConstraint& exclusion : table.exclusions)
        all.push_back({.type = "",
                       .name = exclusion.name,
                       .definition = exclusion.definition,
                       .element = {},
                       .directive = {},
                       .arguments = {},
                       .target = {}});
    for (const ForeignKey& key : table.foreignKeys)
        all.push_back(foreignKeyOf(table, key));
    return all;
}

void addConstraint(const QualifiedName& table,
                   const TableConstraint& constraint,
                   BodyWriter& writer)
{
    if (!constraint.directive.empty()) {
        writer.call(constraint.directive, constraint.arguments);
        return;
    }
    writer.execute("ALTER TABLE " + toSql(table) + " ADD CONSTRAINT " +
                   quotedIdentifier(constraint.name) + " " + constraint.definition);
}

void dropConstraint(const QualifiedName& table,
                    const TableConstraint& constraint,
                    BodyWriter& writer)
{
    std::vector<std::string> arguments{finalName(constraint.name), pythonLiteral(table.name)};
    if (!constraint.type.empty())
        arguments.push_back("type_=" + pythonLiteral(constraint.type));
    addSchema(arguments, table);
    writer.call("op.drop_constraint", arguments);
}

void createIndex(const QualifiedName& relation,
                 const std::vector<Column>& columns,
                 const Index& index,
                 BodyWriter& writer)
{
    if (needsSqlIndex(index)) {
        writer.execute(wholeDefinition(relation, index));
        return;
    }
    std::string keys;
    for (const std::string& key : index.columns)
        keys += (keys.empty() ? "" : ", ") + keyExpression(columns, key);
    std::vector<std::string> arguments{
        finalName(index.name), pythonLiteral(relation.name), "[" + keys + "]"};
    arguments.push_back(index.unique ? "unique=True" : "unique=False");
    addSchema(arguments, relation);
    if (index.method != "btree")
        arguments.push_back("postgresql_using=" + pythonLiteral(index.method));
    if (!index.include.empty())
        arguments.push_back("postgresql_include=" + pythonLiterals(index.include));
    if (index.predicate)
        arguments.push_back("postgresql_where=" + saText(readableExpression(*index.predicate)));
    writer.call("op.create_index", arguments);
}

void dropIndex(const QualifiedName& relation, const Index& index, BodyWriter& writer)
{
    std::vector<std::string> arguments{finalName(index.name),
                                       "table_name=" + pythonLiteral(relation.name)};
    addSchema(arguments, relation);
    writer.call("op.drop_index", arguments);
}

} // namespace sightglass
