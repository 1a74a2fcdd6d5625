// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rebuild/undo_operation.h"

#include "core/replay/replay.h"

#include <algorithm>
#include <optional>
#include <utility>

namespace sightglass {

namespace {

QualifiedName whole(const QualifiedName& name)
{
    return {name.schema.empty() ? "public" : name.schema, name.name};
}

template <typename T>
auto named(T& items, const std::string& name)
{
    return std::ranges::find_if(items, [&](const auto& each) { return each.name == name; });
}

/// Puts what `from` has under a name into `items`, sorted by name; gives whether it has it.
template <typename T>
bool takeNamed(const std::vector<T>& from, const std::string& name, std::vector<T>& items)
{
    const auto found = named(from, name);
    if (found == from.end())
        return false;
    std::erase_if(items, [&](const T& each) { return each.name == name; });
    items.insert(std::ranges::lower_bound(items, name, {}, &T::name), *found);
    return true;
}

bool hasConstraint(const Table& table, const std::string& name)
{
    return (table.primaryKey && table.primaryKey->name == name) ||
           named(table.uniques, name) != table.uniques.end() ||
           named(table.foreignKeys, name) != table.foreignKeys.end() ||
           named(table.checks, name) != table.checks.end() ||
           named(table.exclusions, name) != table.exclusions.end();
}

bool takeConstraint(const Table& from, const std::string& name, Table& table)
{
    if (from.primaryKey && from.primaryKey->name == name) {
        table.primaryKey = from.primaryKey;
        return true;
    }
    return takeNamed(from.uniques, name, table.uniques) ||
           takeNamed(from.foreignKeys, name, table.foreignKeys) ||
           takeNamed(from.checks, name, table.checks) ||
           takeNamed(from.exclusions, name, table.exclusions);
}

/// The name that a constraint has in the table, where the operation gives none.
std::string constraintName(const Table& table, const ConstraintDefinition& made)
{
    using Kind = ConstraintDefinition::Kind;
    if (!made.name.empty())
        return made.name;
    if (made.kind == Kind::PrimaryKey)
        return table.primaryKey ? table.primaryKey->name : std::string();
    const auto hasColumns = [&](const auto& each) { return each.columns == made.columns; };
    if (made.kind == Kind::Unique) {
        const auto found = std::ranges::find_if(table.uniques, hasColumns);
        return found == table.uniques.end() ? std::string() : found->name;
    }
    if (made.kind != Kind::ForeignKey)
        return {};
    const auto found = std::ranges::find_if(table.foreignKeys, hasColumns);
    return found == table.foreignKeys.end() ? std::string() : found->name;
}

class Undo
{
public:
    Undo(const Schema& schema, const EarlierSources& sources)
        : m_schema(schema)
        , m_sources(sources)
    {}

    Schema result() { return std::move(m_schema); }

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

private:
    void run(Change change)
    {
        Replay replay(m_schema);
        // A refusal leaves it as it was; running the revision again then tells.
        replay.apply(Operation{.change = std::move(change), .span = {}});
        m_schema = replay.schema();
    }

    template <typename F>
    void editTable(const QualifiedName& name, const F& edit)
    {
        const Table* table = m_schema.table(name);
        if (table == nullptr)
            return;
        Table edited = *table;
        edit(edited);
        m_schema.tables[name] = std::make_shared<const Table>(std::move(edited));
    }

    template <typename F>
    void editColumn(const QualifiedName& name, const std::string& column, const F& edit)
    {
        editTable(name, [&](Table& table) {
            if (const auto found = named(table.columns, column); found != table.columns.end())
                edit(*found);
        });
    }

    template <typename F>
    void editEnum(const QualifiedName& name, const F& edit)
    {
        const auto found = m_schema.enums.find(name);
        if (found == m_schema.enums.end())
            return;
        EnumType edited = *found->second;
        edit(edited);
        m_schema.enums[name] = std::make_shared<const EnumType>(std::move(edited));
    }

    const Table* sourceTable(const QualifiedName& name) const
    {
        for (const Schema* source : m_sources) {
            if (const Table* table = source->table(name))
                return table;
        }
        return nullptr;
    }

    const Column* sourceColumn(const QualifiedName& name, const std::string& column) const
    {
        for (const Schema* source : m_sources) {
            const Table* table = source->table(name);
            if (const Column* found = table == nullptr ? nullptr : table->column(column))
                return found;
        }
        return nullptr;
    }

    template <typename T>
    bool restore(Schema::Objects<T> Schema::*objects, const QualifiedName& name)
    {
        for (const Schema* source : m_sources) {
            const auto found = (source->*objects).find(name);
            if (found == (source->*objects).end())
                continue;
            (m_schema.*objects)[name] = found->second;
            return true;
        }
        return false;
    }

