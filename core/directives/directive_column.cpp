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

/// Foreign keys written within ADD COLUMN; they lose their names there.
void moveReferencesInline(std::vector<Change>& changes)
{
    auto* added = std::get_if<change::AddColumn>(&changes.front());
    if (added == nullptr)
        return;
    std::erase_if(changes, [added](Change& each) {
        auto* constraint = std::get_if<change::AddConstraint>(&each);
        if (constraint == nullptr || constraint->constraint.kind != Kind::ForeignKey)
            return false;
        constraint->constraint.name.clear();
        constraint->constraint.atColumn = true;
        added->column.constraints.push_back(std::move(constraint->constraint));
        return true;
    });
}

void addKeyInline(const ColumnItem& column, std::vector<Change>& changes)
{
    auto* added = std::get_if<change::AddColumn>(&changes.front());
    if (added == nullptr || !column.primaryKey)
        return;
    ConstraintDefinition key;
    key.kind = Kind::PrimaryKey;
    key.columns = {added->column.name};
    key.atColumn = true;
    added->column.constraints.insert(added->column.constraints.begin(), std::move(key));
}

LoweredOutcome addColumn(const DirectiveCall& call)
{
    const auto table = call.table();
    if (!table.isKnown())
        return opaqueLowering("adds a column to a table whose name is not known", table.reason());
    const Value& given = *call.given("column");
    const auto* column = given.as<ColumnItem>();
    if (column == nullptr)
        return opaqueLowering("adds a column that is not known",
                              given.isUnknown() ? given.reason() : "it is no Column",
                              table.value());
    auto changes = addColumnChanges(table.value(), *column, call.convention());
    if (!changes)
        return otherwise(changes.error());
    std::optional<Unknown> unknown;
    if (call.flag("inline_primary_key", unknown))
        addKeyInline(*column, *changes);
    else if (column->primaryKey && !unknown)
        call.emitter().remark({.kind = RevisionReading::Remark::Kind::KeyLeftOut,
                               .object = toText(table.value()) + "." +
                                         (column->name.isKnown() ? column->name.value() : ""),
                               .word = {},
                               .span = call.arguments().span});
    if (call.flag("inline_references", unknown))
        moveReferencesInline(*changes);
    if (auto* added = std::get_if<change::AddColumn>(&changes->front()))
        added->ifNotExists = call.flag("if_not_exists", unknown);
    return lowered(std::move(*changes));
}

LoweredOutcome dropColumn(const DirectiveCall& call)
{
    const auto table = call.table();
    if (!table.isKnown())
        return opaqueLowering("drops a column of a table whose name is not known", table.reason());
    const auto column = call.text("column_name");
    if (!column.isKnown())
        return opaqueLowering(
            "drops a column whose name is not known", column.reason(), table.value());
    std::optional<Unknown> unknown;
    const bool ifExists = call.flag("if_exists", unknown);
    return lowered(change::DropColumn{
        .table = table.value(), .column = column.value(), .ifExists = ifExists, .cascade = false});
}

/// alter_column while its changes are gathered.
struct Altering
{
    const DirectiveCall& call;
    QualifiedName table;
    std::string column;
    std::vector<Change> changes;

    void addOpaque(std::string_view what, const std::string& reason)
    {
        changes.push_back(change::Opaque{.what = std::string(what) + " of column " + toText(table) +
                                                 "." + column + ": " + reason,
                                         .table = table,
                                         .structural = true});
    }
};

Outcome<Known<TypeObject*>, Raised> typeArgument(const DirectiveCall& call, std::string_view name)
{
    return typeFrom(call.interpreter(), *call.some(name));
}

/// The CHECK that a type brings with it, or nothing.
std::optional<TypeObject::TypeCheck> checkOf(const Known<TypeObject*>& type,
                                             std::string_view column)
{
    return type.isKnown() ? type.value()->check(column) : std::nullopt;
}

std::optional<Raised> dropTypeCheck(Altering& altering)
{
    if (altering.call.some("type_") == nullptr || altering.call.some("existing_type") == nullptr)
        return std::nullopt;
    auto type = typeArgument(altering.call, "existing_type");
    if (!type)
        return type.error();
    const auto check = checkOf(*type, altering.column);
    if (!check)
        return std::nullopt;
    GivenName name;
    if (!check->name.empty())
        name = {.kind = GivenName::Kind::Plain, .text = check->name};
    auto final = finalName(name, "ck", altering.table, {}, {}, {}, altering.call.convention());
    if (!final)
        return final.error();
    if (!final->isKnown()) {
        altering.addOpaque("drops the type's CHECK", final->reason());
        return std::nullopt;
    }
    if (final->value().empty())
        return sqlalchemyError(
                   "CompileError",
                   "Can't emit DROP CONSTRAINT for constraint CheckConstraint(); it has no name")
            .value();
    altering.changes.push_back(change::DropConstraint{
        .table = altering.table, .name = final->value(), .ifExists = false, .cascade = false});
    return std::nullopt;
}

