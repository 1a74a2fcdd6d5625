// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/operations/changes.h"
#include "core/replay/catalog.h"

/// One overload a change: does it, or leaves it half done and says why (the caller rolls back).
namespace sightglass::replaying {

Done apply(Catalog& catalog, const change::CreateTable& change);
Done apply(Catalog& catalog, const change::DropTable& change);
Done apply(Catalog& catalog, const change::RenameTable& change);
Done apply(Catalog& catalog, const change::SetTableSchema& change);
Done apply(Catalog& catalog, const change::AddColumn& change);
Done apply(Catalog& catalog, const change::DropColumn& change);
Done apply(Catalog& catalog, const change::RenameColumn& change);
Done apply(Catalog& catalog, const change::SetColumnType& change);
Done apply(Catalog& catalog, const change::SetNotNull& change);
Done apply(Catalog& catalog, const change::DropNotNull& change);
Done apply(Catalog& catalog, const change::SetDefault& change);
Done apply(Catalog& catalog, const change::DropDefault& change);
Done apply(Catalog& catalog, const change::AddIdentity& change);
Done apply(Catalog& catalog, const change::SetIdentity& change);
Done apply(Catalog& catalog, const change::DropIdentity& change);
Done apply(Catalog& catalog, const change::DropGenerated& change);
Done apply(Catalog& catalog, const change::SetExpression& change);
Done apply(Catalog& catalog, const change::AddConstraint& change);
Done apply(Catalog& catalog, const change::DropConstraint& change);
Done apply(Catalog& catalog, const change::RenameConstraint& change);
Done apply(Catalog& catalog, const change::ValidateConstraint& change);
Done apply(Catalog& catalog, const change::AlterConstraint& change);
Done apply(Catalog& catalog, const change::CreateIndex& change);
Done apply(Catalog& catalog, const change::DropIndex& change);
Done apply(Catalog& catalog, const change::RenameIndex& change);
Done apply(Catalog& catalog, const change::SetIndexStorage& change);
Done apply(Catalog& catalog, const change::Reindex& change);
Done apply(Catalog& catalog, const change::SetComment& change);
Done apply(Catalog& catalog, const change::AttachPartition& change);
Done apply(Catalog& catalog, const change::DetachPartition& change);
Done apply(Catalog& catalog, const change::AlterTableOption& change);
Done apply(Catalog& catalog, const change::CreateEnum& change);
Done apply(Catalog& catalog, const change::AddEnumLabel& change);
Done apply(Catalog& catalog, const change::RenameEnumLabel& change);
Done apply(Catalog& catalog, const change::CreateDomain& change);
Done apply(Catalog& catalog, const change::AlterDomain& change);
Done apply(Catalog& catalog, const change::CreateType& change);
Done apply(Catalog& catalog, const change::DropType& change);
Done apply(Catalog& catalog, const change::RenameType& change);
Done apply(Catalog& catalog, const change::SetTypeSchema& change);
Done apply(Catalog& catalog, const change::CreateSequence& change);
Done apply(Catalog& catalog, const change::AlterSequence& change);
Done apply(Catalog& catalog, const change::DropSequence& change);
Done apply(Catalog& catalog, const change::RenameSequence& change);
Done apply(Catalog& catalog, const change::CreateSchema& change);
Done apply(Catalog& catalog, const change::DropSchema& change);
Done apply(Catalog& catalog, const change::RenameSchema& change);
Done apply(Catalog& catalog, const change::CreateExtension& change);
Done apply(Catalog& catalog, const change::DropExtension& change);
Done apply(Catalog& catalog, const change::CreateView& change);
Done apply(Catalog& catalog, const change::DropView& change);
Done apply(Catalog& catalog, const change::RenameView& change);
Done apply(Catalog& catalog, const change::RefreshView& change);
Done apply(Catalog& catalog, const change::CreateFunction& change);
Done apply(Catalog& catalog, const change::DropFunction& change);
Done apply(Catalog& catalog, const change::RenameFunction& change);
Done apply(Catalog& catalog, const change::CreateTrigger& change);
Done apply(Catalog& catalog, const change::RenameTrigger& change);
Done apply(Catalog& catalog, const change::DropTrigger& change);
Done apply(Catalog& catalog, const change::CreatePolicy& change);
Done apply(Catalog& catalog, const change::AlterPolicy& change);
Done apply(Catalog& catalog, const change::DropPolicy& change);
Done apply(Catalog& catalog, const change::Other& change);
Done apply(Catalog& catalog, const change::ChangeData& change);
Done apply(Catalog& catalog, const change::Query& change);
Done apply(Catalog& catalog, const change::SetSetting& change);
Done apply(Catalog& catalog, const change::Transaction& change);
Done apply(Catalog& catalog, const change::LockTable& change);
Done apply(Catalog& catalog, const change::Opaque& change);

} // namespace sightglass::replaying
