// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/dropped.h"
#include "core/sql/expression.h"
#include "core/sql/statement_tokens.h"

#include <algorithm>

namespace sightglass {

namespace {

bool mentionsWord(std::string_view definition, std::string_view word)
{
    return std::ranges::any_of(sqlTokens(definition), [&](const SqlToken& token) {
        if (token.kind == SqlTokenKind::Quoted)
            return token.text == "\"" + std::string(word) + "\"";
        return token.is(word) || token.text == "*";
    });
}

void addViews(const Moment& moment,
              const DroppedObject& object,
              std::vector<std::string>& dependents)
{
    for (const auto& [name, view] : moment.schema().views) {
        if (name == object.name)
            continue;
        const std::vector<QualifiedName> read = relationsOf(view->definition);
        const bool reads = std::ranges::any_of(
            read, [&](const QualifiedName& each) { return moment.fullName(each) == object.name; });
        if (reads && (object.part.empty() || mentionsWord(view->definition, object.part)))
            dependents.push_back((view->materialized ? "materialized view " : "view ") +
                                 toText(name));
    }
}

void addKeys(const Moment& moment,
             const DroppedObject& object,
             std::vector<std::string>& dependents)
{
    for (const auto& [name, table] : moment.schema().tables) {
        if (name == object.name)
            continue;
        for (const ForeignKey& key : table->foreignKeys) {
            const bool uses =
                object.kind != "column" ||
                std::ranges::find(key.targetColumns, object.part) != key.targetColumns.end();
            if (key.target == object.name && uses)
                dependents.push_back("foreign key " + key.name + " of " + toText(name));
        }
    }
}

/// Parts of the same table: generated columns and policies.
void addParts(const Moment& moment,
              const DroppedObject& object,
              std::vector<std::string>& dependents)
{
    const Table* const table = moment.schema().table(object.name);
    if (table == nullptr || object.kind != "column")
        return;
    for (const Column& column : table->columns) {
        if (column.name != object.part && column.generated &&
            mentionsWord(*column.generated, object.part))
            dependents.push_back("generated column " + column.name);
    }
    for (const Policy& policy : table->policies) {
        if (mentionsWord(policy.usingExpression, object.part) ||
            mentionsWord(policy.checkExpression, object.part))
            dependents.push_back("policy " + policy.name);
    }
}

void addColumnsOfType(const Moment& moment,
                      const DroppedObject& object,
                      std::vector<std::string>& dependents)
{
    for (const auto& [name, table] : moment.schema().tables) {
        for (const Column& column : table->columns) {
            std::string type = column.type;
            while (type.ends_with("[]"))
                type.resize(type.size() - 2);
            if (type == object.name.name || type == toText(object.name) ||
                type == toSql(object.name) || type == quotedIdentifier(object.name.name))
                dependents.push_back("column " + toText(name) + "." + column.name);
        }
    }
}

} // namespace

std::vector<std::string> dependentsOf(const Moment& moment, const DroppedObject& object)
{
    std::vector<std::string> dependents;
    if (object.kind == "type" || object.kind == "domain") {
        addColumnsOfType(moment, object, dependents);
        return dependents;
    }
    if (object.kind == "table" || object.kind == "column" || object.kind == "view" ||
        object.kind == "materialized view")
        addViews(moment, object, dependents);
    if (object.kind == "table" || object.kind == "column" || object.kind == "constraint")
        addKeys(moment, object, dependents);
    addParts(moment, object, dependents);
    return dependents;
}

std::string listed(const std::vector<std::string>& items)
{
    constexpr std::size_t most = 3;
    std::string text;
    const std::size_t shown = std::min(items.size(), most);
    for (std::size_t i = 0; i < shown; ++i) {
        const bool last = i + 1 == items.size();
        text += (i == 0 ? "" : last ? " and " : ", ") + items[i];
    }
    if (items.size() > most)
        text += " and " + std::to_string(items.size() - most) + " more";
    return text;
}

} // namespace sightglass
