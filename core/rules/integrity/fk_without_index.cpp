// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/added_parts.h"
#include "core/rules/alembic_words.h"
#include "core/rules/finding_report.h"
#include "core/rules/index_keys.h"

#include <algorithm>
#include <map>
#include <optional>

namespace sightglass::rules::fk_without_index {

namespace {

using Kind = ConstraintDefinition::Kind;

/// An index that the run makes, wherever in it.
struct MadeIndex
{
    std::size_t position = 0; ///< of its revision in the run
    std::vector<std::string> columns;
};

/// By the last part of the table's name: names of later revisions are as written.
using MadeIndexes = std::multimap<std::string, MadeIndex>;

bool canServe(const IndexDefinition& index)
{
    if (!index.method.empty() && index.method != "btree" && index.method != "hash")
        return false;
    return !index.predicate || (index.predicate->isKnown() &&
                                leavesOutOnlyNulls(index.predicate->value(), keyColumns(index)));
}

void takeOperation(const Operation& operation, std::size_t position, MadeIndexes& made)
{
    if (const auto* const create = std::get_if<change::CreateIndex>(&operation.change)) {
        if (canServe(create->index))
            made.emplace(create->index.table.name,
                         MadeIndex{.position = position, .columns = keyColumns(create->index)});
        return;
    }
    for (const AddedConstraint& added : addedConstraints(operation.change)) {
        if (added.definition->kind == Kind::PrimaryKey || added.definition->kind == Kind::Unique)
            made.emplace(added.table.name,
                         MadeIndex{.position = position, .columns = added.columns});
    }
}

MadeIndexes madeIndexes(const RunReview& run)
{
    MadeIndexes made;
    std::size_t position = 0;
    for (const RevisionReading* const reading : run.readings) {
        for (const Operation& operation : reading->operations)
            takeOperation(operation, position, made);
        ++position;
    }
    for (const RevisionReview& next : run.following) {
        for (const Operation& operation : next.reading->operations)
            takeOperation(operation, position, made);
        ++position;
    }
    return made;
}

bool isIndexedByRun(const MadeIndexes& made,
                    const std::string& table,
                    std::size_t position,
                    const std::vector<std::string>& columns)
{
    const auto [first, last] = made.equal_range(table);
    return std::any_of(first, last, [&](const auto& each) {
        return each.second.position >= position && leadsWith(each.second.columns, columns);
    });
}

bool isAddedEarlier(const RevisionReview& revision,
                    const StepRecord& record,
                    const std::vector<std::string>& columns)
{
    return std::ranges::all_of(columns, [&](const std::string& column) {
        return std::ranges::any_of(revision.steps, [&](const StepRecord& each) {
            const auto* const add = each.as<change::AddColumn>();
            return each.index < record.index && add != nullptr && add->column.name == column &&
                   each.target.name == record.target.name;
        });
    });
}

/// Only of a table that is known can be said that it has no index.
bool isKnown(const RevisionReview& revision,
             const StepRecord& record,
             const std::vector<std::string>& columns)
{
    // What LIKE copies and what a partition inherits may hold the index.
    if (const auto* const create = record.as<change::CreateTable>())
        return create->like.empty() && !create->partitionOf;
    if (record.target.table)
        return true;
    return record.as<change::AddColumn>() != nullptr || isAddedEarlier(revision, record, columns);
}

bool doesNothing(const StepRecord& record)
{
    const auto* const create = record.as<change::CreateTable>();
    return !record.runs || (create != nullptr && create->ifNotExists && record.target.table);
}

void checkStep(const RevisionReview& revision,
               const StepRecord& record,
               const RunReview& run,
               const MadeIndexes& made,
               FindingReport& report)
{
    if (doesNothing(record))
        return;
    for (const AddedConstraint& added : addedConstraints(record.operation->change)) {
        // One that is not enforced never looks.
        if (added.definition->kind != Kind::ForeignKey || added.definition->notEnforced ||
            !isKnown(revision, record, added.columns))
            continue;
        const QualifiedName& name = record.target.name;
        const bool creates = record.as<change::CreateTable>() != nullptr;
        if (!creates && record.target.table && isIndexed(*record.target.table, added.columns))
            continue;
        if (isIndexedByRun(made, name.name, revision.position, added.columns))
            continue;
        const std::string table = toText(name);
        const std::string columns = listed(added.columns);
        report.add(
            revision,
            record,
            *run.facts,
            {.title = "Foreign key of " + table + " (" + columns + ") has no index",
             .detail = "Every DELETE, and every change of the key, in " +
                       toText(added.definition->target) + " reads all of " + table +
                       " to look for rows that refer to it. Build an index on (" + columns +
                       ") before the key is added.",
             .object = "table " + table,
             .instead = "with op.get_context().autocommit_block():\n    op.create_index(\"ix_" +
                        name.name + "_" + (added.columns.empty() ? "" : added.columns[0]) +
                        "\", \"" + name.name + "\", " + pythonNames(added.columns) +
                        ", postgresql_concurrently=True)"});
    }
}

void check(const RunReview& run, FindingReport& report)
{
    std::optional<MadeIndexes> made;
    for (const RevisionReview& revision : run.revisions) {
        if (!revision.reported)
            continue;
        for (const StepRecord& record : revision.steps) {
            const auto added = addedConstraints(record.operation->change);
            const bool refers = std::ranges::any_of(added, [](const AddedConstraint& each) {
                return each.definition->kind == Kind::ForeignKey;
            });
            if (!refers)
                continue;
            if (!made)
                made = madeIndexes(run);
            checkStep(revision, record, run, *made, report);
        }
    }
}

} // namespace

extern const Rule rule{.id = "fk-without-index",
                       .category = RuleCategory::Integrity,
                       .severity = Severity::Medium,
                       .checkRun = check};

} // namespace sightglass::rules::fk_without_index
