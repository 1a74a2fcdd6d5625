// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/directives/directive_call.h"
#include "core/sqlalchemy/items_parts.h"
#include "core/sqlalchemy/naming.h"

#include <algorithm>
#include <array>

namespace sightglass {
namespace {

using Role = DirectiveParameter::Role;
using Kind = ConstraintDefinition::Kind;

/// A constraint with what all kinds have: name and options.
std::optional<Raised> readCommon(const DirectiveCall& call, ConstraintItem& item)
{
    item.name = givenName(call.given("constraint_name"));
    item.span = call.arguments().span;
    return readConstraintOptions(call.interpreter(), call.arguments(), item);
}

std::optional<Raised> readColumns(const DirectiveCall& call,
                                  std::string_view parameter,
                                  ConstraintItem& item,
                                  std::vector<std::string>& into)
{
    auto names = columnNamesOf(call.interpreter(), *call.given(parameter), item.unknown);
    if (!names)
        return names.error();
    into = std::move(*names);
    return std::nullopt;
}

LoweredOutcome
finished(const DirectiveCall& call, const QualifiedName& table, const ConstraintItem& item)
{
    auto change = addConstraintChange(table, item, call.convention());
    if (!change)
        return otherwise(change.error());
    return lowered(std::move(*change));
}

LoweredOutcome unknownTable(std::string_view what, const Known<QualifiedName>& table)
{
    return opaqueLowering("adds " + std::string(what) + " to a table whose name is not known",
                          table.reason());
}

/// create_unique_constraint and create_primary_key.
LoweredOutcome createKey(const DirectiveCall& call, Kind kind, std::string_view what)
{
    const auto table = call.table();
    if (!table.isKnown())
        return unknownTable(what, table);
    ConstraintItem item;
    item.definition.kind = kind;
    if (auto raised = readCommon(call, item))
        return otherwise(*raised);
    if (auto raised = readColumns(call, "columns", item, item.definition.columns))
        return otherwise(*raised);
    return finished(call, table.value(), item);
}

LoweredOutcome createUnique(const DirectiveCall& call)
{
    return createKey(call, Kind::Unique, "a unique constraint");
}

LoweredOutcome createPrimaryKey(const DirectiveCall& call)
{
    return createKey(call, Kind::PrimaryKey, "a primary key");
}

/// Options that older files pass by position.
void readPositionalOptions(const DirectiveCall& call, Arguments& options)
{
    for (const std::string_view name :
         {"onupdate", "ondelete", "deferrable", "initially", "match"}) {
        const Value* value = call.some(name);
        if (value != nullptr && options.keyword(name) == nullptr)
            options.keywords.emplace_back(std::string(name), *value);
    }
}

LoweredOutcome createForeignKey(const DirectiveCall& call)
{
    const auto table = call.table("source_table", "source_schema");
    if (!table.isKnown())
        return unknownTable("a foreign key", table);
    const auto target = call.table("referent_table", "referent_schema");
    if (!target.isKnown())
        return opaqueLowering("adds a foreign key to a table whose name is not known",
                              target.reason(),
                              table.value());
    ConstraintItem item;
    item.definition.kind = Kind::ForeignKey;
    item.definition.target = target.value();
    item.name = givenName(call.given("constraint_name"));
    Arguments options = call.arguments();
    readPositionalOptions(call, options);
    if (auto raised = readConstraintOptions(call.interpreter(), options, item))
        return otherwise(*raised);
    if (auto raised = readColumns(call, "local_cols", item, item.definition.columns))
        return otherwise(*raised);
    if (auto raised = readColumns(call, "remote_cols", item, item.definition.targetColumns))
        return otherwise(*raised);
    if (!item.unknown && item.definition.columns.size() != item.definition.targetColumns.size())
        return sqlalchemyError("ArgumentError",
                               "ForeignKeyConstraint number of constrained columns must match the "
                               "number of referenced columns.");
    return finished(call, table.value(), item);
}

LoweredOutcome createCheck(const DirectiveCall& call)
{
    const auto table = call.table();
    if (!table.isKnown())
        return unknownTable("a CHECK", table);
    ConstraintItem item;
    item.definition.kind = Kind::Check;
    item.definition.expression = conditionOf(call.interpreter(), *call.given("condition"));
    if (auto raised = readCommon(call, item))
        return otherwise(*raised);
    return finished(call, table.value(), item);
}

LoweredOutcome createExclude(const DirectiveCall& call)
{
    const auto table = call.table();
    if (!table.isKnown())
        return unknownTable("an exclusion constraint", table);
    ConstraintItem item;
    item.name = givenName(call.given("constraint_name"));
    if (auto raised =
            readExclusion(call.interpreter(), call.arguments(), call.positionalRest(), item))
        return otherwise(*raised);
    return finished(call, table.value(), item);
}

struct ConstraintType
{
    std::string_view name;
    std::string_view key; ///< of naming conventions
    std::string_view className;
};

constexpr std::array<ConstraintType, 4> constraintTypes = {{
    {"check", "ck", "CheckConstraint"},
    {"foreignkey", "fk", "ForeignKeyConstraint"},
    {"primary", "pk", "PrimaryKeyConstraint"},
    {"unique", "uq", "UniqueConstraint"},
}};

Outcome<ConstraintType, Raised> constraintType(const Known<std::string>& given)
{
    const auto found =
        std::find_if(constraintTypes.begin(),
                     constraintTypes.end(),
                     [&given](const ConstraintType& each) { return each.name == given.value(); });
    if (found != constraintTypes.end())
        return *found;
    return raising("TypeError",
                   "'type' can be one of 'check', 'foreignkey', 'primary', 'unique', None",
                   {"Exception", "BaseException"});
}

LoweredOutcome dropConstraint(const DirectiveCall& call)
{
    const auto table = call.table();
    if (!table.isKnown())
        return opaqueLowering("drops a constraint of a table whose name is not known",
                              table.reason());
    ConstraintType type{"", "", "Constraint"};
    if (call.some("type_") != nullptr) {
        const auto given = call.text("type_");
        if (!given.isKnown())
            return opaqueLowering(
                "drops a constraint of a kind that is not known", given.reason(), table.value());
        const auto known = constraintType(given);
        if (!known)
            return otherwise(known.error());
        type = *known;
    }
    auto name = finalName(givenName(call.given("constraint_name")),
                          type.key,
                          table.value(),
                          {},
                          {},
                          {},
                          call.convention());
    if (!name)
        return otherwise(name.error());
    if (!name->isKnown())
        return opaqueLowering(
            "drops a constraint whose name is not known", name->reason(), table.value());
    if (name->value().empty())
        return sqlalchemyError("CompileError",
                               "Can't emit DROP CONSTRAINT for constraint " +
                                   std::string(type.className) + "(); it has no name");
    if (!type.name.empty())
        call.emitter().remark({.kind = RevisionReading::Remark::Kind::ConstraintKind,
                               .object = name->value(),
                               .word = std::string(type.name),
                               .span = call.arguments().span});
    std::optional<Unknown> unknown;
    const bool ifExists = call.flag("if_exists", unknown);
    return lowered(change::DropConstraint{
        .table = table.value(), .name = name->value(), .ifExists = ifExists, .cascade = false});
}

constexpr std::array<DirectiveParameter, 4> uniqueParameters = {
    {{"constraint_name", Role::Plain, true, "name"},
     {"table_name", Role::Table, true, "source", "tablename"},
     {"columns", Role::Plain, true, "local_cols", "cols"},
     {"schema", Role::Schema}}};
constexpr std::array<DirectiveParameter, 12> foreignKeyParameters = {
    {{"constraint_name", Role::Plain, true, "name"},
     {"source_table", Role::Table, true, "source"},
     {"referent_table", Role::Plain, true, "referent"},
     {"local_cols", Role::Plain, true},
     {"remote_cols", Role::Plain, true},
     {"onupdate"},
     {"ondelete"},
     {"deferrable"},
     {"initially"},
     {"match"},
     {"source_schema", Role::Schema},
     {"referent_schema"}}};
constexpr std::array<DirectiveParameter, 4> checkParameters = {
    {{"constraint_name", Role::Plain, true, "name"},
     {"table_name", Role::Table, true, "source", "tablename"},
     {"condition", Role::Plain, true},
     {"schema", Role::Schema}}};
constexpr std::array<DirectiveParameter, 3> excludeParameters = {
    {{"constraint_name", Role::Plain, true, "name"},
     {"table_name", Role::Table, true},
     {"schema", Role::Keyword}}};
/// In a batch block the schema is the block's.
constexpr std::array<DirectiveParameter, 5> dropParameters = {
    {{"constraint_name", Role::Plain, true, "name"},
     {"table_name", Role::Table, true, "tablename"},
     {"type_", Role::Plain, false, "type"},
     {"schema", Role::Schema},
     {"if_exists", Role::Keyword}}};

constexpr std::array<Directive, 6> directives = {{
    {"create_unique_constraint", uniqueParameters, true, false, createUnique},
    {"create_primary_key", uniqueParameters, true, false, createPrimaryKey},
    {"create_foreign_key", foreignKeyParameters, true, false, createForeignKey},
    {"create_check_constraint", checkParameters, true, false, createCheck},
    {"create_exclude_constraint", excludeParameters, true, true, createExclude},
    {"drop_constraint", dropParameters, true, false, dropConstraint},
}};

} // namespace

std::span<const Directive> constraintDirectives()
{
    return directives;
}

} // namespace sightglass
