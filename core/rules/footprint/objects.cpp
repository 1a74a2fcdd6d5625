// SPDX-License-Identifier: GPL-3.0-or-later
// Views, triggers, policies, sequences, functions, comments.
#include "core/rules/footprint/builder.h"

#include <algorithm>
#include <array>

namespace sightglass::footprints {

namespace {

constexpr LockMode strong = LockMode::AccessExclusive;

void lockViewsAbove(Builder& b, const QualifiedName& view)
{
    for (const QualifiedName& other : viewsOf(b.moment, view))
        b.lockFurther(other, strong);
}

} // namespace

void take(Builder& b, const change::CreateView& c)
{
    const bool there = b.moment.replay().findRelation(c.view).has_value();
    if (there && c.ifNotExists)
        return;
    // OR REPLACE of what is not known to be there takes the lock as well if it is.
    if (c.orReplace && (there || !b.moment.isWhole()))
        b.lock(c.view, strong);
    b.lockSources(c.query);
    if (c.materialized && !b.says({"with", "no", "data"}))
        b.scan();
}

void take(Builder& b, const change::DropView& c)
{
    b.lock(c.view, strong);
    if (c.cascade)
        lockViewsAbove(b, b.moment.fullName(c.view));
}

void take(Builder& b, const change::RenameView& c)
{
    b.lock(c.view, strong);
}

void take(Builder& b, const change::RefreshView& c)
{
    b.lock(c.view, c.concurrently ? LockMode::Exclusive : strong);
    const auto view = b.moment.schema().views.find(b.moment.fullName(c.view));
    if (view != b.moment.schema().views.end())
        b.lockSources(view->second->definition);
    if (c.concurrently)
        b.scan();
    else if (b.says({"with", "no", "data"}))
        b.footprint.rewrites = true;
    else
        b.rewrite();
}

void take(Builder& b, const change::CreateTrigger& c)
{
    b.lockTree(c.table, LockMode::ShareRowExclusive);
}

void take(Builder& b, const change::RenameTrigger& c)
{
    b.lock(c.table, LockMode::AccessExclusive);
}

void take(Builder& b, const change::AlterPolicy& c)
{
    b.lock(c.table, LockMode::AccessExclusive);
}

void take(Builder& b, const change::DropTrigger& c)
{
    b.lockTree(c.table, strong);
}

void take(Builder& b, const change::CreatePolicy& c)
{
    b.lock(c.table, strong);
}

void take(Builder& b, const change::DropPolicy& c)
{
    b.lock(c.table, strong);
}

void take(Builder& b, const change::SetComment& c)
{
    constexpr std::array partOfTable{std::string_view("constraint"),
                                     std::string_view("trigger"),
                                     std::string_view("policy"),
                                     std::string_view("rule")};
    constexpr std::array onRelation{std::string_view("table"),
                                    std::string_view("column"),
                                    std::string_view("view"),
                                    std::string_view("materialized view"),
                                    std::string_view("foreign table"),
                                    std::string_view("sequence")};
    if (std::ranges::find(onRelation, std::string_view(c.kind)) != onRelation.end())
        b.lock(c.name, LockMode::ShareUpdateExclusive);
    else if (std::ranges::find(partOfTable, std::string_view(c.kind)) != partOfTable.end())
        b.lock(c.name, LockMode::AccessShare);
    else if (c.kind == "index")
        b.lockIndex(b.moment.fullName(c.name), LockMode::ShareUpdateExclusive);
}

void take(Builder& b, const change::AlterSequence& c)
{
    b.lock(c.sequence, LockMode::ShareRowExclusive);
    if (c.options.ownerTable)
        b.lockFurther(b.moment.fullName(*c.options.ownerTable), LockMode::AccessShare);
}

void take(Builder& b, const change::DropSequence& c)
{
    b.lock(c.sequence, strong);
    if (!c.cascade)
        return;
    // Defaults that call it go with it.
    for (const auto& [name, table] : b.moment.schema().tables) {
        const bool uses = std::ranges::any_of(table->columns, [&](const Column& column) {
            return column.defaultExpression &&
                   column.defaultExpression->find("nextval('" + c.sequence.name + "'") !=
                       std::string::npos;
        });
        if (uses)
            b.lockFurther(name, strong);
    }
}

void take(Builder& b, const change::RenameSequence& c)
{
    b.lock(c.sequence, strong);
}

void take(Builder& b, const change::DropFunction& c)
{
    if (!c.cascade)
        return;
    const std::string call = c.function.name + "(";
    for (const auto& [name, table] : b.moment.schema().tables) {
        const bool used = std::ranges::any_of(table->triggers, [&](const Trigger& trigger) {
            return trigger.definition.find(call) != std::string::npos;
        });
        if (used)
            b.lockFurther(name, strong);
    }
    for (const auto& [name, view] : b.moment.schema().views) {
        if (view->definition.find(call) != std::string::npos)
            b.lockFurther(name, strong);
    }
}

} // namespace sightglass::footprints
