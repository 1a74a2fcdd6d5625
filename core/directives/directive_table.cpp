// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/directives/directive_call.h"
#include "core/sqlalchemy/items_parts.h"
#include "core/sqlalchemy/naming.h"

#include <array>

namespace sightglass {
namespace {

using Role = DirectiveParameter::Role;

/// The table that op.create_table builds: columns of other tables are copied.
Outcome<TableItem*, Raised> buildTable(const DirectiveCall& call, const QualifiedName& name)
{
    auto* table = call.interpreter().make<TableItem>();
    table->name = name;
    table->span = call.arguments().span;
    readTableOptions(call.interpreter(), call.arguments(), *table);
    for (std::size_t i = call.positionalRest(); i < call.arguments().positional.size(); ++i) {
        Value item = call.arguments().positional[i];
        if (const auto* column = item.as<ColumnItem>();
            column != nullptr && column->table != nullptr)
            item = Value(static_cast<Object*>(copyOf(call.interpreter(), *column)));
        if (auto raised = appendTo(*table, item))
            return otherwise(*raised);
    }
    table->constraintsGiven = table->constraints.size();
    return table;
}

LoweredOutcome createTable(const DirectiveCall& call)
{
    const auto name = call.table();
    auto table = buildTable(call, name.isKnown() ? name.value() : QualifiedName{});
    if (!table)
        return otherwise(table.error());
    if (!name.isKnown())
        (*table)->unknown = Unknown{name.reason()};
    auto changes = createTableChanges(**table, call.convention());
    if (!changes)
        return otherwise(changes.error());
    std::optional<Unknown> unknown;
    const bool unlessExists = call.flag("if_not_exists", unknown);
    for (Change& each : *changes) {
        if (auto* made = std::get_if<change::CreateTable>(&each))
            made->ifNotExists = unlessExists;
    }
    Lowered made = lowered(std::move(*changes));
    made.value = Value(static_cast<Object*>(*table));
    return made;
}

LoweredOutcome dropTable(const DirectiveCall& call)
{
    const auto table = call.table();
    if (!table.isKnown())
        return opaqueLowering("drops a table whose name is not known", table.reason());
    std::optional<Unknown> unknown;
    const bool ifExists = call.flag("if_exists", unknown);
    return lowered(
        change::DropTable{.table = table.value(), .ifExists = ifExists, .cascade = false});
}

LoweredOutcome renameTable(const DirectiveCall& call)
{
    const auto table = call.table("old_table_name");
    if (!table.isKnown())
        return opaqueLowering("renames a table whose name is not known", table.reason());
    const auto name = call.text("new_table_name");
    if (!name.isKnown())
        return opaqueLowering("renames table " + toText(table.value()) +
                                  " to a name that is not known",
                              name.reason(),
                              table.value());
    return lowered(
        change::RenameTable{.table = table.value(), .newName = name.value(), .ifExists = false});
}

LoweredOutcome commentTable(const DirectiveCall& call, bool drop)
{
    const auto table = call.table();
    if (!table.isKnown())
        return opaqueLowering("comments a table whose name is not known", table.reason());
    std::optional<std::string> text;
    if (!drop && call.some("comment") != nullptr) {
        const auto given = call.text("comment");
        if (!given.isKnown())
            return opaqueLowering(
                "sets a comment that is not known", given.reason(), table.value());
        text = given.value();
    }
    return lowered(
        change::SetComment{.kind = "table", .name = table.value(), .part = {}, .text = text});
}

LoweredOutcome createTableComment(const DirectiveCall& call)
{
    return commentTable(call, false);
}

LoweredOutcome dropTableComment(const DirectiveCall& call)
{
    return commentTable(call, true);
}

constexpr std::array<DirectiveParameter, 4> createParameters = {
    {{"table_name", Role::Plain, true, "name"},
     {"schema", Role::Keyword},
     {"if_not_exists", Role::Keyword},
     {"comment", Role::Keyword}}};
constexpr std::array<DirectiveParameter, 3> dropParameters = {
    {{"table_name", Role::Plain, true, "name"}, {"schema"}, {"if_exists", Role::Keyword}}};
constexpr std::array<DirectiveParameter, 3> renameParameters = {
    {{"old_table_name", Role::Plain, true}, {"new_table_name", Role::Plain, true}, {"schema"}}};
constexpr std::array<DirectiveParameter, 4> commentParameters = {{{"table_name", Role::Table, true},
                                                                  {"comment", Role::Plain, true},
                                                                  {"existing_comment"},
                                                                  {"schema", Role::Schema}}};
constexpr std::array<DirectiveParameter, 3> uncommentParameters = {
    {{"table_name", Role::Table, true}, {"existing_comment"}, {"schema", Role::Schema}}};

constexpr std::array<Directive, 5> directives = {{
    {"create_table", createParameters, false, true, createTable},
    {"drop_table", dropParameters, false, false, dropTable},
    {"rename_table", renameParameters, false, false, renameTable},
    {"create_table_comment", commentParameters, true, false, createTableComment},
    {"drop_table_comment", uncommentParameters, true, false, dropTableComment},
}};

} // namespace

std::span<const Directive> tableDirectives()
{
    return directives;
}

} // namespace sightglass
