// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/operations/operation.h"

#include <algorithm>
#include <array>

namespace sightglass {

namespace {

using namespace change;

/// The stable word of each kind of change; a new kind without a word does not compile.
struct KindWord
{
    // clang-format off
    std::string_view operator()(const CreateTable&) const { return "create_table"; }
    std::string_view operator()(const DropTable&) const { return "drop_table"; }
    std::string_view operator()(const RenameTable&) const { return "rename_table"; }
    std::string_view operator()(const SetTableSchema&) const { return "set_table_schema"; }
    std::string_view operator()(const AddColumn&) const { return "add_column"; }
    std::string_view operator()(const DropColumn&) const { return "drop_column"; }
    std::string_view operator()(const RenameColumn&) const { return "rename_column"; }
    std::string_view operator()(const SetColumnType&) const { return "set_column_type"; }
    std::string_view operator()(const SetNotNull&) const { return "set_not_null"; }
    std::string_view operator()(const DropNotNull&) const { return "drop_not_null"; }
    std::string_view operator()(const SetDefault&) const { return "set_default"; }
    std::string_view operator()(const DropDefault&) const { return "drop_default"; }
    std::string_view operator()(const AddIdentity&) const { return "add_identity"; }
    std::string_view operator()(const SetIdentity&) const { return "set_identity"; }
    std::string_view operator()(const DropIdentity&) const { return "drop_identity"; }
    std::string_view operator()(const DropGenerated&) const { return "drop_generated"; }
    std::string_view operator()(const SetExpression&) const { return "set_expression"; }
    std::string_view operator()(const AddConstraint&) const { return "add_constraint"; }
    std::string_view operator()(const DropConstraint&) const { return "drop_constraint"; }
    std::string_view operator()(const RenameConstraint&) const { return "rename_constraint"; }
    std::string_view operator()(const ValidateConstraint&) const { return "validate_constraint"; }
    std::string_view operator()(const AlterConstraint&) const { return "alter_constraint"; }
    std::string_view operator()(const CreateIndex&) const { return "create_index"; }
    std::string_view operator()(const DropIndex&) const { return "drop_index"; }
    std::string_view operator()(const RenameIndex&) const { return "rename_index"; }
    std::string_view operator()(const SetIndexStorage&) const { return "set_index_storage"; }
    std::string_view operator()(const Reindex&) const { return "reindex"; }
    std::string_view operator()(const SetComment&) const { return "set_comment"; }
    std::string_view operator()(const AttachPartition&) const { return "attach_partition"; }
    std::string_view operator()(const DetachPartition&) const { return "detach_partition"; }
    std::string_view operator()(const AlterTableOption&) const { return "alter_table_option"; }
    std::string_view operator()(const CreateEnum&) const { return "create_enum"; }
    std::string_view operator()(const AddEnumLabel&) const { return "add_enum_label"; }
    std::string_view operator()(const RenameEnumLabel&) const { return "rename_enum_label"; }
    std::string_view operator()(const CreateDomain&) const { return "create_domain"; }
    std::string_view operator()(const AlterDomain&) const { return "alter_domain"; }
    std::string_view operator()(const CreateType&) const { return "create_type"; }
    std::string_view operator()(const DropType&) const { return "drop_type"; }
    std::string_view operator()(const RenameType&) const { return "rename_type"; }
    std::string_view operator()(const SetTypeSchema&) const { return "set_type_schema"; }
    std::string_view operator()(const CreateSequence&) const { return "create_sequence"; }
    std::string_view operator()(const AlterSequence&) const { return "alter_sequence"; }
    std::string_view operator()(const DropSequence&) const { return "drop_sequence"; }
    std::string_view operator()(const RenameSequence&) const { return "rename_sequence"; }
    std::string_view operator()(const CreateSchema&) const { return "create_schema"; }
    std::string_view operator()(const DropSchema&) const { return "drop_schema"; }
    std::string_view operator()(const RenameSchema&) const { return "rename_schema"; }
    std::string_view operator()(const CreateExtension&) const { return "create_extension"; }
    std::string_view operator()(const DropExtension&) const { return "drop_extension"; }
    std::string_view operator()(const CreateView&) const { return "create_view"; }
    std::string_view operator()(const DropView&) const { return "drop_view"; }
    std::string_view operator()(const RenameView&) const { return "rename_view"; }
    std::string_view operator()(const RefreshView&) const { return "refresh_view"; }
    std::string_view operator()(const CreateFunction&) const { return "create_function"; }
    std::string_view operator()(const DropFunction&) const { return "drop_function"; }
    std::string_view operator()(const RenameFunction&) const { return "rename_function"; }
    std::string_view operator()(const CreateTrigger&) const { return "create_trigger"; }
    std::string_view operator()(const RenameTrigger&) const { return "rename_trigger"; }
    std::string_view operator()(const DropTrigger&) const { return "drop_trigger"; }
    std::string_view operator()(const CreatePolicy&) const { return "create_policy"; }
    std::string_view operator()(const AlterPolicy&) const { return "alter_policy"; }
    std::string_view operator()(const DropPolicy&) const { return "drop_policy"; }
    std::string_view operator()(const Other&) const { return "other"; }
    std::string_view operator()(const ChangeData&) const { return "change_data"; }
    std::string_view operator()(const Query&) const { return "query"; }
    std::string_view operator()(const SetSetting&) const { return "set_setting"; }
    std::string_view operator()(const Transaction&) const { return "transaction"; }
    std::string_view operator()(const LockTable&) const { return "lock_table"; }
    std::string_view operator()(const Opaque&) const { return "opaque"; }