std::optional<Raised> setType(Altering& altering)
{
    const DirectiveCall& call = altering.call;
    const Value* given = call.some("postgresql_using");
    if (call.some("type_") == nullptr) {
        if (given == nullptr)
            return std::nullopt;
        return commandError("postgresql_using must be used with the type_ parameter").value();
    }
    auto type = typeArgument(call, "type_");
    if (!type)
        return type.error();
    change::SetColumnType set{.table = altering.table, .column = altering.column};
    if (type->isKnown()) {
        auto ddl = type->value()->ddl();
        if (!ddl)
            return ddl.error();
        set.type = *ddl;
        set.collation = type->value()->collation();
    } else {
        set.type = Unknown{type->reason()};
    }
    if (call.some("existing_type") != nullptr) {
        auto stated = typeArgument(call, "existing_type");
        if (!stated)
            return stated.error();
        if (stated->isKnown()) {
            if (auto ddl = stated->value()->ddl())
                set.statedType = *ddl;
        }
    }
    if (given != nullptr) {
        const SqlText text = conditionOf(call.interpreter(), *given);
        if (!text.isKnown() || !text.value().empty())
            set.usingExpression = text;
    }
    altering.changes.emplace_back(std::move(set));
    return std::nullopt;
}

void setNullable(Altering& altering)
{
    const Value* given = altering.call.some("nullable");
    if (given == nullptr)
        return;
    const Known<bool> nullable = altering.call.interpreter().truthOf(*given);
    if (!nullable.isKnown())
        altering.addOpaque("sets or drops NOT NULL", nullable.reason());
    else if (nullable.value())
        altering.changes.push_back(change::DropNotNull{altering.table, altering.column});
    else
        altering.changes.push_back(
            change::SetNotNull{.table = altering.table, .column = altering.column});
}

/// Options that differ, as _compare_identity_default tells them.
change::SetIdentity identityDifference(const Altering& altering,
                                       const IdentityDefinition& wanted,
                                       const IdentityItem* existing)
{
    const IdentityDefinition before =
        existing != nullptr ? existing->definition : IdentityDefinition{};
    change::SetIdentity set{.table = altering.table, .column = altering.column};
    if (wanted.always != before.always)
        set.always = wanted.always;
    const auto differing = [](const auto& now, const auto& then) {
        return now != then ? now : std::decay_t<decltype(now)>();
    };
    set.options.start = differing(wanted.options.start, before.options.start);
    set.options.increment = differing(wanted.options.increment, before.options.increment);
    set.options.minimum = differing(wanted.options.minimum, before.options.minimum);
    set.options.maximum = differing(wanted.options.maximum, before.options.maximum);
    set.options.cycle = differing(wanted.options.cycle, before.options.cycle);
    set.options.cache = differing(wanted.options.cache, before.options.cache);
    set.options.noMinimum = wanted.options.noMinimum && !before.options.noMinimum;
    set.options.noMaximum = wanted.options.noMaximum && !before.options.noMaximum;
    return set;
}

std::optional<Raised> setIdentity(Altering& altering, const Value& given, const Value* existing)
{
    if (given.isNone()) {
        altering.changes.push_back(change::DropIdentity{
            .table = altering.table, .column = altering.column, .ifExists = false});
        return std::nullopt;
    }
    auto wanted = serverDefaultFrom(altering.call.interpreter(), given);
    if (!wanted)
        return wanted.error();
    if (existing != nullptr && existing->isNone())
        altering.changes.push_back(
            change::AddIdentity{altering.table, altering.column, wanted->identity});
    else
        altering.changes.push_back(
            identityDifference(altering,
                               wanted->identity,
                               existing == nullptr ? nullptr : existing->as<IdentityItem>()));
    return std::nullopt;
}

std::optional<Raised> setDefault(Altering& altering)
{
    const Value* given = altering.call.given("server_default");
    const Value* existing = altering.call.given("existing_server_default");
    if (given == nullptr || (given->asBool() != nullptr && !*given->asBool()))
        return std::nullopt;
    if (given->as<ComputedItem>() != nullptr ||
        (existing != nullptr && existing->as<ComputedItem>() != nullptr))
        return sqlalchemyError(
                   "CompileError",
                   "Adding or removing a \"computed\" construct, e.g. GENERATED ALWAYS AS, "
                   "to or from an existing column is not supported.")
            .value();
    if (given->as<IdentityItem>() != nullptr ||
        (existing != nullptr && existing->as<IdentityItem>() != nullptr))
        return setIdentity(altering, *given, existing);
    if (given->isNone()) {
        altering.changes.push_back(change::DropDefault{altering.table, altering.column});
        return std::nullopt;
    }
    auto made = serverDefaultFrom(altering.call.interpreter(), *given);
    if (!made)
        return made.error();
    if (made->kind == ServerDefault::Kind::Sql)
        altering.changes.push_back(change::SetDefault{altering.table, altering.column, made->sql});
    return std::nullopt;
}

