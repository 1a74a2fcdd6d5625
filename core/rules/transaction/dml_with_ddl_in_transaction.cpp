// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/data_step.h"
#include "core/rules/finding_report.h"
#include "core/rules/operation_sql.h"

#include <algorithm>

namespace sightglass::rules::dml_with_ddl_in_transaction {

namespace {

constexpr std::int64_t fewRows = 1'000;

/// Rows that are written out in the statement are few.
bool isSeed(const RevisionReview& revision, const StepRecord& record)
{
    const auto* const data = record.as<change::ChangeData>();
    if (data->command != "INSERT")
        return false;
    const std::optional<DataFacts> facts = dataFactsOf(revision, record.index);
    return data->rows.has_value() || !facts || !facts->fromQuery;
}

/// A statement that writes many rows of a table that was there before.
bool isData(const Step& step, const StepRecord& record)
{
    const auto* const data = record.as<change::ChangeData>();
    if (data == nullptr || data->command == "TRUNCATE" || data->command == "SETVAL" ||
        record.target.isNew || step.moment.isVersionTable(data->table) || !record.runs)
        return false;
    const TableFacts* const facts = step.moment.facts().table(record.target.name);
    if (facts != nullptr && facts->rows && *facts->rows < fewRows)
        return false;
    return !isSeed(step.revision, record);
}

/// The table that was there before and that a change of the schema locks strongly; null: none.
const RelationLock* strongLock(const Step& step, const StepRecord& record)
{
    const Change& change = record.operation->change;
    if (!isStructural(change) || std::holds_alternative<change::RefreshView>(change) ||
        std::holds_alternative<change::Opaque>(change) || !record.runs)
        return nullptr;
    const auto found = std::ranges::find_if(record.footprint.locks, [&](const RelationLock& lock) {
        const bool isNew = lock.relation == record.target.name
                               ? record.target.isNew
                               : step.moment.isNewRelation(lock.relation);
        return isStrong(lock.mode) && !isNew;
    });
    return found == record.footprint.locks.end() ? nullptr : &*found;
}

/// Earlier steps of the same transaction of this revision.
template <typename Matches>
const StepRecord* earlierStep(const Step& step, Matches matches)
{
    for (const StepRecord& record : step.earlier()) {
        if (record.transaction == step.record.transaction && matches(record))
            return &record;
    }
    return nullptr;
}

void checkData(const Step& step, FindingReport& report)
{
    const RelationLock* lock = nullptr;
    const StepRecord* const before = earlierStep(step, [&](const StepRecord& record) {
        lock = strongLock(step, record);
        return lock != nullptr;
    });
    if (before == nullptr)
        return;
    const bool said = earlierStep(step, [&](const StepRecord& record) {
                          return record.index > before->index && isData(step, record) &&
                                 record.target.name == step.target().name;
                      }) != nullptr;
    if (said)
        return;
    const std::string table = tableWords(step.target());
    const std::string locked = toText(lock->relation);
    report.add(step,
               {.title = "Writes rows of " + table + " while " + locked + " is locked",
                .detail = "An earlier statement of the transaction holds " +
                          std::string(toText(lock->mode)) + " on " + locked +
                          ", and it stays until all these rows are written and the revision "
                          "commits. Change the schema in one revision and write the rows in a "
                          "later one, in batches.",
                .severity = Severity::High,
                .related = {before->operation->span}});
}

void checkSchema(const Step& step, FindingReport& report)
{
    const RelationLock* const lock = strongLock(step, step.record);
    if (lock == nullptr || earlierStep(step, [&](const StepRecord& record) {
                               return strongLock(step, record) != nullptr;
                           }) != nullptr)
        return;
    const StepRecord* const data =
        earlierStep(step, [&](const StepRecord& record) { return isData(step, record); });
    if (data == nullptr)
        return;
    const std::string written = tableWords(data->target);
    const std::string locked = toText(lock->relation);
    report.add(step,
               {.title = "Changes " + locked + " in the transaction that wrote " + written,
                .detail = "The rows of " + written +
                          " that were written before stay locked until the revision commits, and "
                          "this statement may have to wait for its lock all that while. Write the "
                          "rows in a revision of their own.",
                .related = {data->operation->span}});
}

void check(const Step& step, FindingReport& report)
{
    if (!step.inTransaction())
        return;
    if (step.as<change::ChangeData>() == nullptr)
        checkSchema(step, report);
    else if (isData(step, step.record))
        checkData(step, report);
}

} // namespace

extern const Rule rule{.id = "dml-with-ddl-in-transaction",
                       .category = RuleCategory::Transaction,
                       .severity = Severity::Medium,
                       .scaling = Scaling::Fixed,
                       .checkStep = check};

} // namespace sightglass::rules::dml_with_ddl_in_transaction
