// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/finding_report.h"
#include "core/rules/operation_sql.h"
#include "core/sql/statement_tokens.h"

#include <algorithm>

namespace sightglass::rules::autocommit_partial_failure {

namespace {

/// Whether a statement that was done already can be run once more without an error.
struct IsRepeatable
{
    const Operation& operation;

    bool operator()(const change::CreateTable& c) const { return c.ifNotExists || c.temporary; }

    bool operator()(const change::AddColumn& c) const { return c.ifNotExists; }

    bool operator()(const change::CreateIndex& c) const { return c.ifNotExists; }

    bool operator()(const change::CreateSequence& c) const { return c.ifNotExists; }

    bool operator()(const change::CreateSchema& c) const { return c.ifNotExists; }

    bool operator()(const change::CreateExtension& c) const { return c.ifNotExists; }

    bool operator()(const change::CreateEnum& c) const { return c.unlessExists; }

    bool operator()(const change::CreateDomain& c) const { return c.unlessExists; }

    bool operator()(const change::CreateType&) const { return false; }

    bool operator()(const change::AddEnumLabel& c) const { return c.ifNotExists; }

    bool operator()(const change::CreateView& c) const { return c.ifNotExists || c.orReplace; }

    bool operator()(const change::CreateFunction& c) const { return c.orReplace; }

    bool operator()(const change::CreateTrigger& c) const { return c.orReplace; }

    bool operator()(const change::CreatePolicy&) const { return false; }

    bool operator()(const change::AddConstraint&) const { return false; }

    bool operator()(const change::SetNotNull& c) const { return !c.asConstraint; }

    bool operator()(const change::AddIdentity&) const { return false; }

    bool operator()(const change::AttachPartition&) const { return false; }

    bool operator()(const change::DetachPartition&) const { return false; }

    bool operator()(const change::DropTable& c) const { return c.ifExists; }

    bool operator()(const change::DropColumn& c) const { return c.ifExists; }

    bool operator()(const change::DropConstraint& c) const { return c.ifExists; }

    bool operator()(const change::DropIndex& c) const { return c.ifExists; }

    bool operator()(const change::DropIdentity& c) const { return c.ifExists; }

    bool operator()(const change::DropGenerated& c) const { return c.ifExists; }

    bool operator()(const change::DropType& c) const { return c.ifExists; }

    bool operator()(const change::DropSequence& c) const { return c.ifExists; }

    bool operator()(const change::DropSchema& c) const { return c.ifExists; }

    bool operator()(const change::DropExtension& c) const { return c.ifExists; }

    bool operator()(const change::DropView& c) const { return c.ifExists; }

    bool operator()(const change::DropFunction& c) const { return c.ifExists; }

    bool operator()(const change::DropTrigger& c) const { return c.ifExists; }

    bool operator()(const change::DropPolicy& c) const { return c.ifExists; }

    bool operator()(const change::RenameTable&) const { return false; }

    bool operator()(const change::RenameColumn&) const { return false; }

    bool operator()(const change::RenameConstraint&) const { return false; }

    bool operator()(const change::RenameIndex&) const { return false; }

    bool operator()(const change::RenameType&) const { return false; }

    bool operator()(const change::RenameSequence&) const { return false; }

    bool operator()(const change::RenameSchema&) const { return false; }

    bool operator()(const change::RenameView&) const { return false; }

    bool operator()(const change::RenameEnumLabel&) const { return false; }

    bool operator()(const change::SetTableSchema&) const { return false; }

    bool operator()(const change::SetTypeSchema&) const { return false; }

    bool operator()(const change::Opaque& c) const { return !c.structural; }

    /// Rows would be there twice, or meet their own key.
    bool operator()(const change::ChangeData& c) const
    {
        if (c.command != "INSERT")
            return c.command != "COPY";
        const std::vector<SqlToken> tokens = sqlTokens(sqlOf(operation));
        for (std::size_t i = 0; i + 1 < tokens.size(); ++i) {
            if (tokens[i].is("on") && tokens[i + 1].is("conflict"))
                return true;
            if (tokens[i].is("not") && tokens[i + 1].is("exists"))
                return true;
        }
        return false;
    }

    bool operator()(const change::Other& c) const { return !c.statement.starts_with("CREATE"); }

    template <typename T>
    bool operator()(const T&) const
    {
        return true;
    }
};

bool isRepeatable(const Operation& operation)
{
    return std::visit(IsRepeatable{operation}, operation.change);
}

/// Inside an autocommit block, as Alembic runs or prints it.
bool isInBlock(const RevisionReview& revision, const StepRecord& record)
{
    if (record.as<change::Transaction>() != nullptr)
        return false;
    return record.operation->autocommit ||
           (revision.mode == RunMode::AlembicSql && record.transaction == 0);
}

bool isVersionRow(const StepRecord& record, const RunReview& run)
{
    const auto* const data = record.as<change::ChangeData>();
    return data != nullptr && data->table.name == run.chain->versionTable;
}

void check(const RevisionReview& revision, const RunReview& run, FindingReport& report)
{
    if (revision.mode != RunMode::Alembic && revision.mode != RunMode::AlembicSql)
        return;
    const auto block = std::ranges::find_if(
        revision.steps, [&](const StepRecord& record) { return isInBlock(revision, record); });
    if (block == revision.steps.end())
        return;
    const auto outside = std::ranges::find_if(revision.steps, [&](const StepRecord& record) {
        return record.runs && !isInBlock(revision, record) &&
               record.as<change::Transaction>() == nullptr && !isVersionRow(record, run) &&
               !isRepeatable(*record.operation);
    });
    if (outside == revision.steps.end())
        return;
    const bool before = outside->index < block->index;
    report.add(
        revision,
        *outside,
        *run.facts,
        {.title = "Can't be run again when its autocommit block fails",
         .detail = (before ? "The block commits what stands before it, but the version row is "
                             "written only at the end"
                           : "The block commits on its own, but the version row is written only "
                             "after what stands behind it") +
                   std::string(": after a failure the next run begins from the start and stops at "
                               "what is there already. Give the block a revision of its own."),
         .object = "revision " + revision.id,
         .related = {block->operation->span}});
}

} // namespace

extern const Rule rule{.id = "autocommit-partial-failure",
                       .category = RuleCategory::Transaction,
                       .severity = Severity::Medium,
                       .checkRevision = check};

} // namespace sightglass::rules::autocommit_partial_failure
