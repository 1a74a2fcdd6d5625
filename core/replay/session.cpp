// SPDX-License-Identifier: GPL-3.0-or-later
//
// What changes no object, or only what is written beside one.
#include "core/replay/appliers.h"
#include "core/replay/lookup.h"
#include "core/replay/spelling.h"
#include "core/replay/tables.h"
#include "core/replay/views.h"

#include <algorithm>

namespace sightglass::replaying {

namespace {

std::string lowered(std::string text)
{
    for (char& c : text)
        c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return text;
}

bool isFilled(const Catalog& catalog, const QualifiedName& name)
{
    return !name.name.empty() && !isSystemNamespace(name.schema) &&
           !(name.schema.empty() && name.name.starts_with("pg_")) && !catalog.findRelation(name);
}

Done missingColumnOf(const Catalog& catalog, const change::ChangeData& change)
{
    const auto found = catalog.findRelation(change.table);
    const Table* const table = found ? catalog.table(*found) : nullptr;
    if (table == nullptr)
        return std::nullopt;
    if (const auto missing = missingColumn(*table, change.columns))
        return noColumn(*found, *missing);
    return std::nullopt;
}

/// ALTER TABLE … INHERIT parent, NO INHERIT parent.
Done setHeir(Catalog& catalog, const QualifiedName& name, const std::string& what)
{
    const QualifiedName written = nameFromSql(std::string_view(what).substr(what.rfind(' ') + 1));
    const auto parent = tableNamed(catalog, written);
    if (!parent)
        return parent.error();
    const bool adds = lowered(what).starts_with("inherit ");
    if (adds) {
        if (Done refused = checkLineage(catalog, name, *parent))
            return refused;
    }
    return editTable(catalog, name, [&](Table& table) -> Done {
        const auto removed = std::erase(table.inherits, *parent);
        if (adds && removed > 0)
            return refusal("42P07",
                           "relation \"" + parent->name +
                               "\" would be inherited from more than once",
                           "table " + toText(name));
        if (!adds && removed == 0)
            return refusal("42P01",
                           "relation \"" + parent->name + "\" is not a parent of relation \"" +
                               name.name + "\"",
                           "table " + toText(name));
        if (adds)
            table.inherits.push_back(*parent);
        return std::nullopt;
    });
}

void enableTriggers(Table& table, const std::string& what)
{
    const std::string words = lowered(what);
    const bool disables = words.find("disable trigger ") != std::string::npos;
    const bool enables = words.find("enable trigger ") != std::string::npos;
    if (!disables && !enables)
        return;
    const std::size_t at = words.rfind("trigger ") + std::string_view("trigger ").size();
    const QualifiedName name = nameFromSql(std::string_view(what).substr(at));
    for (Trigger& trigger : table.triggers) {
        if (trigger.name == name.name || name.name == "all" || name.name == "user")
            trigger.enabled = enables;
    }
}

} // namespace

Done apply(Catalog& catalog, const change::SetComment& change)
{
    const std::string text = change.text.value_or(std::string());
    if (change.kind == "table" || change.kind == "column") {
        const auto found = catalog.findRelation(change.name);
        if (!found)
            return noRelation(catalog, change.name);
        if (catalog.table(*found) == nullptr) {
            if (change.kind == "table")
                return wrongKind(*found, "a table");
            return std::nullopt;
        }
        if (change.kind == "column")
            return editColumn(catalog, *found, change.part, [&](Table&, Column& column) -> Done {
                column.comment = text;
                return std::nullopt;
            });
        return editTable(catalog, *found, [&](Table& table) -> Done {
            table.comment = text;
            return std::nullopt;
        });
    }
    if (change.kind == "index" || change.kind == "view" || change.kind == "sequence") {
        if (!catalog.findRelation(change.name))
            return noRelation(catalog, change.name);
    } else if (change.kind == "type" || change.kind == "domain") {
        const auto known = typeText(catalog, toSql(change.name));
        if (!known)
            return known.error();
    } else if (change.kind == "constraint") {
        const auto found = tableNamed(catalog, change.name);
        if (!found)
            return found.error();
        if (!hasConstraint(*catalog.table(*found), change.part))
            return refusal("42704",
                           "constraint \"" + change.part + "\" for table \"" + found->name +
                               "\" does not exist",
                           "constraint " + change.part + " of " + toText(*found));
    } else if (change.kind == "schema" && !catalog.hasNamespace(change.name.name)) {
        return noSchema(change.name.name);
    }
    return std::nullopt;
}

Done apply(Catalog& catalog, const change::AlterTableOption& change)
{
    const auto found = catalog.findRelation(change.table);
    if (!found)
        return noRelation(catalog, change.table);
    if (catalog.table(*found) == nullptr)
        return std::nullopt;
    const std::string what = lowered(change.what);
    if (what.starts_with("inherit ") || what.starts_with("no inherit "))
        return setHeir(catalog, *found, change.what);
    return editTable(catalog, *found, [&](Table& table) -> Done {
        table.rowSecurity = change.rowSecurity.value_or(table.rowSecurity);
        table.unlogged = change.unlogged.value_or(table.unlogged);
        enableTriggers(table, change.what);
        return std::nullopt;
    });
}

Done apply(Catalog&, const change::Other&)
{
    return std::nullopt;
}

Done apply(Catalog& catalog, const change::ChangeData& change)
{
    if (isFilled(catalog, change.table))
        return noRelation(catalog, change.table);
    return missingColumnOf(catalog, change);
}

Done apply(Catalog& catalog, const change::Query& change)
{
    for (const QualifiedName& written : relationsOf(change.text)) {
        if (Done refused = refusedSource(catalog, written))
            return refused;
    }
    return std::nullopt;
}

Done apply(Catalog& catalog, const change::SetSetting& change)
{
    if (lowered(change.name) != "search_path")
        return std::nullopt;
    const bool reset = change.reset || lowered(change.value) == "default";
    std::vector<std::string> path = reset ? catalog.readingPath() : searchPathOf(change.value);
    if (change.local)
        catalog.setLocalSearchPath(std::move(path));
    else
        catalog.setSearchPath(std::move(path));
    return std::nullopt;
}

Done apply(Catalog& catalog, const change::Transaction& change)
{
    const std::string word = lowered(change.word);
    // An EXCEPTION block of plpgsql is a savepoint without a name.
    const bool block = word == "savepoint" || word == "release savepoint";
    const std::string name = block ? "" : change.word.substr(change.word.rfind(' ') + 1);
    if (word.starts_with("savepoint")) {
        catalog.setSavepoint(name);
        return std::nullopt;
    }
    if (word.starts_with("release ")) {
        catalog.releaseSavepoint(name);
        return std::nullopt;
    }
    if (word.starts_with("rollback to ")) {
        if (catalog.rollbackTo(name))
            return std::nullopt;
        return refusal("3B001", "savepoint \"" + name + "\" does not exist", {});
    }
    if (word.starts_with("commit") || word.starts_with("end"))
        catalog.endTransaction();
    if (word.starts_with("rollback") || word.starts_with("abort")) {
        catalog.endTransaction();
        catalog.doubt({}, {}, "the revision takes back what it did: " + change.word);
    }
    return std::nullopt;
}

Done apply(Catalog& catalog, const change::LockTable& change)
{
    if (isFilled(catalog, change.table))
        return noRelation(catalog, change.table);
    return std::nullopt;
}

Done apply(Catalog& catalog, const change::Opaque& change)
{
    if (!change.structural)
        return std::nullopt;
    const QualifiedName about = change.table.name.empty()
                                    ? QualifiedName{}
                                    : catalog.findRelation(change.table).value_or(change.table);
    catalog.doubt(about, {}, change.what, Doubt::Reach::Existence, true);
    return std::nullopt;
}

} // namespace sightglass::replaying
