// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/postgres/rows.h"
#include "core/schema/schema.h"

#include <cstddef>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

namespace sightglass {

/// Puts the answers of catalog queries together to a Schema. Relations and their columns come
/// first; the rest in any order. Each function reads the columns of the query of that name in
/// catalog_queries.
class SchemaBuilder
{
public:
    explicit SchemaBuilder(int serverVersion)
        : m_serverVersion(serverVersion)
    {}

    void addNamespaces(const Rows& rows);
    void addRelations(const Rows& rows);
    void addColumns(const Rows& rows);
    void addParents(const Rows& rows);
    void addConstraints(const Rows& rows);
    void addIndexes(const Rows& rows);
    void addComments(const Rows& rows);
    void addTriggers(const Rows& rows);
    void addPolicies(const Rows& rows);
    void addViews(const Rows& rows);
    void addEnums(const Rows& rows);
    void addDomains(const Rows& rows);
    void addSequences(const Rows& rows);
    void addFunctions(const Rows& rows);
    void addExtensions(const Rows& rows);
    void addMembers(const Rows& rows);
    void addSizes(const Rows& rows);

    std::size_t relationCount() const { return m_relations.size(); }

    /// Sequences whose start and increment this role may not read (before PostgreSQL 10).
    std::size_t unreadSequences() const { return m_unreadSequences; }

    /// Relations among `oids`, by name.
    std::vector<QualifiedName> namesOf(const std::vector<Oid>& oids) const;

    /// Everything put together, sorted; the builder is empty afterwards.
    Schema finish();

private:
    struct Relation
    {
        QualifiedName name;
        std::shared_ptr<Table> table; ///< one of the two
        std::shared_ptr<View> view;
        bool partition = false;
        std::vector<std::size_t> columnByNumber; ///< attnum → index into the columns, plus one

        std::vector<Column>& columns() { return table ? table->columns : view->columns; }

        std::vector<Index>& indexes() { return table ? table->indexes : view->indexes; }
    };

    struct IndexPlace
    {
        Oid relation = 0;
        std::size_t position = 0; ///< among the relation's indexes
    };

    struct KeyPlace
    {
        Oid relation = 0;
        std::string name;
        bool primary = false;
    };

    Relation* relation(Oid oid);
    std::string columnName(const Relation& relation, int number) const;
    std::vector<std::string> columnNames(Oid relation, std::string_view numbers);
    void addConstraint(const Row& row, Relation& relation);
    void addKey(const Row& row, Relation& relation);
    void addForeignKey(const Row& row, Relation& relation);
    void
    completeKey(const KeyPlace& place, std::vector<std::string> include, bool nullsNotDistinct);
    void addFreeIndex(const Row& row, Relation& relation);
    std::string extensionOf(char kind, Oid oid) const;
    void finishRelations(Schema& schema);

    int m_serverVersion;
    std::size_t m_unreadSequences = 0;
    std::unordered_map<Oid, Relation> m_relations;
    std::unordered_map<Oid, KeyPlace> m_keyByIndex;
    std::unordered_map<Oid, IndexPlace> m_indexes;
    std::unordered_map<Oid, Oid> m_relationOfConstraint;
    std::unordered_map<std::uint64_t, std::string> m_extensions; ///< by kind and oid of a member
    std::unordered_map<Oid, std::shared_ptr<EnumType>> m_enums;
    std::unordered_map<Oid, std::shared_ptr<Domain>> m_domains;
    std::unordered_map<Oid, std::shared_ptr<Sequence>> m_sequences;
    std::unordered_map<Oid, std::shared_ptr<Function>> m_functions;
    std::unordered_map<Oid, std::vector<CheckConstraint>> m_domainChecks;
    Schema m_schema;
};

} // namespace sightglass
