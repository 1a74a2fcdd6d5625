// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rebuild/undo_operation.h"

#include "core/rebuild/schema_way_back.h"

namespace sightglass {

namespace {

using undo::constraintName;
using undo::hasConstraint;
using undo::named;
using undo::takeConstraint;
using undo::takeNamed;
using undo::whole;

class Undo : public undo::SchemaOnItsWayBack
{
public:
    using SchemaOnItsWayBack::SchemaOnItsWayBack;

    /// What has no overload below leaves no trace in a schema.
    template <typename T>
    void operator()(const T&)
    {}

    void operator()(const change::CreateTable& it)
    {
        if (!it.temporary)
            run(change::DropTable{.table = whole(it.table), .ifExists = true, .cascade = true});
    }

    void operator()(const change::DropTable& it) { restoreTable(whole(it.table)); }

    void operator()(const change::RenameTable& it)
    {
        const QualifiedName name = whole(it.table);
        run(change::RenameTable{.table = {name.schema, it.newName}, .newName = name.name});
    }

    void operator()(const change::SetTableSchema& it)
    {
        const QualifiedName name = whole(it.table);
        run(change::SetTableSchema{.table = {it.newSchema, name.name}, .newSchema = name.schema});
    }

    void operator()(const change::AddColumn& it)
    {
        run(change::DropColumn{
            .table = whole(it.table), .column = it.column.name, .ifExists = true, .cascade = true});
    }

    void operator()(const change::DropColumn& it) { restoreColumn(whole(it.table), it.column); }

    void operator()(const change::RenameColumn& it)
    {
        run(change::RenameColumn{
            .table = whole(it.table), .column = it.newName, .newName = it.column});
    }

    void operator()(const change::SetColumnType& it)
    {
        const Column* old = sourceColumn(whole(it.table), it.column);
        if (old == nullptr && !it.statedType)
            return;
        run(change::SetColumnType{.table = whole(it.table),
                                  .column = it.column,
                                  .type = old == nullptr ? *it.statedType : SqlText(old->type),
                                  .collation = old == nullptr ? std::string() : old->collation});
    }

    void operator()(const change::SetNotNull& it)
    {
        const Column* old = sourceColumn(whole(it.table), it.column);
        editColumn(whole(it.table), it.column, [&](Column& column) {
            column.nullable = old == nullptr || old->nullable;
        });
    }

    void operator()(const change::DropNotNull& it)
    {
        const Column* old = sourceColumn(whole(it.table), it.column);
        editColumn(whole(it.table), it.column, [&](Column& column) {
            column.nullable = old != nullptr && old->nullable;
        });
    }

    void operator()(const change::SetDefault& it) { takeBackDefault(it.table, it.column); }

    void operator()(const change::DropDefault& it) { takeBackDefault(it.table, it.column); }

    void operator()(const change::AddIdentity& it) { takeBackIdentity(it.table, it.column); }

    void operator()(const change::SetIdentity& it) { takeBackIdentity(it.table, it.column); }

    void operator()(const change::DropIdentity& it) { takeBackIdentity(it.table, it.column); }

    void operator()(const change::DropGenerated& it)
    {
        if (const Column* old = sourceColumn(whole(it.table), it.column))
            editColumn(whole(it.table), it.column, [&](Column& column) {
                column.generated = old->generated;
            });
    }

    void operator()(const change::AddConstraint& it)
    {
        const Table* table = m_schema.table(whole(it.table));
        const std::string name = table == nullptr ? "" : constraintName(*table, it.constraint);
        if (!name.empty())
            run(change::DropConstraint{
                .table = whole(it.table), .name = name, .ifExists = true, .cascade = true});
    }

    void operator()(const change::DropConstraint& it)
    {
        const QualifiedName name = whole(it.table);
        for (const Schema* source : m_sources) {
            const Table* old = source->table(name);
            if (old == nullptr || !hasConstraint(*old, it.name))
                continue;
            editTable(name, [&](Table& table) { takeConstraint(*old, it.name, table); });
            return;
        }
    }

    void operator()(const change::RenameConstraint& it)
    {
        run(change::RenameConstraint{
            .table = whole(it.table), .name = it.newName, .newName = it.name});
    }

    void operator()(const change::ValidateConstraint& it)
    {
        editTable(whole(it.table), [&](Table& table) {
            if (const auto key = named(table.foreignKeys, it.name); key != table.foreignKeys.end())
                key->validated = false;
            if (const auto check = named(table.checks, it.name); check != table.checks.end())
                check->validated = false;
        });
    }

    void operator()(const change::CreateIndex& it)
    {
        const QualifiedName table = whole(it.index.table);
        std::string name = it.index.name;
        if (name.empty())
            name = unnamedIndex(table, it.index);
        if (!name.empty())
            run(change::DropIndex{
                .index = {table.schema, name}, .ifExists = true, .cascade = true});
    }

    void operator()(const change::DropIndex& it)
    {
        for (const Schema* source : m_sources) {
            for (const auto& [name, old] : source->tables) {
                if (m_schema.table(name) == nullptr || name.schema != whole(it.index).schema ||
                    named(old->indexes, it.index.name) == old->indexes.end())
                    continue;
                editTable(name, [&, &from = old->indexes](Table& table) {
                    takeNamed(from, it.index.name, table.indexes);
                });
                return;
            }
        }
    }

