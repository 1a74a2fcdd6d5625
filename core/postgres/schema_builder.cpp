// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/postgres/schema_builder.h"

#include "core/postgres/index_definition.h"

#include <algorithm>

namespace sightglass {

namespace {

std::string referentialAction(char letter)
{
    switch (letter) {
    case 'r':
        return "RESTRICT";
    case 'c':
        return "CASCADE";
    case 'n':
        return "SET NULL";
    case 'd':
        return "SET DEFAULT";
    default:
        return {};
    }
}

TableKind kindOf(char letter, bool partition)
{
    if (letter == 'p')
        return TableKind::PartitionedTable;
    if (letter == 'f')
        return TableKind::ForeignTable;
    return partition ? TableKind::Partition : TableKind::Table;
}

std::string_view policyCommand(char letter)
{
    switch (letter) {
    case 'r':
        return "SELECT";
    case 'a':
        return "INSERT";
    case 'w':
        return "UPDATE";
    case 'd':
        return "DELETE";
    default:
        return "ALL";
    }
}

} // namespace

SchemaBuilder::Relation* SchemaBuilder::relation(Oid oid)
{
    const auto found = m_relations.find(oid);
    return found == m_relations.end() ? nullptr : &found->second;
}

std::string SchemaBuilder::columnName(const Relation& relation, int number) const
{
    const auto index = static_cast<std::size_t>(number);
    if (number <= 0 || index >= relation.columnByNumber.size() ||
        relation.columnByNumber[index] == 0)
        return {};
    const auto& columns = relation.table ? relation.table->columns : relation.view->columns;
    return columns[relation.columnByNumber[index] - 1].name;
}

std::vector<std::string> SchemaBuilder::columnNames(Oid oid, std::string_view numbers)
{
    std::vector<std::string> names;
    const Relation* const found = relation(oid);
    if (found == nullptr)
        return names;
    for (const int number : numbersOf(numbers))
        names.push_back(columnName(*found, number));
    return names;
}

void SchemaBuilder::addNamespaces(const Rows& rows)
{
    for (std::size_t i = 0; i < rows.size(); ++i)
        m_schema.namespaces.insert(Row(rows, i).text(0));
}

void SchemaBuilder::addRelations(const Rows& rows)
{
    m_relations.reserve(rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const Row row(rows, i);
        Relation added{.name = {.schema = row.text(1), .name = row.text(2)},
                       .partition = row.flag(9)};
        const char kind = row.letter(3);
        if (kind == 'v' || kind == 'm') {
            added.view =
                std::make_shared<View>(View{.name = added.name, .materialized = kind == 'm'});
        } else {
            added.table = std::make_shared<Table>(
                Table{.name = added.name, .kind = kindOf(kind, added.partition)});
            Table& table = *added.table;
            table.unlogged = row.letter(4) == 'u';
            table.rowSecurity = row.flag(7);
            table.owner = row.text(8);
            table.partitionBound = row.text(10);
            table.partitionKey = row.text(11);
            // Before 14 a table that was never analysed says 0 rows in 0 pages.
            const std::int64_t tuples = row.number(5);
            const bool known =
                m_serverVersion >= 140000 ? tuples >= 0 : tuples > 0 || row.number(6) > 0;
            if (known)
                table.rowEstimate = tuples;
        }
        m_relations.emplace(row.oid(0), std::move(added));
    }
}

void SchemaBuilder::addColumns(const Rows& rows)
{
    Relation* current = nullptr;
    Oid currentOid = 0;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const Row row(rows, i);
        if (const Oid oid = row.oid(0); current == nullptr || oid != currentOid) {
            current = relation(oid);
            currentOid = oid;
        }
        if (current == nullptr)
            continue;
        auto& columns = current->columns();
        Column& column = columns.emplace_back();
        column.name = row.text(2);
        column.type = row.text(3);
        column.nullable = !row.flag(4);
        const char generated = row.letter(7);
        if (generated == 's' || generated == 'v') {
            column.generated = row.optionalText(5);
            column.generatedVirtual = generated == 'v';
        } else {
            column.defaultExpression = row.optionalText(5);
        }
        if (const char identity = row.letter(6); identity == 'a' || identity == 'd')
            column.identity = Identity{.always = identity == 'a'};
        column.collation = row.text(8);
        const auto number = static_cast<std::size_t>(row.number(1));
        current->columnByNumber.resize(std::max(current->columnByNumber.size(), number + 1));
        current->columnByNumber[number] = columns.size();
    }
}