void setComment(Altering& altering)
{
    const Value* given = altering.call.given("comment");
    if (given == nullptr || (given->asBool() != nullptr && !*given->asBool()))
        return;
    const auto text = givenText(given);
    if (text && !text->isKnown())
        return altering.addOpaque("sets the comment", text->reason());
    change::SetComment set{
        .kind = "column", .name = altering.table, .part = altering.column, .text = std::nullopt};
    if (text)
        set.text = text->value();
    altering.changes.emplace_back(std::move(set));
}

void rename(Altering& altering)
{
    if (altering.call.some("new_column_name") == nullptr)
        return;
    const auto name = altering.call.text("new_column_name");
    if (name.isKnown())
        altering.changes.push_back(
            change::RenameColumn{altering.table, altering.column, name.value()});
    else
        altering.addOpaque("changes the name", name.reason());
}

std::optional<Raised> addTypeCheck(Altering& altering)
{
    if (altering.call.some("type_") == nullptr)
        return std::nullopt;
    auto type = typeArgument(altering.call, "type_");
    if (!type)
        return type.error();
    const auto check = checkOf(*type, altering.column);
    if (!check)
        return std::nullopt;
    ConstraintItem item;
    item.definition.kind = Kind::Check;
    item.definition.expression = check->expression;
    if (!check->name.empty())
        item.name = {.kind = GivenName::Kind::Plain, .text = check->name};
    auto change = addConstraintChange(altering.table, item, altering.call.convention());
    if (!change)
        return change.error();
    altering.changes.push_back(std::move(*change));
    return std::nullopt;
}

LoweredOutcome alterColumn(const DirectiveCall& call)
{
    const auto table = call.table();
    if (!table.isKnown())
        return opaqueLowering("changes a column of a table whose name is not known",
                              table.reason());
    const auto column = call.text("column_name");
    if (!column.isKnown())
        return opaqueLowering(
            "changes a column whose name is not known", column.reason(), table.value());
    Altering altering{call, table.value(), column.value(), {}};
    if (auto raised = dropTypeCheck(altering))
        return otherwise(*raised);
    if (auto raised = setType(altering))
        return otherwise(*raised);
    setNullable(altering);
    if (auto raised = setDefault(altering))
        return otherwise(*raised);
    setComment(altering);
    rename(altering);
    if (auto raised = addTypeCheck(altering))
        return otherwise(*raised);
    if (call.arguments().hidden)
        altering.addOpaque("changes more", call.arguments().hidden->reason);
    return lowered(std::move(altering.changes));
}

constexpr std::array<DirectiveParameter, 8> addParameters = {
    {{"table_name", Role::Table, true, "tablename"},
     {"column", Role::Plain, true},
     {"schema", Role::Schema},
     {"insert_before"},
     {"insert_after"},
     {"if_not_exists", Role::Keyword},
     {"inline_references", Role::Keyword},
     {"inline_primary_key", Role::Keyword}}};
constexpr std::array<DirectiveParameter, 4> dropParameters = {
    {{"table_name", Role::Table, true, "tablename"},
     {"column_name", Role::Plain, true},
     {"schema", Role::Schema},
     {"if_exists", Role::Keyword}}};
constexpr std::array<DirectiveParameter, 13> alterParameters = {{
    {"table_name", Role::Table, true, "tablename"},
    {"column_name", Role::Plain, true},
    {"nullable"},
    {"comment"},
    {"server_default"},
    {"new_column_name", Role::Plain, false, "name"},
    {"type_", Role::Plain, false, "type"},
    {"existing_type"},
    {"existing_server_default"},
    {"existing_nullable"},
    {"existing_comment"},
    {"schema", Role::Schema},
    {"postgresql_using", Role::Keyword},
}};

constexpr std::array<Directive, 3> directives = {{
    {"add_column", addParameters, true, false, addColumn},
    {"drop_column", dropParameters, true, false, dropColumn},
    {"alter_column", alterParameters, true, false, alterColumn},
}};

} // namespace

std::span<const Directive> columnDirectives()
{
    return directives;
}

} // namespace sightglass
