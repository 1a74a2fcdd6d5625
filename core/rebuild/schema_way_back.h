// SPDX-License-Identifier: GPL-3.0-or-later
// What taking an operation back needs; for undo_operation.cpp alone.
#pragma once

#include "core/rebuild/undo_operation.h"
#include "core/replay/replay.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <utility>

namespace sightglass::undo {

inline QualifiedName whole(const QualifiedName& name)
{
    return {name.schema.empty() ? "public" : name.schema, name.name};
}

/// Of a column that was only taken to exist, nothing is known but its name.
inline bool isKnown(const Column& column)
{
    return !column.type.empty() && column.defaultExpression != "";
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

inline bool hasConstraint(const Table& table, const std::string& name)
{
    return (table.primaryKey && table.primaryKey->name == name) ||
           named(table.uniques, name) != table.uniques.end() ||
           named(table.foreignKeys, name) != table.foreignKeys.end() ||
           named(table.checks, name) != table.checks.end() ||
           named(table.exclusions, name) != table.exclusions.end();
}

inline bool takeConstraint(const Table& from, const std::string& name, Table& table)
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
inline std::string constraintName(const Table& table, const ConstraintDefinition& made)
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

/// A schema on its way back, and where to look for what went.
class SchemaOnItsWayBack
{
public:
    SchemaOnItsWayBack(const Schema& schema, const EarlierSources& sources)
        : m_schema(schema)
        , m_sources(sources)
    {}

    Schema result() { return std::move(m_schema); }

protected:
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
            const Column* found = table == nullptr ? nullptr : table->column(column);
            if (found != nullptr && isKnown(*found))
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
            const Column* lost = old == nullptr ? nullptr : old->column(column);
            if (lost == nullptr || !isKnown(*lost))
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

} // namespace sightglass::undo