    // clang-format on
};

ChangedObject named(std::string name)
{
    return {.table = {}, .column = {}, .name = std::move(name)};
}

/// COMMENT ON: what it is about depends on the kind of object.
ChangedObject commented(const SetComment& comment)
{
    constexpr std::array relations{"table", "view", "materialized view", "foreign table"};
    if (std::ranges::find(relations, comment.kind) != relations.end())
        return {.table = comment.name, .column = {}, .name = {}};
    if (comment.kind == "column")
        return {.table = comment.name, .column = comment.part, .name = {}};
    if (comment.kind == "constraint" || comment.kind == "trigger" || comment.kind == "policy" ||
        comment.kind == "rule")
        return {.table = comment.name, .column = {}, .name = comment.part};
    return named(toText(comment.name));
}

/// Of a change of a known shape: the fields are called alike in all of them.
template <typename One>
ChangedObject objectByFields(const One& one)
{
    ChangedObject result;
    if constexpr (requires { one.table.name; })
        result.table = one.table;
    else if constexpr (requires { one.view.name; })
        result.table = one.view;
    if constexpr (requires { std::string(one.column); })
        result.column = one.column;
    if constexpr (requires { std::string(one.name); })
        result.name = one.name;
    return result;
}

struct ObjectOf
{
    template <typename One>
    ChangedObject operator()(const One& one) const
    {
        return objectByFields(one);
    }

    ChangedObject operator()(const AddColumn& one) const
    {
        return {.table = one.table, .column = one.column.name, .name = {}};
    }

    ChangedObject operator()(const AddConstraint& one) const
    {
        return {.table = one.table, .column = {}, .name = one.constraint.name};
    }

    ChangedObject operator()(const CreateIndex& one) const
    {
        return {.table = one.index.table, .column = {}, .name = one.index.name};
    }

    ChangedObject operator()(const CreateTrigger& one) const
    {
        return {.table = one.table, .column = {}, .name = one.trigger};
    }

    ChangedObject operator()(const RenameTrigger& one) const
    {
        return {.table = one.table, .column = {}, .name = one.trigger};
    }

    ChangedObject operator()(const DropTrigger& one) const
    {
        return {.table = one.table, .column = {}, .name = one.trigger};
    }

    ChangedObject operator()(const CreatePolicy& one) const
    {
        return {.table = one.table, .column = {}, .name = one.policy.name};
    }

    ChangedObject operator()(const AlterPolicy& one) const
    {
        return {.table = one.table, .column = {}, .name = one.policy};
    }

    ChangedObject operator()(const DropPolicy& one) const
    {
        return {.table = one.table, .column = {}, .name = one.policy};
    }

    ChangedObject operator()(const SetComment& one) const { return commented(one); }

