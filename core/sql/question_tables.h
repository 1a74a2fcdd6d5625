// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/schema/schema.h"
#include "core/sql/question_values.h"

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sightglass::question {

/// A Schema seen as PostgreSQL's catalogs. Ids are made up and the same in all of them.
///
/// Rows of PostgreSQL's own objects are one stand-in for each system namespace, whose names are
/// Datum::Kind::SystemName: a question that depends on them has no answer.
class CatalogTables
{
public:
    CatalogTables(const Schema& schema,
                  const std::vector<std::string>& searchPath,
                  const std::function<bool(const Table&)>& isEmpty)
        : m_schema(schema)
        , m_searchPath(searchPath)
        , m_isEmpty(isEmpty)
    {}

    /// Absent for a catalog that is not known here, and for a table that may hold rows.
    std::optional<Rows> rows(std::string_view schemaName, std::string_view name);

    /// 'jobs'::regclass; NULL where there is none.
    Datum relation(std::string_view sqlName);
    /// 'status'::regtype, of enums and domains; absent for a name that PostgreSQL itself may have.
    std::optional<Datum> type(std::string_view sqlName);
    /// current_schema(): the first of the search path that exists.
    Datum currentSchema() const;
    /// current_schemas(): those of the search path that exist.
    Datum currentSchemas(bool implied) const;
    /// enum_range(NULL::type).
    Datum enumLabels(std::string_view sqlName) const;
    Datum namespaceNamed(std::string_view sqlName);
    /// A regclass or regtype as text.
    Datum printedObject(const Datum& object) const;
    /// Whether an object is found without its namespace.
    bool isVisible(const Datum& object) const;

private:
    enum class Class
    {
        Namespace,
        Relation,
        Type,
        Constraint,
        Other
    };
    Datum object(Class kind, const QualifiedName& name);
    Datum namespaceObject(const std::string& name);
    std::optional<QualifiedName> relationNamed(const QualifiedName& name) const;
    bool hasRelation(const QualifiedName& name) const;

    std::optional<Rows> emptyTable(const QualifiedName& name) const;

    friend class CatalogRows;

    const Schema& m_schema;
    const std::vector<std::string>& m_searchPath;
    const std::function<bool(const Table&)>& m_isEmpty;
    std::map<std::pair<Class, QualifiedName>, std::int64_t> m_ids;
    std::map<std::int64_t, QualifiedName> m_names;
};

} // namespace sightglass::question