    /// As it was; gone where no source has it.
    template <typename T>
    void takeBack(Schema::Objects<T> Schema::*objects, const QualifiedName& name)
    {
        if (!restore(objects, name))
            (m_schema.*objects).erase(name);
    }

    void restoreTable(const QualifiedName& name)
    {
        if (!restore(&Schema::tables, name))
            return;
        for (const Schema* source : m_sources) {
            for (const auto& [sequenceName, sequence] : source->sequences) {
                if (sequence->ownerTable == name && !m_schema.sequences.contains(sequenceName))
                    m_schema.sequences[sequenceName] = sequence;
            }
        }
    }

    /// The column in its place, with the keys and indexes that went with it.
    void restoreColumn(const QualifiedName& name, const std::string& column)
    {
        for (const Schema* source : m_sources) {
            const Table* old = source->table(name);
            if (old == nullptr || old->column(column) == nullptr)
                continue;
            editTable(name, [&](Table& table) { putColumn(*old, column, table); });
            for (const auto& [sequenceName, sequence] : source->sequences) {
                if (sequence->ownerTable == name && sequence->ownerColumn == column)
                    m_schema.sequences[sequenceName] = sequence;
            }
            return;
        }
    }

    static void putColumn(const Table& old, const std::string& column, Table& table)
    {
        if (table.column(column) != nullptr)
            return;
        auto place = table.columns.begin();
        for (const Column& each : old.columns) {
            if (each.name == column) {
                table.columns.insert(place, each);
                break;
            }
            if (const auto there = named(table.columns, each.name); there != table.columns.end())
                place = std::next(there);
        }
        const auto has = [&](const std::vector<std::string>& columns) {
            return std::ranges::count(columns, column) > 0;
        };
        if (!table.primaryKey && old.primaryKey && has(old.primaryKey->columns))
            table.primaryKey = old.primaryKey;
        for (const KeyConstraint& key : old.uniques) {
            if (has(key.columns))
                takeNamed(old.uniques, key.name, table.uniques);
        }
        for (const ForeignKey& key : old.foreignKeys) {
            if (has(key.columns))
                takeNamed(old.foreignKeys, key.name, table.foreignKeys);
        }
        for (const Index& index : old.indexes) {
            if (has(index.columns))
                takeNamed(old.indexes, index.name, table.indexes);
        }
    }

    std::string unnamedIndex(const QualifiedName& name, const IndexDefinition& made) const
    {
        const Table* table = m_schema.table(name);
        if (table == nullptr)
            return {};
        const auto found = std::ranges::find_if(table->indexes, [&](const Index& index) {
            return std::ranges::equal(index.columns, made.elements, {}, {}, &IndexElement::column);
        });
        return found == table->indexes.end() ? std::string() : found->name;
    }

    void takeBackDefault(const QualifiedName& table, const std::string& column)
    {
        const Column* old = sourceColumn(whole(table), column);
        editColumn(whole(table), column, [&](Column& each) {
            each.defaultExpression = old == nullptr ? std::nullopt : old->defaultExpression;
        });
    }

    void takeBackIdentity(const QualifiedName& table, const std::string& column)
    {
        const Column* old = sourceColumn(whole(table), column);
        editColumn(whole(table), column, [&](Column& each) {
            each.identity = old == nullptr ? std::nullopt : old->identity;
        });
    }

    void dropType(const QualifiedName& name)
    {
        m_schema.enums.erase(name);
        m_schema.domains.erase(name);
    }

    void takeBackFunctions(const QualifiedName& name)
    {
        const auto isIt = [&](const auto& entry) { return entry.first.first == name; };
        std::erase_if(m_schema.functions, isIt);
        for (const Schema* source : m_sources) {
            bool found = false;
            for (const auto& entry : source->functions) {
                if (isIt(entry)) {
                    m_schema.functions.insert(entry);
                    found = true;
                }
            }
            if (found)
                return;
        }
    }

    void takeBackTrigger(const QualifiedName& table, const std::string& trigger)
    {
        const Table* old = sourceTable(whole(table));
        editTable(whole(table), [&](Table& each) {
            std::erase_if(each.triggers, [&](const Trigger& one) { return one.name == trigger; });
            if (old != nullptr)
                takeNamed(old->triggers, trigger, each.triggers);
        });
    }

    void takeBackPolicy(const QualifiedName& table, const std::string& policy)
    {
        const Table* old = sourceTable(whole(table));
        editTable(whole(table), [&](Table& each) {
            std::erase_if(each.policies, [&](const Policy& one) { return one.name == policy; });
            if (old != nullptr)
                takeNamed(old->policies, policy, each.policies);
        });
    }

    Schema m_schema;
    const EarlierSources& m_sources;
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