    ChangedObject operator()(const DropIndex& one) const { return named(toText(one.index)); }

    ChangedObject operator()(const RenameIndex& one) const { return named(toText(one.index)); }

    ChangedObject operator()(const SetIndexStorage& one) const { return named(toText(one.index)); }

    ChangedObject operator()(const Reindex& one) const
    {
        if (one.kind == "table")
            return {.table = one.name, .column = {}, .name = {}};
        return named(toText(one.name));
    }

    ChangedObject operator()(const CreateEnum& one) const { return named(toText(one.type)); }

    ChangedObject operator()(const AddEnumLabel& one) const { return named(toText(one.type)); }

    ChangedObject operator()(const RenameEnumLabel& one) const { return named(toText(one.type)); }

    ChangedObject operator()(const CreateDomain& one) const { return named(toText(one.domain)); }

    ChangedObject operator()(const AlterDomain& one) const { return named(toText(one.domain)); }

    ChangedObject operator()(const CreateType& one) const { return named(toText(one.type)); }

    ChangedObject operator()(const DropType& one) const { return named(toText(one.type)); }

    ChangedObject operator()(const RenameType& one) const { return named(toText(one.type)); }

    ChangedObject operator()(const SetTypeSchema& one) const { return named(toText(one.type)); }

    ChangedObject operator()(const CreateSequence& one) const { return sequence(one.sequence); }

    ChangedObject operator()(const AlterSequence& one) const { return sequence(one.sequence); }

    ChangedObject operator()(const DropSequence& one) const { return sequence(one.sequence); }

    ChangedObject operator()(const RenameSequence& one) const { return sequence(one.sequence); }

    ChangedObject operator()(const CreateSchema& one) const { return named(one.schema); }

    ChangedObject operator()(const DropSchema& one) const { return named(one.schema); }

    ChangedObject operator()(const RenameSchema& one) const { return named(one.schema); }

    ChangedObject operator()(const CreateExtension& one) const { return named(one.extension); }

    ChangedObject operator()(const DropExtension& one) const { return named(one.extension); }

    ChangedObject operator()(const CreateFunction& one) const
    {
        return named(toText(one.function));
    }

    ChangedObject operator()(const DropFunction& one) const { return named(toText(one.function)); }

    ChangedObject operator()(const RenameFunction& one) const
    {
        return named(toText(one.function));
    }

    ChangedObject operator()(const Other& one) const { return named(toText(one.object)); }

private:
    static ChangedObject sequence(const QualifiedName& name) { return named(toText(name)); }
};

/// Statements of change::Other that only maintain, and change nothing that anybody compares.
bool isMaintenance(std::string_view statement)
{
    constexpr std::array words{std::string_view("VACUUM"),
                               std::string_view("ANALYZE"),
                               std::string_view("CLUSTER"),
                               std::string_view("CHECKPOINT"),
                               std::string_view("DISCARD"),
                               std::string_view("LOAD"),
                               std::string_view("SET CONSTRAINTS"),
                               std::string_view("\\connect")};
    return std::ranges::any_of(words,
                               [&](std::string_view word) { return statement.starts_with(word); });
}

} // namespace

std::string_view toText(Resolution resolution)
{
    switch (resolution) {
    case Resolution::Resolved:
        return "resolved";
    case Resolution::Conditional:
        return "conditional";
    case Resolution::Opaque:
        return "opaque";
    }
    return {};
}

std::string_view kindOf(const Change& change)
{
    return std::visit(KindWord(), change);
}

ChangedObject objectOf(const Change& change)
{
    return std::visit(ObjectOf(), change);
}

bool isStructural(const Change& change)
{
    if (const auto* opaque = std::get_if<Opaque>(&change))
        return opaque->structural;
    if (const auto* other = std::get_if<Other>(&change))
        return !isMaintenance(other->statement);
    return !std::holds_alternative<ChangeData>(change) && !std::holds_alternative<Query>(change) &&
           !std::holds_alternative<SetSetting>(change) &&
           !std::holds_alternative<Transaction>(change) &&
           !std::holds_alternative<LockTable>(change) &&
           !std::holds_alternative<RefreshView>(change) && !std::holds_alternative<Reindex>(change);
}

} // namespace sightglass
