// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sql/question_tables.h"

#include "core/sql/question_rows.h"
#include "core/sql/statement_text.h"

#include <algorithm>

namespace sightglass::question {

namespace {

/// The parts of a name as SQL writes it: app.jobs, "Jobs".
std::vector<std::string> partsOf(std::string_view sqlName)
{
    std::vector<std::string> result;
    for (const SqlToken& token : sqlTokens(sqlName)) {
        if (token.isMark('.'))
            continue;
        if (token.kind != SqlTokenKind::Quoted) {
            result.push_back(lowerCase(token.text));
            continue;
        }
        std::string part;
        const std::string_view inner = token.text.substr(1, token.text.size() - 2);
        for (std::size_t i = 0; i < inner.size(); ++i) {
            part += inner[i];
            if (inner[i] == '"')
                ++i;
        }
        result.push_back(std::move(part));
    }
    return result;
}

} // namespace

Datum CatalogTables::object(Class kind, const QualifiedName& name)
{
    const auto [at, added] =
        m_ids.try_emplace({kind, name}, static_cast<std::int64_t>(m_ids.size()) + 1);
    if (added)
        m_names.emplace(at->second, name);
    return {.kind = Datum::Kind::Object, .number = at->second, .text = toSql(name)};
}

Datum CatalogTables::namespaceObject(const std::string& name)
{
    return object(Class::Namespace, {.schema = {}, .name = name});
}

bool CatalogTables::hasRelation(const QualifiedName& name) const
{
    if (m_schema.tables.contains(name) || m_schema.views.contains(name) ||
        m_schema.sequences.contains(name))
        return true;
    for (const auto& [tableName, table] : m_schema.tables) {
        if (tableName.schema == name.schema && hasIndex(*table, name.name))
            return true;
    }
    return std::ranges::any_of(m_schema.views, [&](const auto& view) {
        return view.first.schema == name.schema &&
               std::ranges::any_of(view.second->indexes,
                                   [&](const Index& index) { return index.name == name.name; });
    });
}

std::optional<QualifiedName> CatalogTables::relationNamed(const QualifiedName& name) const
{
    if (!name.schema.empty())
        return hasRelation(name) ? std::optional(name) : std::nullopt;
    for (const std::string& schema : m_searchPath) {
        const QualifiedName candidate{.schema = schema, .name = name.name};
        if (hasRelation(candidate))
            return candidate;
    }
    return std::nullopt;
}

Datum CatalogTables::relation(std::string_view sqlName)
{
    const auto found = relationNamed(nameOfParts(partsOf(sqlName)));
    return found ? object(Class::Relation, *found) : Datum{};
}

std::optional<Datum> CatalogTables::type(std::string_view sqlName)
{
    const QualifiedName name = nameOfParts(partsOf(sqlName));
    const auto has = [&](const QualifiedName& candidate) {
        return m_schema.enums.contains(candidate) || m_schema.domains.contains(candidate) ||
               m_schema.tables.contains(candidate) || m_schema.views.contains(candidate);
    };
    if (!name.schema.empty()) {
        if (has(name))
            return object(Class::Type, name);
    } else {
        for (const std::string& schema : m_searchPath) {
            if (has({.schema = schema, .name = name.name}))
                return object(Class::Type, {.schema = schema, .name = name.name});
        }
    }
    if (maySystemHave(name.name) || m_schema.extensions.contains(name.name))
        return std::nullopt;
    return Datum{};
}

Datum CatalogTables::currentSchema() const
{
    for (const std::string& schema : m_searchPath) {
        if (m_schema.namespaces.contains(schema) || schema == "public")
            return Datum::ofText(schema);
    }
    return {};
}

Datum CatalogTables::currentSchemas(bool implied) const
{
    Datum result{.kind = Datum::Kind::List};
    if (implied)
        result.items.push_back(Datum::ofText("pg_catalog"));
    for (const std::string& schema : m_searchPath) {
        if (m_schema.namespaces.contains(schema) || schema == "public")
            result.items.push_back(Datum::ofText(schema));
    }
    return result;
}

Datum CatalogTables::enumLabels(std::string_view sqlName) const
{
    const QualifiedName name = nameOfParts(partsOf(sqlName));
    std::vector<std::string> path = m_searchPath;
    if (!name.schema.empty())
        path = {name.schema};
    for (const std::string& schema : path) {
        const auto found = m_schema.enums.find(QualifiedName{.schema = schema, .name = name.name});
        if (found == m_schema.enums.end())
            continue;
        Datum result{.kind = Datum::Kind::List};
        for (const std::string& label : found->second->labels)
            result.items.push_back(Datum::ofText(label));
        return result;
    }
    return Datum::unknown("asks for the labels of a type that isn't known");
}

Datum CatalogTables::namespaceNamed(std::string_view sqlName)
{
    const std::vector<std::string> parts = partsOf(sqlName);
    if (parts.size() == 1 && m_schema.namespaces.contains(parts.front()))
        return namespaceObject(parts.front());
    return Datum::unknown("casts to a schema that isn't known");
}

Datum CatalogTables::printedObject(const Datum& object) const
{
    const auto name = m_names.find(object.number);
    if (name == m_names.end() || object.text != toSql(name->second))
        return Datum::unknown("prints an oid");
    if (isVisible(object))
        return Datum::ofText(quotedIdentifier(name->second.name));
    return Datum::ofText(object.text);
}

bool CatalogTables::isVisible(const Datum& object) const
{
    const auto name = m_names.find(object.number);
    return name != m_names.end() &&
           std::ranges::find(m_searchPath, name->second.schema) != m_searchPath.end();
}

std::optional<Rows> CatalogTables::rows(std::string_view schemaName, std::string_view name)
{
    if (auto known = CatalogRows(*this).of(schemaName, name))
        return known;
    return emptyTable({.schema = std::string(schemaName), .name = std::string(name)});
}

std::optional<Rows> CatalogTables::emptyTable(const QualifiedName& name) const
{
    if (!m_isEmpty)
        return std::nullopt;
    const std::optional<QualifiedName> found = relationNamed(name);
    const Table* table = found ? m_schema.table(*found) : nullptr;
    if (table == nullptr || !m_isEmpty(*table))
        return std::nullopt;
    Rows rows;
    for (const Column& column : table->columns)
        rows.columns.push_back(column.name);
    return rows;
}

} // namespace sightglass::question
