// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/operations/changes.h"

namespace sightglass {

/// SQL of one change, one overload each; tables in table_changes.cpp, indexes and
/// comments in index_changes.cpp, the rest in object_changes.cpp and sql_changes.cpp.
SqlText textOf(const change::CreateTable& change);
SqlText textOf(const change::DropTable& change);
SqlText textOf(const change::RenameTable& change);
SqlText textOf(const change::SetTableSchema& change);
SqlText textOf(const change::AddColumn& change);
SqlText textOf(const change::DropColumn& change);
SqlText textOf(const change::RenameColumn& change);
SqlText textOf(const change::SetColumnType& change);
SqlText textOf(const change::SetNotNull& change);
SqlText textOf(const change::DropNotNull& change);
SqlText textOf(const change::SetDefault& change);
SqlText textOf(const change::DropDefault& change);
SqlText textOf(const change::AddIdentity& change);
SqlText textOf(const change::SetIdentity& change);
SqlText textOf(const change::DropIdentity& change);
SqlText textOf(const change::DropGenerated& change);
SqlText textOf(const change::SetExpression& change);
SqlText textOf(const change::AddConstraint& change);
SqlText textOf(const change::DropConstraint& change);
SqlText textOf(const change::RenameConstraint& change);
SqlText textOf(const change::ValidateConstraint& change);
SqlText textOf(const change::AlterConstraint& change);
SqlText textOf(const change::CreateIndex& change);
SqlText textOf(const change::DropIndex& change);
SqlText textOf(const change::RenameIndex& change);
SqlText textOf(const change::SetIndexStorage& change);
SqlText textOf(const change::Reindex& change);
SqlText textOf(const change::SetComment& change);
SqlText textOf(const change::AttachPartition& change);
SqlText textOf(const change::DetachPartition& change);
SqlText textOf(const change::AlterTableOption& change);
SqlText textOf(const change::CreateEnum& change);
SqlText textOf(const change::AddEnumLabel& change);
SqlText textOf(const change::RenameEnumLabel& change);
SqlText textOf(const change::CreateDomain& change);
SqlText textOf(const change::AlterDomain& change);
SqlText textOf(const change::CreateType& change);
SqlText textOf(const change::DropType& change);
SqlText textOf(const change::RenameType& change);
SqlText textOf(const change::SetTypeSchema& change);
SqlText textOf(const change::CreateSequence& change);
SqlText textOf(const change::AlterSequence& change);
SqlText textOf(const change::DropSequence& change);
SqlText textOf(const change::RenameSequence& change);
SqlText textOf(const change::CreateSchema& change);
SqlText textOf(const change::DropSchema& change);
SqlText textOf(const change::RenameSchema& change);
SqlText textOf(const change::CreateExtension& change);
SqlText textOf(const change::DropExtension& change);
SqlText textOf(const change::CreateView& change);
SqlText textOf(const change::DropView& change);
SqlText textOf(const change::RenameView& change);
SqlText textOf(const change::RefreshView& change);
SqlText textOf(const change::CreateFunction& change);
SqlText textOf(const change::DropFunction& change);
SqlText textOf(const change::RenameFunction& change);
SqlText textOf(const change::CreateTrigger& change);
SqlText textOf(const change::RenameTrigger& change);
SqlText textOf(const change::DropTrigger& change);
SqlText textOf(const change::CreatePolicy& change);
SqlText textOf(const change::AlterPolicy& change);
SqlText textOf(const change::DropPolicy& change);
SqlText textOf(const change::Other& change);
SqlText textOf(const change::ChangeData& change);
SqlText textOf(const change::Query& change);
SqlText textOf(const change::SetSetting& change);
SqlText textOf(const change::Transaction& change);
SqlText textOf(const change::LockTable& change);
SqlText textOf(const change::Opaque& change);

} // namespace sightglass
