// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/moment.h"

#include <algorithm>

namespace sightglass {

const TableFacts* ReviewFacts::table(const QualifiedName& name) const
{
    const auto found = tables.find(name);
    return found == tables.end() ? nullptr : &found->second;
}

const ColumnFacts* ReviewFacts::column(const QualifiedName& name, const std::string& column) const
{
    const auto found = columns.find({name, column});
    return found == columns.end() ? nullptr : &found->second;
}

const IndexFacts* ReviewFacts::index(const QualifiedName& name) const
{
    const auto found = indexes.find(name);
    return found == indexes.end() ? nullptr : &found->second;
}

namespace {

QualifiedName inFirstSchema(const Replay& replay, const QualifiedName& written)
{
    if (!written.schema.empty() || written.name.empty())
        return written;
    const std::vector<std::string>& path = replay.searchPath();
    return {.schema = path.empty() ? "public" : path.front(), .name = written.name};
}

/// The table and index, or the constraint behind it, of this full name.
bool findInTable(const std::shared_ptr<const Table>& table, FoundIndex& found)
{
    const auto index = std::ranges::find(table->indexes, found.name.name, &Index::name);
    if (index != table->indexes.end()) {
        found.table = table;
        found.index = &*index;
        found.unique = index->unique;
        return true;
    }
    const auto backs = [&](const std::string& constraint) {
        if (constraint != found.name.name)
            return false;
        found.table = table;
        found.constraint = constraint;
        found.unique = true;
        return true;
    };
    if (table->primaryKey && backs(table->primaryKey->name))
        return true;
    if (std::ranges::any_of(table->uniques, backs, &KeyConstraint::name))
        return true;
    const bool excludes = std::ranges::any_of(table->exclusions, backs, &ExclusionConstraint::name);
    if (excludes)
        found.unique = false;
    return excludes;
}

void findInView(const Schema& schema, const QualifiedName& name, FoundIndex& found)
{
    const auto view = schema.views.find(name);
    if (view == schema.views.end())
        return;
    const std::vector<Index>& indexes = view->second->indexes;
    const auto index = std::ranges::find(indexes, found.name.name, &Index::name);
    if (index == indexes.end())
        return;
    found.index = &*index;
    found.unique = index->unique;
}

} // namespace

QualifiedName Moment::fullName(const QualifiedName& written) const
{
    if (written.name.empty())
        return written;
    if (auto found = m_replay.findRelation(written))
        return *std::move(found);
    return inFirstSchema(m_replay, written);
}

QualifiedName Moment::fullTypeName(const QualifiedName& written) const
{
    if (written.name.empty())
        return written;
    if (auto found = m_replay.findType(written))
        return *std::move(found);
    return inFirstSchema(m_replay, written);
}

Found Moment::relation(const QualifiedName& written) const
{
    Found result{.name = written};
    if (written.name.empty())
        return result;
    const auto found = m_replay.findRelation(written);
    result.name = found.value_or(inFirstSchema(m_replay, written));
    result.isNew = isNewRelation(written);
    result.absent = !found && m_whole && !isDoubtful(written);
    if (!found || m_replay.isAssumed(result.name))
        return result;
    const auto table = schema().tables.find(result.name);
    if (table != schema().tables.end())
        result.table = table->second;
    return result;
}

FoundIndex Moment::index(const QualifiedName& written) const
{
    FoundIndex result{.name = fullName(written)};
    result.isNew = m_fresh.contains(NewObjects::Kind::Index, result.name);
    if (!m_replay.findRelation(result.name)) {
        result.absent = m_whole;
        return result;
    }
    const auto owner = m_replay.ownerOfIndex(result.name);
    if (!owner)
        return result; // another kind of relation has the name
    const auto table = schema().tables.find(*owner);
    if (table == schema().tables.end() || !findInTable(table->second, result))
        findInView(schema(), *owner, result);
    result.isNew = result.isNew || m_fresh.contains(NewObjects::Kind::Relation, *owner);
    return result;
}

const EnumType* Moment::enumType(const QualifiedName& written) const
{
    const auto found = schema().enums.find(fullTypeName(written));
    return found == schema().enums.end() ? nullptr : found->second.get();
}

const Domain* Moment::domain(const QualifiedName& written) const
{
    const auto found = schema().domains.find(fullTypeName(written));
    return found == schema().domains.end() ? nullptr : found->second.get();
}

const Column* Moment::column(const QualifiedName& table, const std::string& column) const
{
    const auto found = m_replay.findRelation(table);
    if (!found)
        return nullptr;
    // Of an assumed table, the columns that the schema shows are known all the same.
    const Table* const definition = schema().table(*found);
    return definition == nullptr ? nullptr : definition->column(column);
}

bool Moment::isNewRelation(const QualifiedName& written) const
{
    const QualifiedName full = fullName(written);
    if (full.schema == "pg_temp" || m_fresh.contains(NewObjects::Kind::Relation, full))
        return true;
    const QualifiedName made = inFirstSchema(m_replay, written);
    return m_fresh.isTemporary(made);
}

bool Moment::isNewColumn(const QualifiedName& table, const std::string& column) const
{
    return isNewRelation(table) ||
           m_fresh.contains(NewObjects::Kind::Column, fullName(table), column);
}

bool Moment::isNew(NewObjects::Kind kind, const QualifiedName& full, const std::string& part) const
{
    return m_fresh.contains(kind, full, part);
}

bool Moment::isNewType(const QualifiedName& written) const
{
    return m_fresh.contains(NewObjects::Kind::Type, fullTypeName(written));
}

std::optional<std::int64_t> Moment::rows(const QualifiedName& written) const
{
    const TableFacts* const known = m_facts.table(fullName(written));
    return known == nullptr ? std::nullopt : known->rows;
}

bool Moment::isEmpty(const QualifiedName& written) const
{
    return rows(written) == 0;
}

bool Moment::isDoubtful(const QualifiedName& written) const
{
    const QualifiedName full = fullName(written);
    return std::ranges::any_of(m_replay.doubts(), [&](const Doubt& doubt) {
        return doubt.reach != Doubt::Reach::Contents &&
               (doubt.table.name.empty() || doubt.table == full);
    });
}

bool Moment::isVersionTable(const QualifiedName& written) const
{
    return written.name == m_chain.versionTable;
}

} // namespace sightglass