void SchemaBuilder::addParents(const Rows& rows)
{
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const Row row(rows, i);
        Relation* const child = relation(row.oid(0));
        const Relation* const parent = relation(row.oid(1));
        if (child == nullptr || parent == nullptr || !child->table)
            continue;
        if (child->partition)
            child->table->partitionOf = parent->name;
        else
            child->table->inherits.push_back(parent->name);
    }
}

void SchemaBuilder::addKey(const Row& row, Relation& relation)
{
    KeyConstraint key{.name = row.text(3),
                      .columns = columnNames(row.oid(1), row.view(9)),
                      .deferrable = row.flag(5),
                      .initiallyDeferred = row.flag(6),
                      .withoutOverlaps = row.flag(18)};
    const bool primary = row.letter(4) == 'p';
    m_keyByIndex[row.oid(15)] = {.relation = row.oid(1), .name = key.name, .primary = primary};
    if (primary)
        relation.table->primaryKey = std::move(key);
    else
        relation.table->uniques.push_back(std::move(key));
}

void SchemaBuilder::addForeignKey(const Row& row, Relation& owner)
{
    // Towards a partitioned table PostgreSQL keeps one more row for each of its partitions.
    const auto parent = m_relationOfConstraint.find(row.oid(17));
    if (parent != m_relationOfConstraint.end() && parent->second == row.oid(1))
        return;
    ForeignKey key{.name = row.text(3),
                   .columns = columnNames(row.oid(1), row.view(9)),
                   .targetColumns = columnNames(row.oid(11), row.view(10)),
                   .onDelete = referentialAction(row.letter(13)),
                   .onUpdate = referentialAction(row.letter(12)),
                   .deferrable = row.flag(5),
                   .initiallyDeferred = row.flag(6),
                   .validated = row.flag(7),
                   .enforced = row.flag(19),
                   .period = row.flag(18)};
    if (const Relation* const target = relation(row.oid(11)); target != nullptr)
        key.target = target->name;
    if (const char match = row.letter(14); match == 'f' || match == 'p')
        key.match = match == 'f' ? "FULL" : "PARTIAL";
    owner.table->foreignKeys.push_back(std::move(key));
}

void SchemaBuilder::addConstraint(const Row& row, Relation& owner)
{
    switch (row.letter(4)) {
    case 'p':
    case 'u':
        addKey(row, owner);
        break;
    case 'f':
        addForeignKey(row, owner);
        break;
    case 'c':
        owner.table->checks.push_back({.name = row.text(3),
                                       .expression = row.text(16),
                                       .validated = row.flag(7),
                                       .noInherit = row.flag(8),
                                       .enforced = row.flag(19)});
        break;
    case 'x':
        owner.table->exclusions.push_back({.name = row.text(3), .definition = row.text(16)});
        break;
    default:
        break;
    }
}

void SchemaBuilder::addConstraints(const Rows& rows)
{
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const Row row(rows, i);
        m_relationOfConstraint[row.oid(0)] = row.oid(1);
    }
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const Row row(rows, i);
        Relation* const owner = relation(row.oid(1));
        if (owner != nullptr && owner->table)
            addConstraint(row, *owner);
        else if (row.oid(2) != 0 && row.letter(4) == 'c')
            m_domainChecks[row.oid(2)].push_back(
                {.name = row.text(3), .expression = row.text(16), .validated = row.flag(7)});
    }
}

void SchemaBuilder::completeKey(const KeyPlace& place,
                                std::vector<std::string> include,
                                bool nullsNotDistinct)
{
    Relation* const owner = relation(place.relation);
    if (owner == nullptr || !owner->table)
        return;
    KeyConstraint* key = owner->table->primaryKey ? &*owner->table->primaryKey : nullptr;
    if (!place.primary) {
        auto& uniques = owner->table->uniques;
        const auto found = std::ranges::find(uniques, place.name, &KeyConstraint::name);
        key = found == uniques.end() ? nullptr : &*found;
    }
    if (key == nullptr)
        return;
    key->include = std::move(include);
    key->nullsNotDistinct = nullsNotDistinct;
}

