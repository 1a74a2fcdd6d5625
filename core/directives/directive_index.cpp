// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/directives/directive_call.h"
#include "core/sqlalchemy/items_parts.h"
#include "core/sqlalchemy/naming.h"

#include <array>

namespace sightglass {
namespace {

using Role = DirectiveParameter::Role;

std::optional<Raised> readElements(const DirectiveCall& call, IndexItem& index)
{
    const Value& columns = *call.given("columns");
    if (columns.isUnknown()) {
        note(index.unknown, columns.reason());
        return std::nullopt;
    }
    // A text instead of a list is taken letter by letter, as Python iterates it.
    const auto elements = call.interpreter().elementsOf(columns);
    if (!elements)
        return elements.error();
    for (const Value& each : *elements)
        index.definition.elements.push_back(indexElementOf(each, index.unknown));
    return std::nullopt;
}

LoweredOutcome createIndex(const DirectiveCall& call)
{
    const auto table = call.table();
    if (!table.isKnown())
        return opaqueLowering("creates an index of a table whose name is not known",
                              table.reason());
    IndexItem index;
    index.name = givenName(call.given("index_name"));
    if (auto raised = readElements(call, index))
        return otherwise(*raised);
    if (auto raised = readIndexOptions(call.interpreter(), call.arguments(), index))
        return otherwise(*raised);
    index.definition.unique = call.flag("unique", index.unknown);
    if (call.arguments().hidden)
        note(index.unknown, call.arguments().hidden->reason);
    const bool unlessExists = call.flag("if_not_exists", index.unknown);
    auto changes = createIndexChanges(index, table.value(), call.convention());
    if (!changes)
        return otherwise(changes.error());
    for (Change& each : *changes) {
        if (auto* made = std::get_if<change::CreateIndex>(&each))
            made->ifNotExists = unlessExists;
    }
    return lowered(std::move(*changes));
}

LoweredOutcome dropIndex(const DirectiveCall& call)
{
    std::optional<Unknown> unknown;
    // Only the schema of the table matters, and its name where a convention asks for it.
    Known<QualifiedName> table = QualifiedName{{}, "no_table"};
    if (call.some("table_name") != nullptr)
        table = call.table();
    else if (call.some("schema") != nullptr)
        table.value().schema = textArgument(call.given("schema"), unknown);
    const GivenName given = givenName(call.given("index_name"));
    if (!table.isKnown() && given.kind == GivenName::Kind::None)
        return opaqueLowering("drops an index whose name is not known", table.reason());
    if (!table.isKnown())
        table = QualifiedName{textArgument(call.given("schema"), unknown), "no_table"};
    // Alembic builds the index on a column of its own, named x.
    auto name = finalName(given, "ix", table.value(), {"x"}, {}, {}, call.convention());
    if (!name)
        return otherwise(name.error());
    const QualifiedName concerned =
        call.some("table_name") != nullptr ? table.value() : QualifiedName{};
    if (!name->isKnown())
        return opaqueLowering("drops an index whose name is not known", name->reason(), concerned);
    const bool concurrently = call.flag("postgresql_concurrently", unknown);
    const bool ifExists = call.flag("if_exists", unknown);
    if (unknown)
        return opaqueLowering("drops index " + name->value() + " of a schema that is not known",
                              unknown->reason,
                              concerned);
    return lowered(change::DropIndex{.index = {table.value().schema, name->value()},
                                     .ifExists = ifExists,
                                     .concurrently = concurrently,
                                     .cascade = false});
}

constexpr std::array<DirectiveParameter, 6> createParameters = {
    {{"index_name", Role::Plain, true, "name"},
     {"table_name", Role::Table, true, "tablename"},
     {"columns", Role::Plain, true},
     {"schema", Role::Schema},
     {"unique"},
     {"if_not_exists", Role::Keyword}}};
constexpr std::array<DirectiveParameter, 4> dropParameters = {
    {{"index_name", Role::Plain, true, "name"},
     {"table_name", Role::Table, false, "tablename"},
     {"schema", Role::Schema},
     {"if_exists", Role::Keyword}}};

constexpr std::array<Directive, 2> directives = {{
    {"create_index", createParameters, true, false, createIndex},
    {"drop_index", dropParameters, true, false, dropIndex},
}};

} // namespace

std::span<const Directive> indexDirectives()
{
    return directives;
}

} // namespace sightglass
