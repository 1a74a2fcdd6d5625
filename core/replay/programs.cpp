// SPDX-License-Identifier: GPL-3.0-or-later
//
// Functions, triggers, row policies and extensions.
#include "core/replay/appliers.h"
#include "core/replay/lookup.h"
#include "core/replay/routines.h"
#include "core/replay/spelling.h"
#include "core/replay/types.h"

#include <algorithm>

namespace sightglass::replaying {

namespace {

std::string kindOr(const std::string& kind)
{
    return kind.empty() ? "function" : kind;
}

/// Functions of a name through the search path: full names with their arguments.
std::vector<std::pair<QualifiedName, std::string>> functionsNamed(const Catalog& catalog,
                                                                  const QualifiedName& name)
{
    std::vector<std::pair<QualifiedName, std::string>> found;
    const auto& functions = catalog.schema().functions;
    for (const QualifiedName& candidate : candidates(name, catalog.searchPath())) {
        for (auto at = functions.lower_bound({candidate, std::string()});
             at != functions.end() && at->first.first == candidate;
             ++at)
            found.push_back(at->first);
    }
    return found;
}

/// What each extension brings that columns can be made of.
struct ExtensionTypes
{
    std::string_view extension;
    std::string_view type;
};

constexpr auto extensionTypes = std::to_array<ExtensionTypes>({
    {"citext", "citext"},
    {"hstore", "hstore"},
    {"ltree", "ltree"},
    {"ltree", "lquery"},
    {"cube", "cube"},
    {"vector", "vector"},
    {"vector", "halfvec"},
    {"vector", "sparsevec"},
    {"postgis", "geometry"},
    {"postgis", "geography"},
    {"isn", "isbn"},
    {"isn", "isbn13"},
    {"semver", "semver"},
});

constexpr std::string_view subqueryState = "0A000"; ///< what a check answers to a query in it

/// As pg_get_expr prints it, with parentheses around anything but a plain call or column.
Done spellPolicy(Catalog& catalog, const Table& table, const std::string& policy, std::string& text)
{
    if (text.empty())
        return std::nullopt;
    // A check is printed alike; but a policy may ask other tables.
    const auto canonical = expressionText(catalog, text, ExpressionUse::Check, &table);
    if (!canonical && canonical.error().state == subqueryState) {
        catalog.doubt(
            table.name, {}, "the spelling of policy " + policy + " is not known: it has a query");
        return std::nullopt;
    }
    if (!canonical)
        return canonical.error();
    if (canonical->isKnown())
        text = canonical->value().text;
    else
        catalog.doubt(table.name,
                      {},
                      "the spelling of policy " + policy + " is not known: " + canonical->reason());
    return std::nullopt;
}

std::string contextOf(const Catalog& catalog, const QualifiedName& table)
{
    return "table " + toText(catalog.findRelation(table).value_or(table));
}

} // namespace

Done apply(Catalog& catalog, const change::CreateFunction& change)
{
    const auto name = newName(catalog, change.function);
    if (!name)
        return name.error();
    const std::string arguments = spelledArguments(catalog, change.arguments);
    const std::string result = spelledResult(catalog, change.result);
    const auto& functions = catalog.schema().functions;
    const auto existing = functions.find({*name, arguments});
    if (existing != functions.end() && !change.orReplace)
        return refusal("42723",
                       "function \"" + name->name + "\" already exists with same argument types",
                       "function " + toText(*name));
    if (existing != functions.end() && kindOr(change.kind) != existing->second->kind)
        return refusal("42809", "cannot change routine kind", "function " + toText(*name));
    if (existing != functions.end() && !result.empty() && !existing->second->result.empty() &&
        result != existing->second->result)
        return refusal(
            "42P13", "cannot change return type of existing function", "function " + toText(*name));
    catalog.putFunction({.name = *name,
                         .arguments = arguments,
                         .result = result,
                         .language = change.language,
                         .kind = kindOr(change.kind),
                         .body = change.body,
                         .extension = {}});
    return std::nullopt;
}

Done apply(Catalog& catalog, const change::DropFunction& change)
{
    auto found = functionsNamed(catalog, change.function);
    const std::size_t ofThisName = found.size();
    std::optional<std::string> wanted;
    if (change.arguments)
        wanted = spelledArguments(catalog, *change.arguments);
    if (wanted)
        std::erase_if(found, [&](const auto& key) { return key.second != *wanted; });
    const std::string kind = kindOr(change.kind);
    if (found.empty()) {
        if (change.ifExists)
            return std::nullopt;
        if (!change.function.schema.empty() && !catalog.hasNamespace(change.function.schema))
            return noSchema(change.function.schema);
        const std::string signature =
            wanted ? toText(change.function) + "(" + replacedAll(*wanted, ", ", ",") + ")" : "";
        return refusal("42883",
                       change.arguments ? kind + " " + signature + " does not exist"
                                        : "could not find a " + kind + " named \"" +
                                              toText(change.function) + "\"",
                       kind + " " + toText(change.function));
    }
    if (!change.arguments && found.size() > 1)
        return refusal("42725",
                       kind + " name \"" + toText(change.function) + "\" is not unique",
                       kind + " " + toText(change.function));
    const auto [name, arguments] = found.front();
    const auto users = catalog.tablesWithTriggerOf(name);
    const bool others = ofThisName > 1;
    if (!change.cascade && (!users.empty() || (!others && isCalled(catalog, name))))
        return dependedOn(kind + " " + described(catalog, name) + "(" +
                          replacedAll(arguments, ", ", ",") + ")");
    for (const QualifiedName& user : users) {
        editTable(catalog, user, [&](Table& table) -> Done {
            std::erase_if(table.triggers, [&](const Trigger& trigger) {
                return functionOfTrigger(trigger.definition).name == name.name;
            });
            return std::nullopt;
        });
    }
    if (Done refused = dropCallers(catalog, name, others))
        return refused;
    catalog.removeFunction(name, arguments);
    return std::nullopt;
}

Done apply(Catalog& catalog, const change::CreateTrigger& change)
{
    const auto found = catalog.findRelation(change.table);
    if (!found)
        return noRelation(catalog, change.table);
    if (catalog.view(*found) != nullptr)
        return std::nullopt;
    const auto table = tableNamed(catalog, change.table);
    if (!table)
        return table.error();
    const bool system = isSystemNamespace(change.function.schema);
    const auto functions = functionsNamed(catalog, change.function);
    // The system and its extensions bring trigger functions of their own.
    const bool theirs = system || change.function.name.starts_with("tsvector_update_trigger") ||
                        change.function.name.starts_with("suppress_redundant_updates");
    if (functions.empty() && !theirs && !change.function.name.empty() &&
        catalog.schema().extensions.empty())
        return refusal("42883",
                       "function " + toText(change.function) + "() does not exist",
                       "function " + toText(change.function));
    return editTable(catalog, *table, [&](Table& edited) -> Done {
        const auto existing = findByName(edited.triggers, change.trigger);
        if (existing != edited.triggers.end() && !change.orReplace)
            return refusal("42710",
                           "trigger \"" + change.trigger + "\" for relation \"" + table->name +
                               "\" already exists",
                           "trigger " + change.trigger + " of " + toText(*table));
        if (existing != edited.triggers.end())
            edited.triggers.erase(existing);
        edited.triggers.push_back({.name = change.trigger, .definition = change.definition});
        sortByName(edited.triggers);
        return std::nullopt;
    });
}

Done apply(Catalog& catalog, const change::DropTrigger& change)
{
    const auto found = catalog.findRelation(change.table);
    if (!found) {
        if (change.ifExists)
            return std::nullopt;
        return noRelation(catalog, change.table);
    }
    if (catalog.table(*found) == nullptr)
        return std::nullopt;
    return editTable(catalog, *found, [&](Table& table) -> Done {
        const auto count = std::erase_if(
            table.triggers, [&](const Trigger& trigger) { return trigger.name == change.trigger; });
        if (count == 0 && !change.ifExists)
            return refusal("42704",
                           "trigger \"" + change.trigger + "\" for table \"" + found->name +
                               "\" does not exist",
                           "trigger " + change.trigger + " of " + toText(*found));
        return std::nullopt;
    });
}

Done apply(Catalog& catalog, const change::CreatePolicy& change)
{
    const auto found = tableNamed(catalog, change.table);
    if (!found)
        return found.error();
    return editTable(catalog, *found, [&](Table& table) -> Done {
        if (findByName(table.policies, change.policy.name) != table.policies.end())
            return refusal("42710",
                           "policy \"" + change.policy.name + "\" for table \"" + found->name +
                               "\" already exists",
                           contextOf(catalog, *found));
        Policy policy = change.policy;
        for (std::string* const text : {&policy.usingExpression, &policy.checkExpression}) {
            if (Done refused = spellPolicy(catalog, table, policy.name, *text))
                return refused;
        }
        table.policies.push_back(std::move(policy));
        sortByName(table.policies);
        return std::nullopt;
    });
}

Done apply(Catalog& catalog, const change::DropPolicy& change)
{
    const auto found = catalog.findRelation(change.table);
    if (!found) {
        if (change.ifExists)
            return std::nullopt;
        return noRelation(catalog, change.table);
    }
    return editTable(catalog, *found, [&](Table& table) -> Done {
        const auto count = std::erase_if(
            table.policies, [&](const Policy& policy) { return policy.name == change.policy; });
        if (count == 0 && !change.ifExists)
            return refusal("42704",
                           "policy \"" + change.policy + "\" for table \"" + found->name +
                               "\" does not exist",
                           contextOf(catalog, *found));
        return std::nullopt;
    });
}

Done apply(Catalog& catalog, const change::CreateExtension& change)
{
    if (catalog.schema().extensions.contains(change.extension)) {
        if (change.ifNotExists)
            return std::nullopt;
        return refusal("42710",
                       "extension \"" + change.extension + "\" already exists",
                       "extension " + change.extension);
    }
    std::string schema = change.schema;
    if (schema.empty())
        schema = change.extension == "plpgsql" ? "pg_catalog" : catalog.creationNamespace();
    if (schema.empty())
        return refusal(
            "3F000", "no schema has been selected to create in", "extension " + change.extension);
    if (!catalog.hasNamespace(schema))
        return noSchema(schema);
    catalog.putExtension(
        change.extension,
        Extension{.name = change.extension, .schema = schema, .version = change.version});
    return std::nullopt;
}

Done apply(Catalog& catalog, const change::DropExtension& change)
{
    const auto& extensions = catalog.schema().extensions;
    const auto found = extensions.find(change.extension);
    if (found == extensions.end()) {
        if (change.ifExists)
            return std::nullopt;
        return refusal("42704",
                       "extension \"" + change.extension + "\" does not exist",
                       "extension " + change.extension);
    }
    for (const ExtensionTypes& brought : extensionTypes) {
        if (brought.extension != change.extension)
            continue;
        const QualifiedName type{.schema = found->second.schema, .name = std::string(brought.type)};
        if (typeIsUsed(catalog, type) && !change.cascade)
            return dependedOn("extension " + change.extension);
        if (Done refused = dropType(catalog, type, true))
            return refused;
    }
    catalog.putExtension(change.extension, std::nullopt);
    return std::nullopt;
}

} // namespace sightglass::replaying
