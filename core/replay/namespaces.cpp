// SPDX-License-Identifier: GPL-3.0-or-later
//
// CREATE, DROP and RENAME of namespaces, with all that is in them.
#include "core/replay/appliers.h"
#include "core/replay/lookup.h"
#include "core/replay/spelling.h"
#include "core/replay/tables.h"
#include "core/replay/types.h"
#include "core/replay/views.h"

#include <algorithm>

namespace sightglass::replaying {

namespace {

/// Names of the objects of a kind in one namespace.
template <typename Objects>
std::vector<QualifiedName> namesIn(const Objects& objects, const std::string& schema)
{
    std::vector<QualifiedName> names;
    for (auto at = objects.lower_bound(QualifiedName{.schema = schema, .name = {}});
         at != objects.end() && at->first.schema == schema;
         ++at)
        names.push_back(at->first);
    return names;
}

std::vector<std::pair<QualifiedName, std::string>> functionsIn(const Schema& schema,
                                                               const std::string& name)
{
    std::vector<std::pair<QualifiedName, std::string>> found;
    for (auto at = schema.functions.lower_bound({{.schema = name, .name = {}}, {}});
         at != schema.functions.end() && at->first.first.schema == name;
         ++at)
        found.push_back(at->first);
    return found;
}

bool isEmpty(const Catalog& catalog, const std::string& name)
{
    const Schema& schema = catalog.schema();
    const bool extensions = std::ranges::any_of(
        schema.extensions, [&](const auto& entry) { return entry.second.schema == name; });
    return !extensions && namesIn(schema.tables, name).empty() &&
           namesIn(schema.views, name).empty() && namesIn(schema.enums, name).empty() &&
           namesIn(schema.domains, name).empty() && namesIn(schema.sequences, name).empty() &&
           functionsIn(schema, name).empty() && catalog.otherTypesIn(name).empty();
}

Done dropContents(Catalog& catalog, const std::string& name)
{
    const Schema& schema = catalog.schema();
    for (const QualifiedName& view : namesIn(schema.views, name)) {
        if (Done refused = dropView(catalog, view, true))
            return refused;
    }
    for (const QualifiedName& table : namesIn(schema.tables, name)) {
        if (catalog.table(table) == nullptr)
            continue;
        if (Done refused = dropTable(catalog, table, true))
            return refused;
    }
    for (const QualifiedName& sequence : namesIn(schema.sequences, name)) {
        removeDefaultsOn(catalog, sequence);
        catalog.remove<Sequence>(sequence);
    }
    auto types = namesIn(schema.domains, name);
    for (const auto& more : {namesIn(schema.enums, name), catalog.otherTypesIn(name)})
        types.insert(types.end(), more.begin(), more.end());
    for (const QualifiedName& type : types) {
        if (Done refused = dropType(catalog, type, true))
            return refused;
    }
    for (const auto& [function, arguments] : functionsIn(schema, name))
        catalog.removeFunction(function, arguments);
    std::vector<std::string> extensions;
    for (const auto& [extension, value] : schema.extensions) {
        if (value.schema == name)
            extensions.push_back(extension);
    }
    for (const std::string& extension : extensions)
        catalog.putExtension(extension, std::nullopt);
    return std::nullopt;
}

Done moveContents(Catalog& catalog, const std::string& from, const std::string& to)
{
    const Schema& schema = catalog.schema();
    const auto moved = [&](const QualifiedName& name) {
        return QualifiedName{.schema = to, .name = name.name};
    };
    for (const auto& kinds :
         {namesIn(schema.enums, from), namesIn(schema.domains, from), catalog.otherTypesIn(from)}) {
        for (const QualifiedName& type : kinds) {
            if (Done refused = apply(catalog, change::SetTypeSchema{.type = type, .newSchema = to}))
                return refused;
        }
    }
    for (const QualifiedName& table : namesIn(schema.tables, from)) {
        if (Done refused = moveTable(catalog, table, moved(table)))
            return refused;
    }
    for (const QualifiedName& sequence : namesIn(schema.sequences, from))
        moveSequence(catalog, sequence, moved(sequence));
    for (const QualifiedName& view : namesIn(schema.views, from))
        moveView(catalog, view, moved(view));
    for (const auto& [function, arguments] : functionsIn(schema, from)) {
        Function copy = *schema.functions.at({function, arguments});
        catalog.removeFunction(function, arguments);
        copy.name = moved(function);
        catalog.putFunction(copy);
    }
    std::vector<Extension> extensions;
    for (const auto& [name, extension] : schema.extensions) {
        if (extension.schema == from)
            extensions.push_back(extension);
    }
    for (Extension& extension : extensions) {
        extension.schema = to;
        catalog.putExtension(extension.name, extension);
    }
    return std::nullopt;
}

Done refusedName(const Catalog& catalog, const std::string& name)
{
    if (name.starts_with("pg_"))
        return refusal("42939", "unacceptable schema name \"" + name + "\"", "schema " + name);
    if (catalog.hasNamespace(name))
        return refusal("42P06", "schema \"" + name + "\" already exists", "schema " + name);
    return std::nullopt;
}

} // namespace

Done apply(Catalog& catalog, const change::CreateSchema& change)
{
    if (change.ifNotExists && catalog.hasNamespace(change.schema))
        return std::nullopt;
    if (Done refused = refusedName(catalog, change.schema))
        return refused;
    catalog.putNamespace(change.schema, true);
    return std::nullopt;
}

Done apply(Catalog& catalog, const change::DropSchema& change)
{
    if (!catalog.hasNamespace(change.schema)) {
        if (change.ifExists)
            return std::nullopt;
        return noSchema(change.schema);
    }
    if (!change.cascade && !isEmpty(catalog, change.schema))
        return dependedOn("schema " + quotedIdentifier(change.schema));
    if (Done refused = dropContents(catalog, change.schema))
        return refused;
    catalog.putNamespace(change.schema, false);
    return std::nullopt;
}

Done apply(Catalog& catalog, const change::RenameSchema& change)
{
    if (!catalog.hasNamespace(change.schema))
        return noSchema(change.schema);
    if (Done refused = refusedName(catalog, change.newName))
        return refused;
    catalog.putNamespace(change.newName, true);
    if (Done refused = moveContents(catalog, change.schema, change.newName))
        return refused;
    catalog.putNamespace(change.schema, false);
    return std::nullopt;
}

} // namespace sightglass::replaying
