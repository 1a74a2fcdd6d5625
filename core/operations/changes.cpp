// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/operations/changes.h"

#include <utility>

namespace sightglass {

Change::Change() = default;
Change::Change(const Change& other) = default;
Change::Change(Change&& other) noexcept = default;
Change& Change::operator=(const Change& other) = default;
Change& Change::operator=(Change&& other) noexcept = default;
Change::~Change() = default;

template <typename T>

requires isAlternative<T, AnyChange> Change::Change(T one)
    : AnyChange(std::move(one))
{}

// One line for each alternative; the linker names the one that is missing.
template Change::Change(change::CreateTable one);
template Change::Change(change::DropTable one);
template Change::Change(change::RenameTable one);
template Change::Change(change::SetTableSchema one);
template Change::Change(change::AddColumn one);
template Change::Change(change::DropColumn one);
template Change::Change(change::RenameColumn one);
template Change::Change(change::SetColumnType one);
template Change::Change(change::SetNotNull one);
template Change::Change(change::DropNotNull one);
template Change::Change(change::SetDefault one);
template Change::Change(change::DropDefault one);
template Change::Change(change::AddIdentity one);
template Change::Change(change::SetIdentity one);
template Change::Change(change::DropIdentity one);
template Change::Change(change::DropGenerated one);
template Change::Change(change::SetExpression one);
template Change::Change(change::AddConstraint one);
template Change::Change(change::DropConstraint one);
template Change::Change(change::RenameConstraint one);
template Change::Change(change::ValidateConstraint one);
template Change::Change(change::AlterConstraint one);
template Change::Change(change::CreateIndex one);
template Change::Change(change::DropIndex one);
template Change::Change(change::RenameIndex one);
template Change::Change(change::SetIndexStorage one);
template Change::Change(change::Reindex one);
template Change::Change(change::SetComment one);
template Change::Change(change::AttachPartition one);
template Change::Change(change::DetachPartition one);
template Change::Change(change::AlterTableOption one);
template Change::Change(change::CreateEnum one);
template Change::Change(change::AddEnumLabel one);
template Change::Change(change::RenameEnumLabel one);
template Change::Change(change::CreateDomain one);
template Change::Change(change::AlterDomain one);
template Change::Change(change::CreateType one);
template Change::Change(change::DropType one);
template Change::Change(change::RenameType one);
template Change::Change(change::SetTypeSchema one);
template Change::Change(change::CreateSequence one);
template Change::Change(change::AlterSequence one);
template Change::Change(change::DropSequence one);
template Change::Change(change::RenameSequence one);
template Change::Change(change::CreateSchema one);
template Change::Change(change::DropSchema one);
template Change::Change(change::RenameSchema one);
template Change::Change(change::CreateExtension one);
template Change::Change(change::DropExtension one);
template Change::Change(change::CreateView one);
template Change::Change(change::DropView one);
template Change::Change(change::RenameView one);
template Change::Change(change::RefreshView one);
template Change::Change(change::CreateFunction one);
template Change::Change(change::DropFunction one);
template Change::Change(change::RenameFunction one);
template Change::Change(change::CreateTrigger one);
template Change::Change(change::RenameTrigger one);
template Change::Change(change::DropTrigger one);
template Change::Change(change::CreatePolicy one);
template Change::Change(change::AlterPolicy one);
template Change::Change(change::DropPolicy one);
template Change::Change(change::Other one);
template Change::Change(change::ChangeData one);
template Change::Change(change::Query one);
template Change::Change(change::SetSetting one);
template Change::Change(change::Transaction one);
template Change::Change(change::LockTable one);
template Change::Change(change::Opaque one);

} // namespace sightglass