void SchemaBuilder::addFreeIndex(const Row& row, Relation& owner)
{
    const std::string definition = row.text(10);
    IndexDefinitionParts parts = readIndexDefinition(definition);
    m_indexes[row.oid(0)] = {.relation = row.oid(1), .position = owner.indexes().size()};
    owner.indexes().push_back({.name = row.text(2),
                               .unique = row.flag(3),
                               .method = row.text(8),
                               .columns = std::move(parts.keys),
                               .include = std::move(parts.include),
                               .predicate = std::move(parts.predicate),
                               .valid = row.flag(4),
                               .nullsNotDistinct = row.flag(7),
                               .definition = definition});
}

void SchemaBuilder::addIndexes(const Rows& rows)
{
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const Row row(rows, i);
        Relation* const owner = relation(row.oid(1));
        if (owner == nullptr)
            continue;
        if (!row.flag(9)) {
            addFreeIndex(row, *owner);
            continue;
        }
        const auto key = m_keyByIndex.find(row.oid(0));
        if (key == m_keyByIndex.end())
            continue;
        const auto numbers = numbersOf(row.view(5));
        std::vector<std::string> include;
        for (auto n = static_cast<std::size_t>(row.number(6)); n < numbers.size(); ++n)
            include.push_back(columnName(*owner, numbers[n]));
        completeKey(key->second, std::move(include), row.flag(7));
    }
}

void SchemaBuilder::addComments(const Rows& rows)
{
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const Row row(rows, i);
        Relation* const owner = relation(row.oid(0));
        const auto number = static_cast<std::size_t>(row.number(1));
        if (owner == nullptr)
            continue;
        if (number == 0 && owner->table)
            owner->table->comment = row.text(2);
        else if (number > 0 && number < owner->columnByNumber.size() &&
                 owner->columnByNumber[number] > 0)
            owner->columns()[owner->columnByNumber[number] - 1].comment = row.text(2);
    }
}

void SchemaBuilder::addTriggers(const Rows& rows)
{
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const Row row(rows, i);
        Relation* const owner = relation(row.oid(0));
        if (owner != nullptr && owner->table)
            owner->table->triggers.push_back(
                {.name = row.text(1), .definition = row.text(3), .enabled = row.letter(2) != 'D'});
    }
}

void SchemaBuilder::addPolicies(const Rows& rows)
{
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const Row row(rows, i);
        Relation* const owner = relation(row.oid(0));
        if (owner != nullptr && owner->table)
            owner->table->policies.push_back({.name = row.text(1),
                                              .command = std::string(policyCommand(row.letter(2))),
                                              .permissive = row.flag(3),
                                              .roles = arrayElements(row.view(4)),
                                              .usingExpression = row.text(5),
                                              .checkExpression = row.text(6)});
    }
}

void SchemaBuilder::addViews(const Rows& rows)
{
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const Row row(rows, i);
        Relation* const owner = relation(row.oid(0));
        if (owner != nullptr && owner->view)
            owner->view->definition = row.text(1);
    }
}

void SchemaBuilder::addSizes(const Rows& rows)
{
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const Row row(rows, i);
        if (row.isNull(1)) // dropped in this moment
            continue;
        if (Relation* const owner = relation(row.oid(0)); owner != nullptr && owner->table)
            owner->table->bytes = row.number(1);
        const auto index = m_indexes.find(row.oid(0));
        if (index == m_indexes.end())
            continue;
        if (Relation* const owner = relation(index->second.relation); owner != nullptr)
            owner->indexes()[index->second.position].bytes = row.number(1);
    }
}

std::vector<QualifiedName> SchemaBuilder::namesOf(const std::vector<Oid>& oids) const
{
    std::vector<QualifiedName> names;
    for (const Oid oid : oids) {
        if (const auto found = m_relations.find(oid); found != m_relations.end())
            names.push_back(found->second.name);
    }
    std::ranges::sort(names);
    return names;
}

} // namespace sightglass
