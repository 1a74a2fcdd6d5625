// SPDX-License-Identifier: GPL-3.0-or-later
// Views, triggers, policies: what stands on tables.
#include "core/rebuild/script_maker.h"

#include <algorithm>
#include <set>

namespace sightglass {

namespace {

/// Without blanks and the last semicolon: servers lay the text out anew.
std::string bare(const std::string& sql)
{
    std::string text;
    for (const char each : sql) {
        if (each != ' ' && each != '\n' && each != '\t')
            text += each;
    }
    if (text.ends_with(';'))
        text.pop_back();
    return text;
}

const View* viewIn(const Schema& schema, const QualifiedName& name)
{
    const auto found = schema.views.find(name);
    return found == schema.views.end() ? nullptr : found->second.get();
}

bool goes(const View& view, const Schema& other)
{
    const View* same = viewIn(other, view.name);
    return view.extension.empty() && (same == nullptr || !isSameView(view, *same));
}

/// Each before those that name it.
std::vector<const View*> inOrder(std::vector<const View*> views)
{
    std::vector<const View*> ordered;
    while (!views.empty()) {
        const auto next = std::ranges::find_if(views, [&](const View* view) {
            return std::ranges::none_of(views, [&](const View* other) {
                return other != view && mentions(view->definition, other->name.name);
            });
        });
        const auto taken = next == views.end() ? views.begin() : next;
        ordered.push_back(*taken);
        views.erase(taken);
    }
    return ordered;
}

std::vector<const View*> changedViews(const Schema& schema, const Schema& other)
{
    std::vector<const View*> views;
    for (const auto& [_, view] : schema.views) {
        if (goes(*view, other))
            views.push_back(view.get());
    }
    return inOrder(std::move(views));
}

std::string viewSql(const View& view)
{
    std::string query = view.definition;
    while (query.ends_with(';') || query.ends_with('\n') || query.ends_with(' '))
        query.pop_back();
    query.erase(0, query.find_first_not_of(" \n"));
    return std::string("CREATE ") + (view.materialized ? "MATERIALIZED " : "") + "VIEW " +
           toSql(view.name) + " AS\n" + query;
}

std::string policySql(const Table& table, const Policy& policy)
{
    std::string sql = "CREATE POLICY " + quotedIdentifier(policy.name) + " ON " + toSql(table.name);
    if (!policy.permissive)
        sql += " AS RESTRICTIVE";
    if (!policy.command.empty() && policy.command != "ALL")
        sql += " FOR " + policy.command;
    std::string roles;
    for (const std::string& role : policy.roles) {
        const bool isEverybody = role == "public" || role == "PUBLIC";
        roles += (roles.empty() ? "" : ", ") + (isEverybody ? "PUBLIC" : quotedIdentifier(role));
    }
    if (!roles.empty() && roles != "PUBLIC")
        sql += " TO " + roles;
    if (!policy.usingExpression.empty())
        sql += " USING (" + policy.usingExpression + ")";
    if (!policy.checkExpression.empty())
        sql += " WITH CHECK (" + policy.checkExpression + ")";
    return sql;
}

template <typename T>
const T* named(const std::vector<T>& items, const std::string& name)
{
    const auto found = std::ranges::find(items, name, &T::name);
    return found == items.end() ? nullptr : &*found;
}

template <typename T>
bool hasSame(const std::vector<T>& items, const T& item)
{
    const T* same = named(items, item.name);
    return same != nullptr && *same == item;
}

const Table& tableOrNone(const Schema& schema, const QualifiedName& name)
{
    static const Table none;
    const Table* table = schema.table(name);
    return table == nullptr ? none : *table;
}

} // namespace

bool isSameView(const View& left, const View& right)
{
    if (left.materialized != right.materialized)
        return false;
    if (bare(left.definition) == bare(right.definition))
        return true;
    // One is as a revision has it, the other as a server spells it: only their columns compare.
    if (left.columns.size() != right.columns.size() || left.columns.empty())
        return left.columns.empty() || right.columns.empty();
    return std::ranges::equal(left.columns, right.columns, {}, &Column::name, &Column::name);
}

void createViews(ScriptScene& scene)
{
    for (const View* view : changedViews(scene.to, scene.from)) {
        scene.writer.execute(viewSql(*view));
        for (const Index& index : view->indexes)
            createIndex(view->name, view->columns, index, scene.writer);
    }
    for (const auto& [name, view] : scene.to.views) {
        const View* before = viewIn(scene.from, name);
        if (before == nullptr || goes(*view, scene.from))
            continue;
        for (const Index& index : view->indexes) {
            if (named(before->indexes, index.name) == nullptr)
                createIndex(name, view->columns, index, scene.writer);
        }
    }
}

void dropViews(ScriptScene& scene)
{
    auto views = changedViews(scene.from, scene.to);
    std::ranges::reverse(views);
    for (const View* view : views)
        scene.writer.execute(std::string("DROP ") + (view->materialized ? "MATERIALIZED " : "") +
                             "VIEW " + toSql(view->name));
    for (const auto& [name, view] : scene.from.views) {
        const View* after = viewIn(scene.to, name);
        if (after == nullptr || goes(*view, scene.to))
            continue;
        for (const Index& index : view->indexes) {
            if (named(after->indexes, index.name) == nullptr)
                dropIndex(name, index, scene.writer);
        }
    }
}

void createTriggers(ScriptScene& scene)
{
    for (const auto& [name, table] : scene.to.tables) {
        const Table& before = tableOrNone(scene.from, name);
        const std::string alter = "ALTER TABLE " + toSql(name);
        if (table->rowSecurity != before.rowSecurity)
            scene.writer.execute(alter + (table->rowSecurity ? " ENABLE" : " DISABLE") +
                                 " ROW LEVEL SECURITY");
        for (const Policy& policy : table->policies) {
            if (!hasSame(before.policies, policy))
                scene.writer.execute(policySql(*table, policy));
        }
        for (const Trigger& trigger : table->triggers) {
            if (hasSame(before.triggers, trigger))
                continue;
            scene.writer.execute(trigger.definition);
            if (!trigger.enabled)
                scene.writer.execute(alter + " DISABLE TRIGGER " + quotedIdentifier(trigger.name));
        }
    }
}

void dropTriggers(ScriptScene& scene)
{
    for (const auto& [name, table] : scene.from.tables) {
        const Table* after = scene.to.table(name);
        if (after == nullptr)
            continue; // they go with their table
        for (const Trigger& trigger : table->triggers) {
            if (!hasSame(after->triggers, trigger))
                scene.writer.execute("DROP TRIGGER " + quotedIdentifier(trigger.name) + " ON " +
                                     toSql(name));
        }
        for (const Policy& policy : table->policies) {
            if (!hasSame(after->policies, policy))
                scene.writer.execute("DROP POLICY " + quotedIdentifier(policy.name) + " ON " +
                                     toSql(name));
        }
    }
}

} // namespace sightglass
