// SPDX-License-Identifier: GPL-3.0-or-later
//
// Types, sequences, functions and extensions, and the end of a build.
#include "core/postgres/schema_builder.h"

#include <algorithm>

namespace sightglass {

namespace {

template <typename List>
void sortByName(List& list)
{
    std::ranges::sort(
        list, {}, [](const auto& element) -> const std::string& { return element.name; });
}

/// An oid is unique within one catalog only.
std::uint64_t memberKey(char kind, Oid oid)
{
    return std::uint64_t{static_cast<unsigned char>(kind)} << 32U | oid;
}

std::string functionKind(char letter)
{
    switch (letter) {
    case 'p':
        return "procedure";
    case 'a':
        return "aggregate";
    case 'w':
        return "window";
    default:
        return "function";
    }
}

} // namespace

void SchemaBuilder::addEnums(const Rows& rows)
{
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const Row row(rows, i);
        auto& type = m_enums[row.oid(0)];
        if (!type)
            type = std::make_shared<EnumType>(
                EnumType{.name = {.schema = row.text(1), .name = row.text(2)}});
        if (!row.isNull(3))
            type->labels.push_back(row.text(3));
    }
}

void SchemaBuilder::addDomains(const Rows& rows)
{
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const Row row(rows, i);
        m_domains[row.oid(0)] =
            std::make_shared<Domain>(Domain{.name = {.schema = row.text(1), .name = row.text(2)},
                                            .type = row.text(3),
                                            .nullable = !row.flag(4),
                                            .defaultExpression = row.optionalText(5)});
    }
}

void SchemaBuilder::addSequences(const Rows& rows)
{
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const Row row(rows, i);
        Sequence sequence{.name = {.schema = row.text(1), .name = row.text(2)},
                          .type = row.text(3)};
        if (row.isNull(4)) {
            ++m_unreadSequences;
        } else {
            sequence.start = row.number(4);
            sequence.increment = row.number(5);
        }
        Relation* const owner = row.isNull(6) ? nullptr : relation(row.oid(6));
        const std::string column =
            owner == nullptr ? std::string() : columnName(*owner, static_cast<int>(row.number(7)));
        if (owner != nullptr && row.letter(8) == 'i') {
            const auto found = std::ranges::find(owner->columns(), column, &Column::name);
            if (found != owner->columns().end() && found->identity) {
                found->identity->start = sequence.start;
                found->identity->increment = sequence.increment;
                continue;
            }
        }
        if (owner != nullptr) {
            sequence.ownerTable = owner->name;
            sequence.ownerColumn = column;
        }
        m_sequences[row.oid(0)] = std::make_shared<Sequence>(std::move(sequence));
    }
}

void SchemaBuilder::addFunctions(const Rows& rows)
{
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const Row row(rows, i);
        const std::string kind = functionKind(row.letter(6));
        m_functions[row.oid(0)] = std::make_shared<Function>(
            Function{.name = {.schema = row.text(1), .name = row.text(2)},
                     .arguments = row.text(3),
                     .result = row.text(4),
                     .language = row.text(5),
                     .kind = kind,
                     .body = kind == "aggregate" ? std::string() : row.text(7)});
    }
}

void SchemaBuilder::addExtensions(const Rows& rows)
{
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const Row row(rows, i);
        m_schema.extensions[row.text(0)] = {
            .name = row.text(0), .schema = row.text(1), .version = row.text(2)};
    }
}

void SchemaBuilder::addMembers(const Rows& rows)
{
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const Row row(rows, i);
        m_extensions[memberKey(row.letter(0), row.oid(1))] = row.text(2);
    }
}

std::string SchemaBuilder::extensionOf(char kind, Oid oid) const
{
    const auto found = m_extensions.find(memberKey(kind, oid));
    return found == m_extensions.end() ? std::string() : found->second;
}

void SchemaBuilder::finishRelations(Schema& schema)
{
    for (auto& [oid, relation] : m_relations) {
        sortByName(relation.indexes());
        if (relation.view) {
            relation.view->extension = extensionOf('r', oid);
            schema.views[relation.name] = std::move(relation.view);
            continue;
        }
        Table& table = *relation.table;
        table.extension = extensionOf('r', oid);
        sortByName(table.uniques);
        sortByName(table.foreignKeys);
        sortByName(table.checks);
        sortByName(table.exclusions);
        sortByName(table.triggers);
        sortByName(table.policies);
        schema.tables[relation.name] = std::move(relation.table);
    }
}

Schema SchemaBuilder::finish()
{
    Schema schema = std::move(m_schema);
    finishRelations(schema);
    for (auto& [oid, type] : m_enums) {
        type->extension = extensionOf('t', oid);
        const QualifiedName name = type->name;
        schema.enums[name] = std::move(type);
    }
    for (auto& [oid, domain] : m_domains) {
        domain->extension = extensionOf('t', oid);
        if (const auto checks = m_domainChecks.find(oid); checks != m_domainChecks.end())
            domain->checks = std::move(checks->second);
        sortByName(domain->checks);
        const QualifiedName name = domain->name;
        schema.domains[name] = std::move(domain);
    }
    for (auto& [oid, sequence] : m_sequences) {
        sequence->extension = extensionOf('r', oid);
        const QualifiedName name = sequence->name;
        schema.sequences[name] = std::move(sequence);
    }
    for (auto& [oid, function] : m_functions) {
        function->extension = extensionOf('f', oid);
        const auto key = std::pair(function->name, function->arguments);
        schema.functions[key] = std::move(function);
    }
    *this = SchemaBuilder(m_serverVersion);
    return schema;
}

} // namespace sightglass
