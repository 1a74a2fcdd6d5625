// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/backup/table_conflicts.h"

#include "core/backup/table_moves.h"
#include "core/base/error.h"

#include <algorithm>
#include <array>
#include <optional>
#include <set>

namespace sightglass {

namespace {

std::string shown(const QualifiedName& name)
{
    return printable(toText(name));
}

/// Names that a table takes in its schema beside its own: indexes and what backs constraints.
std::vector<std::string> namesBeside(const Table& table)
{
    std::vector<std::string> names;
    if (table.primaryKey)
        names.push_back(table.primaryKey->name);
    for (const KeyConstraint& each : table.uniques)
        names.push_back(each.name);
    for (const ExclusionConstraint& each : table.exclusions)
        names.push_back(each.name);
    for (const Index& each : table.indexes)
        names.push_back(each.name);
    return names;
}

/// Every name of a relation that is taken.
std::set<QualifiedName> takenNames(const Schema& live)
{
    std::set<QualifiedName> taken;
    for (const auto& [name, table] : live.tables) {
        taken.insert(name);
        for (const std::string& each : namesBeside(*table))
            taken.insert({.schema = name.schema, .name = each});
    }
    for (const auto& [name, view] : live.views) {
        taken.insert(name);
        for (const Index& each : view->indexes)
            taken.insert({.schema = name.schema, .name = each.name});
    }
    for (const auto& [name, sequence] : live.sequences)
        taken.insert(name);
    return taken;
}

void addTaken(const Table& table,
              const std::set<QualifiedName>& taken,
              std::vector<std::string>& sentences)
{
    if (taken.contains(table.name)) {
        sentences.push_back(shown(table.name) + " is there already, and is not overwritten.");
        return;
    }
    for (const std::string& each : namesBeside(table)) {
        const QualifiedName name{.schema = table.name.schema, .name = each};
        if (taken.contains(name))
            sentences.push_back("The name " + shown(name) + ", which an index of " +
                                shown(table.name) + " has, is taken.");
    }
}

void addTargets(const Table& table,
                const Schema& live,
                const std::set<QualifiedName>& chosen,
                std::vector<std::string>& sentences)
{
    for (const ForeignKey& key : table.foreignKeys) {
        if (chosen.contains(key.target))
            continue;
        const Table* const target = live.table(key.target);
        if (target == nullptr) {
            sentences.push_back("The foreign key " + printable(key.name) + " of " +
                                shown(table.name) + " leads to " + shown(key.target) +
                                ", which is not there; choose it as well.");
            continue;
        }
        for (const std::string& column : key.targetColumns) {
            if (target->column(column) == nullptr)
                sentences.push_back("The foreign key " + printable(key.name) + " of " +
                                    shown(table.name) + " leads to the column " +
                                    printable(column) + " of " + shown(key.target) +
                                    ", which is not there.");
        }
    }
}

/// The function that a trigger calls; nothing where its definition does not show it.
std::optional<std::string> calledBy(const Trigger& trigger)
{
    for (const std::string_view word : {"EXECUTE FUNCTION ", "EXECUTE PROCEDURE "}) {
        const std::size_t at = trigger.definition.find(word);
        if (at == std::string::npos)
            continue;
        const std::size_t begin = at + word.size();
        return trigger.definition.substr(begin, trigger.definition.find('(', begin) - begin);
    }
    return std::nullopt;
}

bool hasFunction(const Schema& schema, const std::string& sql)
{
    return std::ranges::any_of(schema.functions, [&](const auto& each) {
        const QualifiedName& name = each.first.first;
        return toSql(name) == sql || toText(name) == sql || name.name == sql ||
               quotedIdentifier(name.name) == sql;
    });
}

void addFunctions(const Table& table,
                  const Schema& held,
                  const Schema& live,
                  std::vector<std::string>& sentences)
{
    for (const Trigger& trigger : table.triggers) {
        const auto function = calledBy(trigger);
        if (function && hasFunction(held, *function) && !hasFunction(live, *function))
            sentences.push_back("The trigger " + printable(trigger.name) + " of " +
                                shown(table.name) + " calls the function " + printable(*function) +
                                ", which is not there.");
    }
}

} // namespace

std::vector<std::string>
conflictsOf(const Schema& held, const Schema& live, const TableSelection& selection)
{
    std::vector<std::string> sentences;
    const std::set<QualifiedName> taken = takenNames(live);
    const auto tables = selection.tables();
    const std::set<QualifiedName> chosen(tables.begin(), tables.end());
    std::set<std::string> missing;
    for (const TableMove& move : selection.moves) {
        if (!live.namespaces.contains(move.place.schema))
            missing.insert(move.place.schema);
    }
    for (const std::string& schema : missing)
        sentences.push_back("The schema " + printable(schema) + " is not there.");
    for (const QualifiedName& name : tables) {
        const Table& table = *held.table(name);
        addTaken(table, taken, sentences);
        addTargets(table, live, chosen, sentences);
        addFunctions(table, held, live, sentences);
    }
    for (const auto& [name, sequence] : held.sequences) {
        if (sequence->ownerTable && chosen.contains(*sequence->ownerTable) && taken.contains(name))
            sentences.push_back("The name " + shown(name) + ", which a sequence of " +
                                shown(*sequence->ownerTable) + " has, is taken.");
    }
    return sentences;
}

std::vector<std::string>
leftAway(const Schema& held, const Schema& live, const TableSelection& selection)
{
    std::vector<std::string> sentences;
    const auto tables = selection.tables();
    const std::set<QualifiedName> chosen(tables.begin(), tables.end());
    for (const auto& [name, table] : held.tables) {
        const Table* const now = chosen.contains(name) ? nullptr : live.table(name);
        if (now == nullptr)
            continue;
        for (const ForeignKey& key : table->foreignKeys) {
            const bool isThere = std::ranges::find(now->foreignKeys, key.name, &ForeignKey::name) !=
                                 now->foreignKeys.end();
            if (chosen.contains(key.target) && !isThere)
                sentences.push_back("The foreign key " + printable(key.name) + " of " +
                                    shown(name) + " to " + shown(key.target) + ".");
        }
    }
    for (const auto& [name, view] : held.views) {
        if (live.views.find(name) == live.views.end())
            sentences.push_back("The view " + shown(name) + ".");
    }
    return sentences;
}

} // namespace sightglass
