// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sql/question_rows.h"

#include "core/schema/definitions.h"

#include <algorithm>
#include <array>

namespace sightglass::question {

namespace {

Datum yesOrNo(bool value)
{
    return Datum::ofText(value ? "YES" : "NO");
}

void addSystemRows(Rows& rows, std::size_t namespaceColumn)
{
    addSystemRows(rows, namespaceColumn, text);
}

/// "character varying(255)" as information_schema.columns.data_type has it.
Datum dataType(const Column& column, const Schema& schema)
{
    std::string type = column.type;
    if (type.ends_with("[]"))
        return text("ARRAY");
    if (const std::size_t open = type.find('('); open != std::string::npos) {
        const std::size_t close = type.find(')', open);
        type.erase(open, close == std::string::npos ? std::string::npos : close + 1 - open);
    }
    const auto named = [&](const auto& objects) {
        return std::ranges::any_of(objects, [&](const auto& entry) {
            return toText(entry.first) == type || entry.first.name == type ||
                   toSql(entry.first) == type;
        });
    };
    // A domain shows its base type, which is not looked up here; other types of users have no name.
    if (named(schema.domains))
        return Datum::systemName();
    const bool own = named(schema.enums) || named(schema.tables) || type.find('"') == 0 ||
                     schema.extensions.contains(type);
    return text(own ? "USER-DEFINED" : type);
}

Datum maximumLength(const Column& column)
{
    if (!column.type.starts_with("character"))
        return {};
    const std::size_t open = column.type.find('(');
    std::int64_t length = 0;
    for (std::size_t i = open; i != std::string::npos && ++i < column.type.size();) {
        const char c = column.type[i];
        if (c < '0' || c > '9')
            break;
        length = length * 10 + (c - '0');
    }
    return open == std::string::npos ? Datum{} : Datum::ofNumber(length);
}

std::string_view constraintWord(char type)
{
    switch (type) {
    case 'p':
        return "PRIMARY KEY";
    case 'u':
        return "UNIQUE";
    case 'f':
        return "FOREIGN KEY";
    default:
        return "CHECK";
    }
}

} // namespace

bool hasIndex(const Table& table, std::string_view name)
{
    const auto named = [&](const auto& object) { return object.name == name; };
    return std::ranges::any_of(table.indexes, named) || std::ranges::any_of(table.uniques, named) ||
           std::ranges::any_of(table.exclusions, named) ||
           (table.primaryKey && table.primaryKey->name == name);
}

std::vector<std::string> CatalogRows::namespaces() const
{
    std::vector<std::string> result(m_schema.namespaces.begin(), m_schema.namespaces.end());
    for (const std::string_view name : systemNamespaces)
        result.emplace_back(name);
    return result;
}

std::vector<CatalogRows::Relation> CatalogRows::relations() const
{
    std::vector<Relation> result;
    for (const auto& [name, table] : m_schema.tables) {
        const char kind = table->kind == TableKind::ForeignTable ? 'f'
                          : !table->partitionKey.empty()         ? 'p'
                                                                 : 'r';
        result.push_back({.name = name, .kind = kind, .table = table.get()});
    }
    for (const auto& [name, view] : m_schema.views)
        result.push_back(
            {.name = name, .kind = view->materialized ? 'm' : 'v', .view = view.get()});
    for (const auto& [name, sequence] : m_schema.sequences)
        result.push_back({.name = name, .kind = 'S'});
    for (const IndexRow& index : indexes())
        result.push_back({.name = {.schema = index.table.schema, .name = index.name}, .kind = 'i'});
    return result;
}

std::vector<CatalogRows::Constraint> CatalogRows::constraints() const
{
    std::vector<Constraint> result;
    for (const auto& [name, table] : m_schema.tables) {
        const auto addKey = [&](const KeyConstraint& key, char type, std::string definition) {
            result.push_back({.table = name,
                              .name = key.name,
                              .type = type,
                              .columns = key.columns,
                              .deferrable = key.deferrable,
                              .deferred = key.initiallyDeferred,
                              .definition = std::move(definition)});
        };
        if (table->primaryKey)
            addKey(*table->primaryKey, 'p', primaryKeyDefinition(*table->primaryKey));
        for (const KeyConstraint& key : table->uniques)
            addKey(key, 'u', uniqueDefinition(key));
        for (const ForeignKey& key : table->foreignKeys)
            result.push_back({.table = name,
                              .name = key.name,
                              .type = 'f',
                              .columns = key.columns,
                              .target = key.target,
                              .targetColumns = key.targetColumns,
                              .validated = key.validated,
                              .deferrable = key.deferrable,
                              .deferred = key.initiallyDeferred,
                              .definition = foreignKeyDefinition(key)});
        for (const CheckConstraint& check : table->checks)
            result.push_back({.table = name,
                              .name = check.name,
                              .type = 'c',
                              .validated = check.validated,
                              .definition = checkDefinition(check)});
        for (const ExclusionConstraint& exclusion : table->exclusions)
            result.push_back({.table = name,
                              .name = exclusion.name,
                              .type = 'x',
                              .definition = exclusion.definition});
    }
    return result;
}

std::vector<CatalogRows::IndexRow> CatalogRows::indexes() const
{
    std::vector<IndexRow> result;
    const auto add = [&](const QualifiedName& table, const Index& index) {
        result.push_back({.table = table,
                          .name = index.name,
                          .unique = index.unique,
                          .valid = index.valid,
                          .definition = indexDefinition(table, index)});
    };
    const auto addKey = [&](const QualifiedName& table, const KeyConstraint& key, bool primary) {
        result.push_back({.table = table, .name = key.name, .unique = true, .primary = primary});
    };
    for (const auto& [name, table] : m_schema.tables) {
        if (table->primaryKey)
            addKey(name, *table->primaryKey, true);
        for (const KeyConstraint& key : table->uniques)
            addKey(name, key, false);
        for (const ExclusionConstraint& exclusion : table->exclusions)
            result.push_back({.table = name, .name = exclusion.name});
        for (const Index& index : table->indexes)
            add(name, index);
    }
    for (const auto& [name, view] : m_schema.views) {
        for (const Index& index : view->indexes)
            add(name, index);
    }
    return result;
}

Rows CatalogRows::schemata()
{
    Rows result{{"schema_name"}, {}};
    for (const std::string& name : namespaces())
        result.rows.push_back({text(name)});
    return result;
}

Rows CatalogRows::informationTables()
{
    Rows result{{"table_schema", "table_name", "table_type"}, {}};
    for (const auto& [name, table] : m_schema.tables)
        result.rows.push_back(
            {text(name.schema),
             text(name.name),
             text(table->kind == TableKind::ForeignTable ? "FOREIGN" : "BASE TABLE")});
    for (const auto& [name, view] : m_schema.views) {
        if (!view->materialized)
            result.rows.push_back({text(name.schema), text(name.name), text("VIEW")});
    }
    addSystemRows(result, 0);
    return result;
}

Rows CatalogRows::informationColumns()
{
    Rows result{{"table_schema",
                 "table_name",
                 "column_name",
                 "ordinal_position",
                 "column_default",
                 "is_nullable",
                 "data_type",
                 "character_maximum_length",
                 "is_identity",
                 "is_generated"},
                {}};
    const auto add = [&](const QualifiedName& name, const std::vector<Column>& columns) {
        std::int64_t position = 0;
        for (const Column& column : columns) {
            Row row{text(name.schema), text(name.name), text(column.name)};
            // Positions have holes where columns were dropped: known only to be in order.
            row.push_back(Datum::ofNumber(++position));
            row.push_back(column.defaultExpression ? text(*column.defaultExpression) : Datum{});
            row.push_back(yesOrNo(column.nullable));
            row.push_back(dataType(column, m_schema));
            row.push_back(maximumLength(column));
            row.push_back(yesOrNo(column.identity.has_value()));
            row.push_back(text(column.generated ? "ALWAYS" : "NEVER"));
            result.rows.push_back(std::move(row));
        }
    };
    for (const auto& [name, table] : m_schema.tables)
        add(name, table->columns);
    for (const auto& [name, view] : m_schema.views) {
        if (view->materialized)
            continue;
        if (view->columns.empty()) { // not known: any name may be among them
            Row row{text(name.schema), text(name.name)};
            row.resize(result.columns.size() + 1, Datum::systemName());
            result.rows.push_back(std::move(row));
        }
        add(name, view->columns);
    }
    addSystemRows(result, 0);
    return result;
}

Rows CatalogRows::tableConstraints()
{
    Rows result{{"constraint_schema",
                 "constraint_name",
                 "table_schema",
                 "table_name",
                 "constraint_type",
                 "is_deferrable",
                 "initially_deferred"},
                {}};
    for (const Constraint& one : constraints()) {
        if (one.type == 'x') // not in the standard's view
            continue;
        result.rows.push_back({text(one.table.schema),
                               text(one.name),
                               text(one.table.schema),
                               text(one.table.name),
                               text(std::string(constraintWord(one.type))),
                               yesOrNo(one.deferrable),
                               yesOrNo(one.deferred)});
    }
    // NOT NULL columns have rows of type CHECK too, with made-up names.
    for (const auto& [name, table] : m_schema.tables) {
        const bool any = std::ranges::any_of(table->columns,
                                             [](const Column& column) { return !column.nullable; });
        if (any)
            result.rows.push_back({text(name.schema),
                                   Datum::systemName(),
                                   text(name.schema),
                                   text(name.name),
                                   text("CHECK"),
                                   text("NO"),
                                   text("NO"),
                                   Datum::systemName()});
    }
    addSystemRows(result, 0);
    return result;
}

Rows CatalogRows::keyColumnUsage()
{
    Rows result{{"constraint_schema",
                 "constraint_name",
                 "table_schema",
                 "table_name",
                 "column_name",
                 "ordinal_position"},
                {}};
    for (const Constraint& one : constraints()) {
        if (one.type == 'c' || one.type == 'x')
            continue;
        std::int64_t position = 0;
        for (const std::string& column : one.columns)
            result.rows.push_back({text(one.table.schema),
                                   text(one.name),
                                   text(one.table.schema),
                                   text(one.table.name),
                                   text(column),
                                   Datum::ofNumber(++position)});
    }
    addSystemRows(result, 0);
    return result;
}

Rows CatalogRows::constraintColumnUsage()
{
    Rows result{
        {"constraint_schema", "constraint_name", "table_schema", "table_name", "column_name"}, {}};
    for (const Constraint& one : constraints()) {
        if (one.type == 'x')
            continue;
        const bool foreign = one.type == 'f';
        const QualifiedName& table = foreign ? one.target : one.table;
        if (one.type == 'c') // its columns are inside of an expression
            result.rows.push_back({text(one.table.schema),
                                   text(one.name),
                                   text(table.schema),
                                   text(table.name),
                                   Datum::systemName(),
                                   Datum::systemName()});
        for (const std::string& column : foreign ? one.targetColumns : one.columns)
            result.rows.push_back({text(one.table.schema),
                                   text(one.name),
                                   text(table.schema),
                                   text(table.name),
                                   text(column)});
    }
    addSystemRows(result, 0);
    return result;
}

Rows CatalogRows::informationViews()
{
    Rows result{{"table_schema", "table_name"}, {}};
    for (const auto& [name, view] : m_schema.views) {
        if (!view->materialized)
            result.rows.push_back({text(name.schema), text(name.name)});
    }
    addSystemRows(result, 0);
    return result;
}

Rows CatalogRows::informationSequences()
{
    Rows result{{"sequence_schema", "sequence_name"}, {}};
    for (const auto& [name, sequence] : m_schema.sequences)
        result.rows.push_back({text(name.schema), text(name.name)});
    return result;
}

Rows CatalogRows::informationTriggers()
{
    Rows result{{"trigger_schema", "trigger_name", "event_object_schema", "event_object_table"},
                {}};
    for (const auto& [name, table] : m_schema.tables) {
        for (const Trigger& trigger : table->triggers)
            result.rows.push_back(
                {text(name.schema), text(trigger.name), text(name.schema), text(name.name)});
    }
    return result;
}

Rows CatalogRows::informationRoutines()
{
    Rows result{{"routine_schema", "routine_name", "routine_type"}, {}};
    for (const auto& [key, function] : m_schema.functions) {
        if (function->kind == "aggregate" || function->kind == "window")
            continue;
        result.rows.push_back({text(key.first.schema),
                               text(key.first.name),
                               text(function->kind == "procedure" ? "PROCEDURE" : "FUNCTION")});
    }
    addSystemRows(result, 0);
    return result;
}

std::optional<Rows> CatalogRows::of(std::string_view schemaName, std::string_view name)
{
    struct Catalog
    {
        std::string_view schema;
        std::string_view name;
        Rows (CatalogRows::*make)();
    };

    static constexpr std::string_view standard = "information_schema";
    static constexpr std::string_view own = "pg_catalog";
    static constexpr std::array catalogs{
        Catalog{standard, "schemata", &CatalogRows::schemata},
        Catalog{standard, "tables", &CatalogRows::informationTables},
        Catalog{standard, "columns", &CatalogRows::informationColumns},
        Catalog{standard, "table_constraints", &CatalogRows::tableConstraints},
        Catalog{standard, "key_column_usage", &CatalogRows::keyColumnUsage},
        Catalog{standard, "constraint_column_usage", &CatalogRows::constraintColumnUsage},
        Catalog{standard, "views", &CatalogRows::informationViews},
        Catalog{standard, "sequences", &CatalogRows::informationSequences},
        Catalog{standard, "triggers", &CatalogRows::informationTriggers},
        Catalog{standard, "routines", &CatalogRows::informationRoutines},
        Catalog{own, "pg_namespace", &CatalogRows::pgNamespace},
        Catalog{own, "pg_class", &CatalogRows::pgClass},
        Catalog{own, "pg_type", &CatalogRows::pgType},
        Catalog{own, "pg_enum", &CatalogRows::pgEnum},
        Catalog{own, "pg_attribute", &CatalogRows::pgAttribute},
        Catalog{own, "pg_constraint", &CatalogRows::pgConstraint},
        Catalog{own, "pg_index", &CatalogRows::pgIndex},
        Catalog{own, "pg_indexes", &CatalogRows::pgIndexes},
        Catalog{own, "pg_tables", &CatalogRows::pgTables},
        Catalog{own, "pg_views", &CatalogRows::pgViews},
        Catalog{own, "pg_matviews", &CatalogRows::pgMatviews},
        Catalog{own, "pg_sequences", &CatalogRows::pgSequences},
        Catalog{own, "pg_extension", &CatalogRows::pgExtension},
        Catalog{own, "pg_trigger", &CatalogRows::pgTrigger},
        Catalog{own, "pg_policies", &CatalogRows::pgPolicies},
        Catalog{own, "pg_proc", &CatalogRows::pgProc},
    };
    const std::string_view schema = schemaName.empty() ? own : schemaName;
    const auto found = std::ranges::find_if(
        catalogs, [&](const Catalog& one) { return one.schema == schema && one.name == name; });
    return found == catalogs.end() ? std::nullopt : std::optional((this->*found->make)());
}

} // namespace sightglass::question
