// SPDX-License-Identifier: GPL-3.0-or-later
//
// Enums and types that are known by name only.
#include "core/replay/types.h"

#include "core/replay/appliers.h"
#include "core/replay/indexes.h"
#include "core/replay/lookup.h"
#include "core/replay/spelling.h"

#include <algorithm>

namespace sightglass::replaying {

namespace {

Outcome<QualifiedName, Refusal> enumNamed(const Catalog& catalog, const QualifiedName& name)
{
    auto found = typeNamed(catalog, name);
    if (found && catalog.enumType(*found) == nullptr)
        return otherwise(wrongKind(name, "an enum"));
    return found;
}

Refusal noLabel(const std::string& label, const QualifiedName& type)
{
    return refusal(
        "22023", "\"" + label + "\" is not an existing enum label", "type " + toText(type));
}

Refusal labelExists(const std::string& label, const QualifiedName& type)
{
    return refusal("42710", "enum label \"" + label + "\" already exists", "type " + toText(type));
}

Done badLabel(const std::string& label, const QualifiedName& type)
{
    if (label.size() <= longestName)
        return std::nullopt;
    return refusal("42602", "invalid enum label \"" + label + "\"", "type " + toText(type));
}

void removeColumnsOf(Catalog& catalog, const std::string& spelled)
{
    for (const QualifiedName& user : catalog.tablesWithType(spelled)) {
        const Table table = *catalog.table(user);
        for (const Column& column : table.columns) {
            if (baseTypeOf(column.type) == spelled)
                apply(catalog,
                      change::DropColumn{.table = user, .column = column.name, .cascade = true});
        }
    }
}

/// Puts a type under another name and respells what uses it.
void moveType(Catalog& catalog, const QualifiedName& from, const QualifiedName& to)
{
    const std::string before = catalog.spelled(from);
    if (const EnumType* const type = catalog.enumType(from); type != nullptr) {
        EnumType moved = *type;
        catalog.remove<EnumType>(from);
        moved.name = to;
        catalog.put(std::move(moved));
    } else if (const Domain* const domain = catalog.domain(from); domain != nullptr) {
        Domain moved = *domain;
        catalog.remove<Domain>(from);
        moved.name = to;
        catalog.put(std::move(moved));
    } else if (const std::string* const kind = catalog.otherType(from); kind != nullptr) {
        const std::string copy = *kind;
        catalog.setOtherType(from, std::nullopt);
        catalog.setOtherType(to, copy);
    }
    respellType(catalog, before, catalog.spelled(to));
}

} // namespace

Outcome<QualifiedName, Refusal> typeNamed(const Catalog& catalog, const QualifiedName& name)
{
    const auto found = catalog.findType(name);
    if (found)
        return *found;
    if (!name.schema.empty() && !catalog.hasNamespace(name.schema))
        return otherwise(noSchema(name.schema));
    return otherwise(noType(name));
}

Outcome<QualifiedName, Refusal> freeTypeName(const Catalog& catalog, const QualifiedName& name)
{
    auto full = newName(catalog, name);
    if (full && catalog.isType(*full))
        return otherwise(typeExists(full->name));
    return full;
}

bool typeIsUsed(const Catalog& catalog, const QualifiedName& name)
{
    const std::string spelled = catalog.spelled(name);
    return !catalog.tablesWithType(spelled).empty() || !catalog.domainsOver(spelled).empty();
}

Done dropType(Catalog& catalog, const QualifiedName& name, bool cascade)
{
    if (typeIsUsed(catalog, name) && !cascade)
        return dependedOn("type " + described(catalog, name));
    std::vector<QualifiedName> waiting = {name};
    while (!waiting.empty()) {
        const QualifiedName next = waiting.back();
        waiting.pop_back();
        const std::string spelled = catalog.spelled(next);
        const auto domains = catalog.domainsOver(spelled);
        removeColumnsOf(catalog, spelled);
        catalog.remove<EnumType>(next);
        catalog.remove<Domain>(next);
        if (catalog.otherType(next) != nullptr)
            catalog.setOtherType(next, std::nullopt);
        waiting.insert(waiting.end(), domains.begin(), domains.end());
    }
    return std::nullopt;
}

void respellType(Catalog& catalog, const std::string& before, const std::string& after)
{
    if (before == after)
        return;
    for (const QualifiedName& user : catalog.tablesWithType(before)) {
        editTable(catalog, user, [&](Table& table) -> Done {
            for (Column& column : table.columns)
                column.type = withBaseType(column.type, before, after);
            editTexts(table,
                      [&](std::string& text) { text = withTypeRenamed(text, before, after); });
            refreshDefinitions(table);
            return std::nullopt;
        });
    }
    for (const QualifiedName& user : catalog.domainsOver(before)) {
        Domain domain = *catalog.domain(user);
        domain.type = withBaseType(domain.type, before, after);
        catalog.put(std::move(domain));
    }
}

void renameLabelInTexts(Catalog& catalog,
                        const QualifiedName& type,
                        const std::string& from,
                        const std::string& to)
{
    const std::string spelled = catalog.spelled(type);
    const std::string before = quotedLiteral(from) + "::" + spelled;
    const std::string after = quotedLiteral(to) + "::" + spelled;
    for (const QualifiedName& user : catalog.tablesWithType(spelled)) {
        editTable(catalog, user, [&](Table& table) -> Done {
            editTexts(table, [&](std::string& text) { text = replacedAll(text, before, after); });
            refreshDefinitions(table);
            return std::nullopt;
        });
    }
}

Done apply(Catalog& catalog, const change::CreateEnum& change)
{
    // What a run has made it does not look for again; that is how SQLAlchemy works.
    if (change.oncePerRun && catalog.madeInThisRun(change.type))
        return std::nullopt;
    if (change.oncePerRun)
        catalog.rememberMade(change.type);
    if (change.unlessExists && catalog.findType(change.type))
        return std::nullopt;
    const auto name = freeTypeName(catalog, change.type);
    if (!name)
        return name.error();
    std::set<std::string> seen;
    for (const std::string& label : change.labels) {
        if (Done refused = badLabel(label, *name))
            return refused;
        if (!seen.insert(label).second)
            return refusal(
                "23505",
                "duplicate key value violates unique constraint \"pg_enum_typid_label_index\"",
                "type " + toText(*name));
    }
    catalog.put(EnumType{.name = *name, .labels = change.labels, .extension = {}});
    catalog.rememberNewType(*name);
    return std::nullopt;
}

Done apply(Catalog& catalog, const change::AddEnumLabel& change)
{
    const auto name = enumNamed(catalog, change.type);
    if (!name)
        return name.error();
    if (Done refused = badLabel(change.label, *name))
        return refused;
    EnumType type = *catalog.enumType(*name);
    if (holds(type.labels, change.label)) {
        if (change.ifNotExists)
            return std::nullopt;
        return labelExists(change.label, *name);
    }
    const std::string& neighbour = change.before.empty() ? change.after : change.before;
    auto at = type.labels.end();
    if (!neighbour.empty()) {
        at = std::ranges::find(type.labels, neighbour);
        if (at == type.labels.end())
            return noLabel(neighbour, *name);
        if (change.before.empty())
            ++at;
    }
    type.labels.insert(at, change.label);
    catalog.put(std::move(type));
    catalog.rememberLabel(*name, change.label);
    return std::nullopt;
}

Done apply(Catalog& catalog, const change::RenameEnumLabel& change)
{
    const auto name = enumNamed(catalog, change.type);
    if (!name)
        return name.error();
    EnumType type = *catalog.enumType(*name);
    const auto at = std::ranges::find(type.labels, change.label);
    if (at == type.labels.end())
        return noLabel(change.label, *name);
    if (holds(type.labels, change.newLabel))
        return labelExists(change.newLabel, *name);
    *at = change.newLabel;
    catalog.put(std::move(type));
    renameLabelInTexts(catalog, *name, change.label, change.newLabel);
    return std::nullopt;
}

Done apply(Catalog& catalog, const change::CreateType& change)
{
    const auto name = freeTypeName(catalog, change.type);
    if (!name)
        return name.error();
    const bool composite =
        change.kind.empty() || change.kind.find("composite") != std::string::npos;
    if (composite && catalog.relation(*name) != nullptr)
        return relationExists(name->name);
    catalog.setOtherType(*name, composite ? std::string("composite") : change.kind);
    return std::nullopt;
}

Done apply(Catalog& catalog, const change::DropType& change)
{
    const auto name = typeNamed(catalog, change.type);
    if (!name) {
        if (change.ifExists)
            return std::nullopt;
        return name.error();
    }
    if (change.domain && catalog.domain(*name) == nullptr)
        return wrongKind(change.type, "a domain");
    if (const RelationEntry* const entry = catalog.relation(*name);
        entry != nullptr && entry->kind == RelationKind::Table)
        return refusal("2BP01",
                       "cannot drop type " + described(catalog, *name) + " because table " +
                           described(catalog, *name) + " requires it",
                       "type " + toText(*name));
    return dropType(catalog, *name, change.cascade);
}

Done apply(Catalog& catalog, const change::RenameType& change)
{
    const auto name = typeNamed(catalog, change.type);
    if (!name)
        return name.error();
    const QualifiedName to{.schema = name->schema, .name = change.newName};
    if (catalog.isType(to))
        return typeExists(to.name);
    moveType(catalog, *name, to);
    return std::nullopt;
}

Done apply(Catalog& catalog, const change::SetTypeSchema& change)
{
    const auto name = typeNamed(catalog, change.type);
    if (!name)
        return name.error();
    if (!catalog.hasNamespace(change.newSchema))
        return noSchema(change.newSchema);
    const QualifiedName to{.schema = change.newSchema, .name = name->name};
    if (to == *name)
        return std::nullopt;
    if (catalog.isType(to))
        return refusal("42710",
                       "type \"" + to.name + "\" already exists in schema \"" + to.schema + "\"",
                       "type " + toText(to));
    moveType(catalog, *name, to);
    return std::nullopt;
}

} // namespace sightglass::replaying