    void operator()(const change::RenameIndex& it)
    {
        const QualifiedName name = whole(it.index);
        run(change::RenameIndex{.index = {name.schema, it.newName}, .newName = name.name});
    }

    void operator()(const change::SetComment& it)
    {
        const QualifiedName name = whole(it.name);
        const Table* old = sourceTable(name);
        if (it.kind == "table")
            editTable(name, [&](Table& table) { table.comment = old ? old->comment : ""; });
        const Column* oldColumn = sourceColumn(name, it.part);
        if (it.kind == "column")
            editColumn(name, it.part, [&](Column& column) {
                column.comment = oldColumn ? oldColumn->comment : "";
            });
    }

    void operator()(const change::AlterTableOption& it)
    {
        const Table* old = sourceTable(whole(it.table));
        if (!it.rowSecurity && !it.unlogged)
            return;
        editTable(whole(it.table), [&](Table& table) {
            if (it.rowSecurity)
                table.rowSecurity = old ? old->rowSecurity : !*it.rowSecurity;
            if (it.unlogged)
                table.unlogged = old ? old->unlogged : !*it.unlogged;
        });
    }

    void operator()(const change::CreateEnum& it) { dropType(whole(it.type)); }

    void operator()(const change::CreateType& it) { dropType(whole(it.type)); }

    void operator()(const change::CreateDomain& it) { m_schema.domains.erase(whole(it.domain)); }

    void operator()(const change::DropType& it)
    {
        restore(&Schema::enums, whole(it.type));
        restore(&Schema::domains, whole(it.type));
    }

    void operator()(const change::AlterDomain& it) { restore(&Schema::domains, whole(it.domain)); }

    void operator()(const change::AddEnumLabel& it)
    {
        editEnum(whole(it.type), [&](EnumType& type) { std::erase(type.labels, it.label); });
    }

    void operator()(const change::RenameEnumLabel& it)
    {
        editEnum(whole(it.type),
                 [&](EnumType& type) { std::ranges::replace(type.labels, it.newLabel, it.label); });
    }

    void operator()(const change::RenameType& it)
    {
        const QualifiedName name = whole(it.type);
        run(change::RenameType{.type = {name.schema, it.newName}, .newName = name.name});
    }

    void operator()(const change::SetTypeSchema& it)
    {
        const QualifiedName name = whole(it.type);
        run(change::SetTypeSchema{.type = {it.newSchema, name.name}, .newSchema = name.schema});
    }

    void operator()(const change::CreateSequence& it)
    {
        m_schema.sequences.erase(whole(it.sequence));
    }

    void operator()(const change::AlterSequence& it)
    {
        restore(&Schema::sequences, whole(it.sequence));
    }

    void operator()(const change::DropSequence& it)
    {
        restore(&Schema::sequences, whole(it.sequence));
    }

    void operator()(const change::RenameSequence& it)
    {
        const QualifiedName name = whole(it.sequence);
        run(change::RenameSequence{.sequence = {name.schema, it.newName}, .newName = name.name});
    }

    void operator()(const change::CreateSchema& it) { m_schema.namespaces.erase(it.schema); }

    void operator()(const change::DropSchema& it) { m_schema.namespaces.insert(it.schema); }

    void operator()(const change::RenameSchema& it)
    {
        run(change::RenameSchema{.schema = it.newName, .newName = it.schema});
    }

    void operator()(const change::CreateExtension& it) { m_schema.extensions.erase(it.extension); }

    void operator()(const change::DropExtension& it)
    {
        for (const Schema* source : m_sources) {
            const auto found = source->extensions.find(it.extension);
            if (found != source->extensions.end())
                m_schema.extensions.insert(*found);
        }
    }

    void operator()(const change::CreateView& it) { takeBack(&Schema::views, whole(it.view)); }

    void operator()(const change::DropView& it) { restore(&Schema::views, whole(it.view)); }

    void operator()(const change::RenameView& it)
    {
        const QualifiedName name = whole(it.view);
        run(change::RenameView{.view = {name.schema, it.newName},
                               .newName = name.name,
                               .materialized = it.materialized});
    }

    void operator()(const change::CreateFunction& it) { takeBackFunctions(whole(it.function)); }

    void operator()(const change::DropFunction& it) { takeBackFunctions(whole(it.function)); }

    void operator()(const change::CreateTrigger& it) { takeBackTrigger(it.table, it.trigger); }

    void operator()(const change::DropTrigger& it) { takeBackTrigger(it.table, it.trigger); }

    void operator()(const change::RenameTrigger& it)
    {
        run(change::RenameTrigger{
            .table = whole(it.table), .trigger = it.newName, .newName = it.trigger});
    }

    void operator()(const change::CreatePolicy& it) { takeBackPolicy(it.table, it.policy.name); }

    void operator()(const change::DropPolicy& it) { takeBackPolicy(it.table, it.policy); }

    void operator()(const change::AlterPolicy& it) { takeBackPolicy(it.table, it.policy); }
};

} // namespace

Schema
withoutOperation(const Schema& schema, const Operation& operation, const EarlierSources& sources)
{
    Undo undo(schema, sources);
    std::visit(undo, static_cast<const AnyChange&>(operation.change));
    return undo.result();
}

} // namespace sightglass
