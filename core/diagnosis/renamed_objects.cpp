// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/diagnosis/renamed_objects.h"

#include <algorithm>

namespace sightglass {

namespace {

/// Name and type of each column; a default may name the sequence of the table's old name.
bool hasSameColumns(const Table& left, const Table& right)
{
    return std::ranges::equal(
        left.columns, right.columns, [](const Column& one, const Column& other) {
            return one.name == other.name && one.type == other.type &&
                   one.nullable == other.nullable;
        });
}

/// One column says too little: half of all tables have an id.
bool tellsApart(const Table& table)
{
    return table.columns.size() > 1;
}

void addTables(const Schema& promised,
               const Schema& live,
               const SchemaCheck& check,
               std::vector<RenamedObject>& renamed)
{
    for (const QualifiedName& name : check.missingTables) {
        const Table* wanted = promised.table(name);
        if (wanted == nullptr || !tellsApart(*wanted))
            continue;
        std::vector<const Table*> alike;
        for (const QualifiedName& other : check.unmanaged) {
            const Table* found = live.table(other);
            if (found != nullptr && other.schema == name.schema && hasSameColumns(*wanted, *found))
                alike.push_back(found);
        }
        if (alike.size() == 1)
            renamed.push_back({.table = name, .column = {}, .now = alike.front()->name.name});
    }
}

void addColumns(const SchemaCheck& check, std::vector<RenamedObject>& renamed)
{
    const auto isAlike = [](const Difference& missing, const Difference& extra) {
        return extra.kind == "column" && missing.kind == "column" &&
               extra.object == missing.object && extra.right == missing.left;
    };
    for (const Difference& missing : check.missing) {
        const auto meansIt = [&](const Difference& extra) { return isAlike(missing, extra); };
        const auto found = std::ranges::find_if(check.extra, meansIt);
        if (missing.part.empty() || found == check.extra.end() ||
            std::ranges::count_if(check.extra, meansIt) != 1)
            continue;
        const auto wantsIt = [&](const Difference& other) { return isAlike(other, *found); };
        if (std::ranges::count_if(check.missing, wantsIt) == 1)
            renamed.push_back(
                {.table = missing.object, .column = missing.part, .now = found->part});
    }
}

} // namespace

std::vector<RenamedObject>
renamedIn(const Schema& promised, const Schema& live, const SchemaCheck& check)
{
    std::vector<RenamedObject> renamed;
    addTables(promised, live, check, renamed);
    addColumns(check, renamed);
    return renamed;
}

} // namespace sightglass
