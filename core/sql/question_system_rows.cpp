// SPDX-License-Identifier: GPL-3.0-or-later
// The catalogs of pg_catalog; those of information_schema are in question_rows.cpp.
#include "core/sql/question_rows.h"

#include <algorithm>

namespace sightglass::question {

namespace {

Datum letter(char value)
{
    return Datum::ofText(std::string(1, value));
}

/// 1-based places of `names` among the columns; as an array.
Datum positions(const std::vector<std::string>& names, const Table* table)
{
    Datum result{.kind = Datum::Kind::List};
    for (const std::string& name : names) {
        std::int64_t position = 1;
        if (table != nullptr) {
            const auto found = std::ranges::find(table->columns, name, &Column::name);
            position += found - table->columns.begin();
        }
        result.items.push_back(Datum::ofNumber(position));
    }
    return result;
}

} // namespace

Rows CatalogRows::pgNamespace()
{
    Rows result{{"oid", "nspname"}, {}};
    for (const std::string& name : namespaces())
        result.rows.push_back({namespaceObject(name), text(name)});
    return result;
}

Rows CatalogRows::pgClass()
{
    Rows result{{"oid", "relname", "relnamespace", "relkind", "relrowsecurity", "relispartition"},
                {}};
    for (const Relation& one : relations()) {
        const bool security = one.table != nullptr && one.table->rowSecurity;
        const bool partition = one.table != nullptr && one.table->partitionOf.has_value();
        result.rows.push_back({relationObject(one.name),
                               text(one.name.name),
                               namespaceObject(one.name.schema),
                               letter(one.kind),
                               Datum::ofFlag(security),
                               Datum::ofFlag(partition)});
    }
    addSystemRows(result, 2, [&](const std::string& name) { return namespaceObject(name); });
    return result;
}

Rows CatalogRows::pgType()
{
    Rows result{{"oid", "typname", "typnamespace", "typtype"}, {}};
    const auto add = [&](const QualifiedName& name, char kind) {
        const Datum object = m_tables.object(CatalogTables::Class::Type, name);
        result.rows.push_back(
            {object, text(name.name), namespaceObject(name.schema), letter(kind)});
        const QualifiedName array{.schema = name.schema, .name = "_" + name.name};
        result.rows.push_back({m_tables.object(CatalogTables::Class::Type, array),
                               text(array.name),
                               namespaceObject(name.schema),
                               letter('b')});
    };
    for (const auto& [name, type] : m_schema.enums)
        add(name, 'e');
    for (const auto& [name, domain] : m_schema.domains)
        add(name, 'd');
    for (const auto& [name, table] : m_schema.tables)
        add(name, 'c');
    for (const auto& [name, view] : m_schema.views)
        add(name, 'c');
    // Composite, range and base types are not kept: only names that nothing of ours has are sure.
    addSystemRows(result, 2, [&](const std::string& name) { return namespaceObject(name); });
    return result;
}

Rows CatalogRows::pgEnum()
{
    Rows result{{"oid", "enumtypid", "enumlabel", "enumsortorder"}, {}};
    for (const auto& [name, type] : m_schema.enums) {
        std::int64_t order = 0;
        for (const std::string& label : type->labels)
            result.rows.push_back({Datum::unknown("asks for the oid of a label"),
                                   m_tables.object(CatalogTables::Class::Type, name),
                                   text(label),
                                   Datum::ofNumber(++order)});
    }
    return result;
}

Rows CatalogRows::pgAttribute()
{
    Rows result{{"attrelid", "attname", "attnum", "attnotnull", "attisdropped", "atthasdef"}, {}};
    for (const auto& [name, table] : m_schema.tables) {
        std::int64_t position = 0;
        for (const Column& column : table->columns)
            result.rows.push_back({relationObject(name),
                                   text(column.name),
                                   Datum::ofNumber(++position),
                                   Datum::ofFlag(!column.nullable),
                                   Datum::ofFlag(false),
                                   Datum::ofFlag(column.defaultExpression.has_value() ||
                                                 column.generated.has_value())});
    }
    std::vector<Datum> system(result.columns.size() + 1, Datum::systemName());
    system[1] = Datum::systemObjectName();
    result.rows.push_back(std::move(system));
    return result;
}

Rows CatalogRows::pgConstraint()
{
    Rows result{{"oid",
                 "conname",
                 "connamespace",
                 "conrelid",
                 "confrelid",
                 "contype",
                 "convalidated",
                 "condeferrable",
                 "condeferred",
                 "conkey"},
                {}};
    for (const Constraint& one : constraints()) {
        const QualifiedName name{.schema = toText(one.table), .name = one.name};
        Datum object = m_tables.object(CatalogTables::Class::Constraint, name);
        object.text = one.definition; // what pg_get_constraintdef prints
        result.rows.push_back({std::move(object),
                               text(one.name),
                               namespaceObject(one.table.schema),
                               relationObject(one.table),
                               one.type == 'f' ? relationObject(one.target) : Datum::ofNumber(0),
                               letter(one.type),
                               Datum::ofFlag(one.validated),
                               Datum::ofFlag(one.deferrable),
                               Datum::ofFlag(one.deferred),
                               one.columns.empty()
                                   ? Datum::unknown("asks for the columns of a check")
                                   : positions(one.columns, m_schema.table(one.table))});
    }
    addSystemRows(result, 2, [&](const std::string& name) { return namespaceObject(name); });
    return result;
}

Rows CatalogRows::pgIndex()
{
    Rows result{{"indexrelid", "indrelid", "indisunique", "indisprimary", "indisvalid"}, {}};
    for (const IndexRow& one : indexes())
        result.rows.push_back({relationObject({.schema = one.table.schema, .name = one.name}),
                               relationObject(one.table),
                               Datum::ofFlag(one.unique),
                               Datum::ofFlag(one.primary),
                               Datum::ofFlag(one.valid)});
    result.rows.emplace_back(result.columns.size() + 1, Datum::systemName());
    return result;
}

Rows CatalogRows::pgIndexes()
{
    Rows result{{"schemaname", "tablename", "indexname", "indexdef"}, {}};
    for (const IndexRow& one : indexes())
        result.rows.push_back({text(one.table.schema),
                               text(one.table.name),
                               text(one.name),
                               one.definition.empty()
                                   ? Datum::unknown("asks for the definition of a key's index")
                                   : text(one.definition)});
    addSystemRows(result, 0, text);
    return result;
}

Rows CatalogRows::pgTables()
{
    Rows result{{"schemaname", "tablename", "hasindexes", "rowsecurity"}, {}};
    for (const auto& [name, table] : m_schema.tables) {
        const bool indexed =
            table->primaryKey || !table->uniques.empty() || !table->indexes.empty();
        if (table->kind != TableKind::ForeignTable)
            result.rows.push_back({text(name.schema),
                                   text(name.name),
                                   Datum::ofFlag(indexed),
                                   Datum::ofFlag(table->rowSecurity)});
    }
    addSystemRows(result, 0, text);
    return result;
}

Rows CatalogRows::pgViews()
{
    Rows result{{"schemaname", "viewname"}, {}};
    for (const auto& [name, view] : m_schema.views) {
        if (!view->materialized)
            result.rows.push_back({text(name.schema), text(name.name)});
    }
    addSystemRows(result, 0, text);
    return result;
}

Rows CatalogRows::pgMatviews()
{
    Rows result{{"schemaname", "matviewname"}, {}};
    for (const auto& [name, view] : m_schema.views) {
        if (view->materialized)
            result.rows.push_back({text(name.schema), text(name.name)});
    }
    return result;
}

Rows CatalogRows::pgSequences()
{
    Rows result{{"schemaname", "sequencename"}, {}};
    for (const auto& [name, sequence] : m_schema.sequences)
        result.rows.push_back({text(name.schema), text(name.name)});
    return result;
}

Rows CatalogRows::pgExtension()
{
    Rows result{{"oid", "extname", "extversion", "extnamespace"}, {}};
    const auto add = [&](const std::string& name, const std::string& version, Datum place) {
        result.rows.push_back(
            {m_tables.object(CatalogTables::Class::Other, {{}, name}),
             text(name),
             version.empty() ? Datum::unknown("asks for an extension's version") : text(version),
             std::move(place)});
    };
    for (const auto& [name, extension] : m_schema.extensions)
        add(name,
            extension.version,
            extension.schema.empty() ? Datum::unknown("asks for an extension's schema")
                                     : namespaceObject(extension.schema));
    if (!m_schema.extensions.contains("plpgsql"))
        add("plpgsql", "1.0", namespaceObject("pg_catalog"));
    return result;
}

Rows CatalogRows::pgTrigger()
{
    Rows result{{"tgname", "tgrelid", "tgisinternal"}, {}};
    for (const auto& [name, table] : m_schema.tables) {
        for (const Trigger& trigger : table->triggers)
            result.rows.push_back({text(trigger.name), relationObject(name), Datum::ofFlag(false)});
        if (!table->foreignKeys.empty()) // those that enforce foreign keys
            result.rows.push_back({Datum::systemName(),
                                   relationObject(name),
                                   Datum::ofFlag(true),
                                   Datum::systemName()});
        for (const ForeignKey& key : table->foreignKeys)
            result.rows.push_back({Datum::systemName(),
                                   relationObject(key.target),
                                   Datum::ofFlag(true),
                                   Datum::systemName()});
    }
    return result;
}

Rows CatalogRows::pgPolicies()
{
    Rows result{{"schemaname", "tablename", "policyname"}, {}};
    for (const auto& [name, table] : m_schema.tables) {
        for (const Policy& policy : table->policies)
            result.rows.push_back({text(name.schema), text(name.name), text(policy.name)});
    }
    return result;
}

Rows CatalogRows::pgProc()
{
    Rows result{{"oid", "proname", "pronamespace", "prokind"}, {}};
    for (const auto& [key, function] : m_schema.functions) {
        const QualifiedName name{.schema = toText(key.first), .name = key.second};
        const char kind = function->kind == "procedure"   ? 'p'
                          : function->kind == "aggregate" ? 'a'
                          : function->kind == "window"    ? 'w'
                                                          : 'f';
        result.rows.push_back({m_tables.object(CatalogTables::Class::Other, name),
                               text(key.first.name),
                               namespaceObject(key.first.schema),
                               letter(kind)});
    }
    addSystemRows(result, 2, [&](const std::string& name) { return namespaceObject(name); });
    return result;
}

} // namespace sightglass::question
