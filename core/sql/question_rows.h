// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sql/question_tables.h"

#include <array>

namespace sightglass::question {

inline constexpr std::array systemNamespaces{std::string_view("pg_catalog"),
                                             std::string_view("information_schema"),
                                             std::string_view("pg_toast")};

inline Datum text(std::string value)
{
    return Datum::ofText(std::move(value));
}

/// Rows of PostgreSQL's own, one for each system namespace: the namespace at one place, some name
/// at all others. One Datum more than there are columns marks a row that stands in for any number.
template <typename Namespace>
void addSystemRows(Rows& rows, std::size_t namespaceColumn, Namespace namespaceOf)
{
    for (const std::string_view name : systemNamespaces) {
        std::vector<Datum> row;
        for (const std::string& column : rows.columns)
            row.push_back(column.ends_with("name") ? Datum::systemObjectName()
                                                   : Datum::systemName());
        row[namespaceColumn] = namespaceOf(std::string(name));
        row.push_back(Datum::systemName());
        rows.rows.push_back(std::move(row));
    }
}

/// Makes the rows of each catalog out of a Schema.
class CatalogRows
{
public:
    explicit CatalogRows(CatalogTables& tables)
        : m_tables(tables)
        , m_schema(tables.m_schema)
    {}

    std::optional<Rows> of(std::string_view schemaName, std::string_view name);

private:
    using Row = std::vector<Datum>;

    /// One of the objects that pg_class lists.
    struct Relation
    {
        QualifiedName name;
        char kind = 'r';
        const Table* table = nullptr;
        const View* view = nullptr;
    };

    /// One key of pg_constraint.
    struct Constraint
    {
        QualifiedName table;
        std::string name;
        char type = 'c';
        std::vector<std::string> columns;
        QualifiedName target;
        std::vector<std::string> targetColumns;
        bool validated = true;
        bool deferrable = false;
        bool deferred = false;
        std::string definition;
    };

    /// An index, those behind keys included.
    struct IndexRow
    {
        QualifiedName table;
        std::string name;
        bool unique = false;
        bool primary = false;
        bool valid = true;
        std::string definition;
    };

    std::vector<Relation> relations() const;
    std::vector<Constraint> constraints() const;
    std::vector<IndexRow> indexes() const;
    std::vector<std::string> namespaces() const;

    Datum relationObject(const QualifiedName& name)
    {
        return m_tables.object(CatalogTables::Class::Relation, name);
    }

    Datum namespaceObject(const std::string& name) { return m_tables.namespaceObject(name); }

    Rows schemata();
    Rows informationTables();
    Rows informationColumns();
    Rows tableConstraints();
    Rows keyColumnUsage();
    Rows constraintColumnUsage();
    Rows informationViews();
    Rows informationSequences();
    Rows informationTriggers();
    Rows informationRoutines();
    Rows pgNamespace();
    Rows pgClass();
    Rows pgType();
    Rows pgEnum();
    Rows pgAttribute();
    Rows pgConstraint();
    Rows pgIndex();
    Rows pgIndexes();
    Rows pgTables();
    Rows pgViews();
    Rows pgMatviews();
    Rows pgSequences();
    Rows pgExtension();
    Rows pgTrigger();
    Rows pgPolicies();
    Rows pgProc();

    CatalogTables& m_tables;
    const Schema& m_schema;
};

/// Whether an index of that name stands on `table`; one that backs a key included.
bool hasIndex(const Table& table, std::string_view name);

} // namespace sightglass::question
