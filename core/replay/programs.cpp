// SPDX-License-Identifier: GPL-3.0-or-later
//
// Functions, row policies and extensions.
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

Refusal policyExists(const std::string& policy, const QualifiedName& table)
{
    return refusal("42710",
                   "policy \"" + policy + "\" for table \"" + table.name + "\" already exists",
                   "table " + toText(table));
}

Refusal noPolicy(const std::string& policy, const QualifiedName& table)
{
    return refusal("42704",
                   "policy \"" + policy + "\" for table \"" + table.name + "\" does not exist",
                   "table " + toText(table));
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

Done apply(Catalog& catalog, const change::CreatePolicy& change)
{
    const auto found = tableNamed(catalog, change.table);
    if (!found)
        return found.error();
    return editTable(catalog, *found, [&](Table& table) -> Done {
        if (findByName(table.policies, change.policy.name) != table.policies.end())
            return policyExists(change.policy.name, *found);
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

Done apply(Catalog& catalog, const change::AlterPolicy& change)
{
    const auto found = tableNamed(catalog, change.table);
    if (!found)
        return found.error();
    return editTable(catalog, *found, [&](Table& table) -> Done {
        const auto policy = findByName(table.policies, change.policy);
        if (policy == table.policies.end())
            return noPolicy(change.policy, *found);
        if (!change.newName.empty()) {
            if (findByName(table.policies, change.newName) != table.policies.end())
                return policyExists(change.newName, *found);
            policy->name = change.newName;
            sortByName(table.policies);
            return std::nullopt;
        }
        policy->roles = change.roles.value_or(policy->roles);
        policy->usingExpression = change.usingExpression.value_or(policy->usingExpression);
        policy->checkExpression = change.checkExpression.value_or(policy->checkExpression);
        if (change.usingExpression) {
            if (Done refused = spellPolicy(catalog, table, policy->name, policy->usingExpression))
                return refused;
        }
        return change.checkExpression
                   ? spellPolicy(catalog, table, policy->name, policy->checkExpression)
                   : Done();
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
            return noPolicy(change.policy, *found);
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
