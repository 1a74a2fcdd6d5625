// SPDX-License-Identifier: GPL-3.0-or-later
//
// CHECK, PRIMARY KEY, UNIQUE and EXCLUDE.
#include "core/replay/constraints.h"

#include "core/replay/columns.h"
#include "core/replay/indexes.h"
#include "core/replay/lookup.h"
#include "core/replay/naming.h"
#include "core/replay/spelling.h"

#include <algorithm>

namespace sightglass::replaying {

namespace {

using Kind = ConstraintDefinition::Kind;

Refusal keyColumnMissing(const Table& table, const std::string& column)
{
    return refusal("42703",
                   "column \"" + column + "\" named in key does not exist",
                   "column " + toText(table.name) + "." + column);
}

Refusal manyPrimaryKeys(const Table& table)
{
    return refusal("42P16",
                   "multiple primary keys for table \"" + table.name.name + "\" are not allowed",
                   "table " + toText(table.name));
}

/// An index name, given or chosen, that nothing else has.
Outcome<std::string, Refusal>
keyName(const Catalog& catalog, const Table& table, const ConstraintDefinition& definition)
{
    const std::string& schema = table.name.schema;
    if (definition.name.empty()) {
        const bool primary = definition.kind == Kind::PrimaryKey;
        std::vector<std::string> columns = definition.columns;
        columns.insert(columns.end(), definition.include.begin(), definition.include.end());
        return freeRelationName(catalog,
                                schema,
                                table.name.name,
                                primary ? std::string() : namesTogether(columns),
                                primary ? "pkey" : "key",
                                true);
    }
    if (catalog.relation({.schema = schema, .name = definition.name}) != nullptr)
        return otherwise(relationExists(definition.name));
    if (hasConstraint(table, definition.name))
        return otherwise(constraintExists(table.name, definition.name));
    return definition.name;
}

Done checkKeyColumns(const Table& table, const ConstraintDefinition& definition)
{
    std::vector<std::string> seen;
    for (const std::string& column : definition.columns) {
        if (table.column(column) == nullptr)
            return keyColumnMissing(table, column);
        if (holds(seen, column))
            return refusal("42701",
                           "column \"" + column + "\" appears twice in " +
                               (definition.kind == Kind::PrimaryKey ? "primary key" : "unique") +
                               " constraint",
                           "column " + toText(table.name) + "." + column);
        seen.push_back(column);
    }
    for (const std::string& column : definition.include) {
        if (table.column(column) == nullptr)
            return keyColumnMissing(table, column);
    }
    return std::nullopt;
}

KeyConstraint keyFrom(const ConstraintDefinition& definition, std::string name)
{
    return {.name = std::move(name),
            .columns = definition.columns,
            .include = definition.include,
            .nullsNotDistinct = definition.nullsNotDistinct,
            .deferrable = definition.deferrable.value_or(definition.initially == "DEFERRED"),
            .initiallyDeferred = definition.initially == "DEFERRED",
            .withoutOverlaps = definition.withoutOverlaps};
}

Done putKey(Catalog& catalog,
            const QualifiedName& name,
            const ConstraintDefinition& definition,
            KeyConstraint key)
{
    const bool primary = definition.kind == Kind::PrimaryKey;
    const std::vector<std::string> columns = key.columns;
    const Done refused = editTable(catalog, name, [&](Table& table) -> Done {
        if (primary) {
            table.primaryKey = std::move(key);
        } else {
            table.uniques.push_back(std::move(key));
            sortByName(table.uniques);
        }
        return std::nullopt;
    });
    if (refused || !primary)
        return refused;
    for (const std::string& column : columns) {
        if (Done failed = setNotNull(catalog, name, column))
            return failed;
    }
    return std::nullopt;
}

/// PRIMARY KEY or UNIQUE USING INDEX: the index becomes the constraint's and takes its name.
Done adoptIndex(Catalog& catalog, const Table& table, const ConstraintDefinition& definition)
{
    const auto index = findByName(table.indexes, definition.usingIndex);
    if (index == table.indexes.end())
        return refusal("42704",
                       "index \"" + definition.usingIndex + "\" does not exist",
                       "index " + definition.usingIndex);
    if (!index->unique)
        return wrongKind({.schema = {}, .name = index->name}, "a unique index");
    ConstraintDefinition whole = definition;
    whole.name = definition.name.empty() ? index->name : definition.name;
    for (const std::string& key : index->columns)
        whole.columns.push_back(nameFromSql(key).name);
    whole.include = index->include;
    whole.nullsNotDistinct = index->nullsNotDistinct;
    const QualifiedName name = table.name;
    const Done refused = editTable(catalog, name, [&](Table& edited) -> Done {
        std::erase_if(edited.indexes,
                      [&](const Index& other) { return other.name == definition.usingIndex; });
        return std::nullopt;
    });
    if (refused)
        return refused;
    const auto free = keyName(catalog, *catalog.table(name), whole);
    if (!free)
        return free.error();
    return putKey(catalog, name, whole, keyFrom(whole, *free));
}

bool sameKey(const ConstraintDefinition& a, const ConstraintDefinition& b)
{
    return a.columns == b.columns && a.include == b.include &&
           a.nullsNotDistinct == b.nullsNotDistinct &&
           a.deferrable.value_or(false) == b.deferrable.value_or(false) &&
           (a.initially == "DEFERRED") == (b.initially == "DEFERRED");
}

/// Keys of one statement, the primary one first, each once.
std::vector<ConstraintDefinition> distinctKeys(const std::vector<ConstraintDefinition>& all)
{
    std::vector<ConstraintDefinition> keys;
    const auto add = [&](const ConstraintDefinition& definition) {
        for (ConstraintDefinition& prior : keys) {
            if (prior.kind != Kind::Exclude && sameKey(prior, definition)) {
                if (prior.name.empty())
                    prior.name = definition.name;
                return;
            }
        }
        keys.push_back(definition);
    };
    for (const ConstraintDefinition& definition : all) {
        if (definition.kind == Kind::PrimaryKey)
            keys.push_back(definition);
    }
    for (const ConstraintDefinition& definition : all) {
        if (definition.kind == Kind::Unique)
            add(definition);
        else if (definition.kind == Kind::Exclude)
            keys.push_back(definition);
    }
    return keys;
}

} // namespace

Done addCheck(Catalog& catalog, const QualifiedName& name, const ConstraintDefinition& definition)
{
    return editTable(catalog, name, [&](Table& table) -> Done {
        const auto text =
            expressionText(catalog, definition.expression, ExpressionUse::Check, &table);
        if (!text)
            return text.error();
        std::vector<std::string> columns;
        if (text->isKnown())
            columns = text->value().columns;
        else if (definition.expression.isKnown())
            columns = columnsOf(definition.expression.value());
        CheckConstraint check{.name = definition.name,
                              .expression = text->isKnown() ? text->value().text : std::string(),
                              .validated = !definition.notValid && !definition.notEnforced,
                              .noInherit = definition.noInherit,
                              .enforced = !definition.notEnforced};
        if (check.name.empty())
            check.name = freeConstraintName(catalog,
                                            name.schema,
                                            name.name,
                                            columns.size() == 1 ? columns.front() : std::string(),
                                            "check");
        else if (hasConstraint(table, check.name))
            return constraintExists(table.name, check.name);
        if (!text->isKnown())
            catalog.doubt(name,
                          {},
                          "the expression of check " + check.name +
                              " is not known: " + text->reason());
        table.checks.push_back(std::move(check));
        sortByName(table.checks);
        return std::nullopt;
    });
}

Done addKey(Catalog& catalog, const QualifiedName& name, const ConstraintDefinition& definition)
{
    const Table* const table = catalog.table(name);
    if (table == nullptr)
        return noRelation(catalog, name);
    if (definition.kind == Kind::PrimaryKey && table->primaryKey)
        return manyPrimaryKeys(*table);
    if (!definition.usingIndex.empty())
        return adoptIndex(catalog, *table, definition);
    if (Done refused = checkKeyColumns(*table, definition))
        return refused;
    const auto free = keyName(catalog, *table, definition);
    if (!free)
        return free.error();
    if (Done refused = putKey(catalog, name, definition, keyFrom(definition, *free)))
        return refused;
    return cloneKeyToPartitions(catalog, name, definition, *free);
}

Done addConstraint(Catalog& catalog,
                   const QualifiedName& table,
                   const ConstraintDefinition& definition)
{
    switch (definition.kind) {
    case Kind::PrimaryKey:
    case Kind::Unique:
        return addKey(catalog, table, definition);
    case Kind::ForeignKey:
        return addForeignKey(catalog, table, definition);
    case Kind::Check:
        return addCheck(catalog, table, definition);
    case Kind::Exclude:
        return addExclusion(catalog, table, definition);
    }
    return std::nullopt;
}

Done addConstraints(Catalog& catalog,
                    const QualifiedName& table,
                    const std::vector<ConstraintDefinition>& definitions)
{
    const auto addAll = [&](const std::vector<ConstraintDefinition>& list, Kind kind) -> Done {
        for (const ConstraintDefinition& definition : list) {
            if (definition.kind != kind)
                continue;
            if (Done refused = addConstraint(catalog, table, definition))
                return refused;
        }
        return std::nullopt;
    };
    if (Done refused = addAll(definitions, Kind::Check))
        return refused;
    for (const ConstraintDefinition& key : distinctKeys(definitions)) {
        if (Done refused = addConstraint(catalog, table, key))
            return refused;
    }
    return addAll(definitions, Kind::ForeignKey);
}

} // namespace sightglass::replaying
