// SPDX-License-Identifier: GPL-3.0-or-later
//
// source  CreateTriggerFiringOn, pg_get_triggerdef_worker, renametrig
#include "core/replay/triggers.h"

#include "core/replay/appliers.h"
#include "core/replay/lookup.h"
#include "core/replay/routines.h"
#include "core/replay/spelling.h"

#include <algorithm>

namespace sightglass::replaying {

namespace {

std::string quotedList(const std::vector<std::string>& names)
{
    std::string text;
    for (const std::string& name : names)
        text += (text.empty() ? "" : ", ") + quotedIdentifier(name);
    return text;
}

std::string eventsText(const TriggerDefinition& parts)
{
    std::string text;
    for (const std::string& event : parts.events) {
        text += (text.empty() ? "" : " OR ") + event;
        if (event == "UPDATE" && !parts.updateColumns.empty())
            text += " OF " + quotedList(parts.updateColumns);
    }
    return text;
}

std::string deferralText(const TriggerDefinition& parts)
{
    if (!parts.constraint)
        return {};
    std::string text;
    if (!parts.from.name.empty())
        text += "FROM " + toSql(parts.from) + " ";
    text += parts.deferrable ? "DEFERRABLE INITIALLY " : "NOT DEFERRABLE INITIALLY ";
    return text + (parts.initiallyDeferred ? "DEFERRED " : "IMMEDIATE ");
}

std::string transitionText(const TriggerDefinition& parts)
{
    if (parts.oldTable.empty() && parts.newTable.empty())
        return {};
    std::string text = "REFERENCING ";
    if (!parts.oldTable.empty())
        text += "OLD TABLE AS " + quotedIdentifier(parts.oldTable) + " ";
    if (!parts.newTable.empty())
        text += "NEW TABLE AS " + quotedIdentifier(parts.newTable) + " ";
    return text;
}

std::string argumentsText(const TriggerDefinition& parts)
{
    std::string text;
    for (const std::string& argument : parts.arguments)
        text += (text.empty() ? "" : ", ") + quotedLiteral(argument);
    return text;
}

/// WHEN, as pg_get_expr prints it.
Done spellCondition(Catalog& catalog, const Table& table, WrittenTrigger& trigger)
{
    std::optional<SqlText>& condition = trigger.parts.condition;
    if (!condition)
        return std::nullopt;
    const auto text = expressionText(catalog, *condition, ExpressionUse::Trigger, &table);
    if (!text)
        return text.error();
    if (text->isKnown())
        condition = text->value().text;
    else
        catalog.doubt(table.name,
                      {},
                      "the spelling of trigger " + trigger.trigger +
                          " is not known: " + text->reason());
    return std::nullopt;
}

/// What the table's part of the definition must be; refused like the server
/// does.
Done spellParts(Catalog& catalog, const Table& table, WrittenTrigger& trigger)
{
    for (const std::string& column : trigger.parts.updateColumns) {
        if (table.column(column) == nullptr)
            return noColumn(table.name, column);
    }
    if (!trigger.parts.from.name.empty()) {
        const auto from = tableNamed(catalog, trigger.parts.from);
        if (!from)
            return from.error();
        trigger.parts.from = nameFromSql(catalog.spelled(*from));
    }
    trigger.function = spelledFunction(catalog, trigger.function);
    return spellCondition(catalog, table, trigger);
}

Done missingFunction(const Catalog& catalog, const QualifiedName& function)
{
    const bool system = isSystemNamespace(function.schema);
    // The system and its extensions bring trigger functions of their own.
    const bool theirs = system || function.name.starts_with("tsvector_update_trigger") ||
                        function.name.starts_with("suppress_redundant_updates");
    if (!functionsNamed(catalog, function).empty() || theirs || function.name.empty() ||
        !catalog.schema().extensions.empty())
        return std::nullopt;
    return refusal("42883",
                   "function " + toText(function) + "() does not exist",
                   "function " + toText(function));
}

Refusal triggerExists(const std::string& trigger, const QualifiedName& table)
{
    return refusal("42710",
                   "trigger \"" + trigger + "\" for relation \"" + table.name + "\" already exists",
                   "trigger " + trigger + " of " + toText(table));
}

Refusal noTrigger(const std::string& trigger, const QualifiedName& table)
{
    return refusal("42704",
                   "trigger \"" + trigger + "\" for table \"" + table.name + "\" does not exist",
                   "trigger " + trigger + " of " + toText(table));
}

template <typename Edit>
void editDefinitions(Table& table, const Edit& edit)
{
    for (Trigger& trigger : table.triggers) {
        if (auto read = writtenTrigger(trigger.definition)) {
            edit(*read);
            trigger.definition = triggerText(table.name, *read);
        }
    }
}

/// Functions that ALTER FUNCTION may mean.
Outcome<std::pair<QualifiedName, std::string>, Refusal>
functionNamed(const Catalog& catalog, const change::RenameFunction& change)
{
    auto found = functionsNamed(catalog, change.function);
    const std::string kind = change.kind.empty() ? "function" : change.kind;
    const std::string object = kind + " " + toText(change.function);
    if (change.arguments) {
        const std::string wanted = spelledArguments(catalog, *change.arguments);
        std::erase_if(found, [&](const auto& key) { return key.second != wanted; });
        if (found.empty())
            return otherwise(refusal("42883",
                                     kind + " " + toText(change.function) + "(" +
                                         replacedAll(wanted, ", ", ",") + ") does not exist",
                                     object));
    }
    if (found.empty())
        return otherwise(
            refusal("42883",
                    "could not find a " + kind + " named \"" + toText(change.function) + "\"",
                    object));
    if (found.size() > 1)
        return otherwise(refusal(
            "42725", kind + " name \"" + toText(change.function) + "\" is not unique", object));
    return found.front();
}

} // namespace

std::string triggerText(const QualifiedName& table, const WrittenTrigger& trigger)
{
    const TriggerDefinition& parts = trigger.parts;
    std::string text = std::string("CREATE ") + (parts.constraint ? "CONSTRAINT " : "") +
                       "TRIGGER " + quotedIdentifier(trigger.trigger) + " " + parts.timing + " " +
                       eventsText(parts) + " ON " + toSql(table) + " ";
    text += deferralText(parts) + transitionText(parts);
    text += parts.eachRow ? "FOR EACH ROW " : "FOR EACH STATEMENT ";
    if (parts.condition && parts.condition->isKnown())
        text += "WHEN (" + parts.condition->value() + ") ";
    return text + "EXECUTE FUNCTION " + toSql(trigger.function) + "(" + argumentsText(parts) + ")";
}

void respellTriggers(Table& table)
{
    editDefinitions(table, [](WrittenTrigger&) {});
}

void renameColumnInTriggers(Table& table, const std::string& from, const std::string& to)
{
    editDefinitions(table, [&](WrittenTrigger& trigger) {
        std::ranges::replace(trigger.parts.updateColumns, from, to);
        if (!trigger.parts.condition || !trigger.parts.condition->isKnown())
            return;
        std::string condition = trigger.parts.condition->value();
        for (const std::string row : {"old.", "new."})
            condition = withWordReplaced(
                condition, row + quotedIdentifier(from), row + quotedIdentifier(to));
        trigger.parts.condition = condition;
    });
}

bool triggerUses(const Trigger& trigger, const std::string& column)
{
    if (trigger.definition.find(column) == std::string::npos)
        return false;
    const auto read = writtenTrigger(trigger.definition);
    if (!read)
        return false;
    return holds(read->parts.updateColumns, column) ||
           (read->parts.condition && read->parts.condition->isKnown() &&
            mentions(read->parts.condition->value(), column));
}

Done apply(Catalog& catalog, const change::CreateTrigger& change)
{
    const auto found = catalog.findRelation(change.table);
    if (!found)
        return noRelation(catalog, change.table);
    if (catalog.view(*found) != nullptr)
        return std::nullopt;
    const auto name = tableNamed(catalog, change.table);
    if (!name)
        return name.error();
    if (Done missing = missingFunction(catalog, change.function))
        return missing;
    return editTable(catalog, *name, [&](Table& table) -> Done {
        const auto existing = findByName(table.triggers, change.trigger);
        if (existing != table.triggers.end() && !change.orReplace)
            return triggerExists(change.trigger, *name);
        auto written = writtenTrigger(change.definition);
        if (!written)
            catalog.doubt(*name, {}, "trigger " + change.trigger + " can't be read");
        Done refused = written ? spellParts(catalog, table, *written) : Done();
        if (refused)
            return refused;
        if (existing != table.triggers.end())
            table.triggers.erase(existing);
        table.triggers.push_back(
            {.name = change.trigger,
             .definition = written ? triggerText(*name, *written) : change.definition});
        sortByName(table.triggers);
        return std::nullopt;
    });
}

Done apply(Catalog& catalog, const change::RenameTrigger& change)
{
    const auto found = catalog.findRelation(change.table);
    if (!found)
        return noRelation(catalog, change.table);
    if (catalog.table(*found) == nullptr)
        return std::nullopt;
    return editTable(catalog, *found, [&](Table& table) -> Done {
        const auto trigger = findByName(table.triggers, change.trigger);
        if (trigger == table.triggers.end())
            return noTrigger(change.trigger, *found);
        if (findByName(table.triggers, change.newName) != table.triggers.end())
            return triggerExists(change.newName, *found);
        trigger->name = change.newName;
        if (auto read = writtenTrigger(trigger->definition)) {
            read->trigger = change.newName;
            trigger->definition = triggerText(*found, *read);
        }
        sortByName(table.triggers);
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
            return noTrigger(change.trigger, *found);
        return std::nullopt;
    });
}

Done apply(Catalog& catalog, const change::RenameFunction& change)
{
    const auto found = functionNamed(catalog, change);
    if (!found)
        return found.error();
    const auto [from, arguments] = *found;
    QualifiedName to = from;
    (change.newSchema.empty() ? to.name : to.schema) =
        change.newSchema.empty() ? change.newName : change.newSchema;
    if (!catalog.hasNamespace(to.schema))
        return noSchema(to.schema);
    if (to == from && !change.newSchema.empty())
        return std::nullopt;
    if (catalog.schema().functions.contains({to, arguments}))
        return refusal("42723",
                       "function " + to.name + "(" + replacedAll(arguments, ", ", ",") +
                           ") already exists in schema \"" + to.schema + "\"",
                       "function " + toText(to));
    Function function = *catalog.schema().functions.at({from, arguments});
    const auto users = catalog.tablesWithTriggerOf(from);
    const bool others = functionsNamed(catalog, from).size() > 1;
    const QualifiedName before = spelledFunction(catalog, from);
    catalog.removeFunction(from, arguments);
    function.name = to;
    catalog.putFunction(function);
    for (const QualifiedName& user : users)
        editTable(catalog, user, [&](Table& table) -> Done {
            editDefinitions(table, [&](WrittenTrigger& trigger) {
                if (trigger.function.name == from.name)
                    trigger.function = spelledFunction(catalog, to);
            });
            return std::nullopt;
        });
    renameCalls(catalog, before, spelledFunction(catalog, to), others);
    return std::nullopt;
}

} // namespace sightglass::replaying
