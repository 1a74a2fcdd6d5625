// SPDX-License-Identifier: GPL-3.0-or-later
// What only has another name. A column is never put between others, and constraints and indexes
// keep their names when their table is renamed: both tell a rename from a drop beside an addition.
#include "core/rebuild/script_maker.h"
#include "core/replay/replay.h"

#include <algorithm>
#include <optional>

namespace sightglass {

namespace {

/// Names of constraints and indexes, which are those of one table alone.
std::set<std::string> partNames(const Table& table)
{
    std::set<std::string> names;
    for (const TableConstraint& constraint : constraintsOf(table))
        names.insert(constraint.name);
    for (const Index& index : table.indexes)
        names.insert(index.name);
    return names;
}

bool isRenamed(const Table& before, const Table& after)
{
    const auto names = partNames(before);
    return before.name.schema == after.name.schema && before.kind == after.kind && !names.empty() &&
           names == partNames(after) &&
           std::ranges::equal(
               before.columns, after.columns, [](const Column& left, const Column& right) {
                   return left.name == right.name && left.type == right.type;
               });
}

bool isPlain(TableKind kind)
{
    return kind == TableKind::Table || kind == TableKind::PartitionedTable;
}

/// The columns between two that stay, or before the first and behind the last.
struct Gap
{
    std::vector<const Column*> columns;
    bool isLast = false; ///< nothing that stays stands behind
};

std::vector<Gap> gapsOf(const Table& table, const Table& other)
{
    std::vector<Gap> gaps(1);
    for (const Column& column : table.columns) {
        if (other.column(column.name) != nullptr)
            gaps.emplace_back();
        else
            gaps.back().columns.push_back(&column);
    }
    gaps.back().isLast = true;
    return gaps;
}

bool keepsOrder(const Table& before, const Table& after)
{
    std::vector<std::string> left;
    std::vector<std::string> right;
    for (const Column& column : before.columns) {
        if (after.column(column.name) != nullptr)
            left.push_back(column.name);
    }
    for (const Column& column : after.columns) {
        if (before.column(column.name) != nullptr)
            right.push_back(column.name);
    }
    return left == right;
}

/// Old and new names.
std::vector<std::pair<std::string, std::string>> renamedColumns(const Table& before,
                                                                const Table& after)
{
    std::vector<std::pair<std::string, std::string>> renames;
    if (!keepsOrder(before, after))
        return renames;
    const auto old = gapsOf(before, after);
    const auto now = gapsOf(after, before);
    for (std::size_t i = 0; i < old.size() && i < now.size(); ++i) {
        if (now[i].isLast || old[i].columns.size() != now[i].columns.size())
            continue;
        for (std::size_t j = 0; j < now[i].columns.size(); ++j) {
            if (old[i].columns[j]->type == now[i].columns[j]->type)
                renames.emplace_back(old[i].columns[j]->name, now[i].columns[j]->name);
        }
    }
    return renames;
}

class Renamer
{
public:
    Renamer(const Schema& from, const Schema& to, BodyWriter& writer)
        : m_to(to)
        , m_writer(writer)
        , m_replay(from)
    {}

    Schema result()
    {
        for (const auto& [name, table] : m_to.tables)
            renameTable(*table);
        for (const auto& [name, table] : m_to.tables)
            renameColumns(*table);
        return m_replay.schema();
    }

private:
    void apply(Change change)
    {
        m_replay.apply(Operation{.change = std::move(change), .span = {}});
    }

    void renameTable(const Table& after)
    {
        const Schema& now = m_replay.schema();
        if (now.table(after.name) != nullptr || !isPlain(after.kind))
            return;
        std::optional<QualifiedName> found;
        for (const auto& [name, table] : now.tables) {
            if (m_to.table(name) == nullptr && isRenamed(*table, after))
                found = name;
        }
        if (!found)
            return;
        std::vector<std::string> arguments{pythonLiteral(found->name),
                                           pythonLiteral(after.name.name)};
        addSchema(arguments, *found);
        m_writer.call("op.rename_table", arguments);
        apply(change::RenameTable{.table = *found, .newName = after.name.name});
    }

    void renameColumns(const Table& after)
    {
        const Table* before = m_replay.schema().table(after.name);
        if (before == nullptr || !isPlain(after.kind))
            return;
        for (const auto& [old, now] : renamedColumns(*before, after)) {
            std::vector<std::string> arguments{pythonLiteral(after.name.name),
                                               pythonLiteral(old),
                                               "new_column_name=" + pythonLiteral(now)};
            addSchema(arguments, after.name);
            m_writer.call("op.alter_column", arguments);
            apply(change::RenameColumn{.table = after.name, .column = old, .newName = now});
        }
    }

    const Schema& m_to;
    BodyWriter& m_writer;
    Replay m_replay;
};

} // namespace

Schema writeRenames(const Schema& from, const Schema& to, BodyWriter& writer)
{
    return Renamer(from, to, writer).result();
}

} // namespace sightglass
