// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/data_step.h"
#include "core/rules/finding_report.h"
#include "core/rules/operation_sql.h"
#include "core/rules/sql_words.h"

#include <algorithm>
#include <iterator>

namespace sightglass::rules::pending_trigger_events {

namespace {

bool mayTouch(const std::vector<std::string>& written, const std::vector<std::string>& columns)
{
    return written.empty() || std::ranges::any_of(columns, [&](const std::string& column) {
               return std::ranges::find(written, column) != written.end();
           });
}

/// Whether a check waits for the end of the transaction: written so, or SET CONSTRAINTS said so.
template <typename Constraint>
bool waits(const Constraint& constraint, std::optional<bool> allDeferred)
{
    return allDeferred ? *allDeferred && constraint.deferrable : constraint.initiallyDeferred;
}

/// What of a table puts a check off; empty: nothing.
std::string putOff(const Step& step,
                   const change::ChangeData& data,
                   const Table& table,
                   std::optional<bool> allDeferred)
{
    const bool updates = data.command == "UPDATE" || data.command == "MERGE";
    const std::vector<std::string> written = updates ? data.columns : std::vector<std::string>();
    if (data.command != "DELETE") {
        for (const ForeignKey& key : table.foreignKeys) {
            if (waits(key, allDeferred) && mayTouch(written, key.columns))
                return key.name;
        }
        for (const KeyConstraint& key : table.uniques) {
            if (waits(key, allDeferred) && mayTouch(written, key.columns))
                return key.name;
        }
        if (table.primaryKey && waits(*table.primaryKey, allDeferred) &&
            mayTouch(written, table.primaryKey->columns))
            return table.primaryKey->name;
    }
    for (const Trigger& trigger : table.triggers) {
        if (allDeferred.value_or(true) &&
            hasSqlWords(trigger.definition, {"initially", "deferred"}))
            return trigger.name;
    }
    if (data.command != "DELETE" && !updates)
        return {};
    for (const QualifiedName& name : step.moment.replay().referencing(table.name)) {
        const Table* const other = step.moment.schema().table(name);
        if (other == nullptr)
            continue; // a temporary one
        for (const ForeignKey& key : other->foreignKeys) {
            if (key.target == table.name && waits(key, allDeferred) &&
                mayTouch(written, key.targetColumns))
                return key.name;
        }
    }
    return {};
}

/// Whether PostgreSQL looks for pending events of the table: renaming, comments, new triggers and
/// policies don't mind them.
bool minds(const Change& change)
{
    return !std::holds_alternative<change::RenameTable>(change) &&
           !std::holds_alternative<change::RenameColumn>(change) &&
           !std::holds_alternative<change::RenameConstraint>(change) &&
           !std::holds_alternative<change::SetTableSchema>(change) &&
           !std::holds_alternative<change::SetComment>(change) &&
           !std::holds_alternative<change::CreateTrigger>(change) &&
           !std::holds_alternative<change::CreatePolicy>(change) &&
           !std::holds_alternative<change::DropPolicy>(change) &&
           !std::holds_alternative<change::Opaque>(change) &&
           !std::holds_alternative<change::Other>(change) &&
           (isStructural(change) || (std::holds_alternative<change::ChangeData>(change) &&
                                     std::get<change::ChangeData>(change).command == "TRUNCATE"));
}

struct Pending
{
    const StepRecord* write = nullptr;
    std::string constraint;
};

/// Steps about the table and SET CONSTRAINTS, oldest first.
std::vector<StepPlace> placesThatMatter(const RunReview& run, const QualifiedName& table)
{
    std::vector<StepPlace> places;
    std::ranges::merge(run.about(table), run.constraintSettings, std::back_inserter(places));
    return places;
}

/// Checks of the table that wait, by the steps of the transaction so far, earlier revisions' too.
Pending pendingOn(const Step& step, const Table& table)
{
    Pending pending;
    std::optional<bool> allDeferred; ///< what SET CONSTRAINTS said last
    for (const StepPlace& place : placesThatMatter(step.run, table.name)) {
        const StepRecord& record = step.run.at(place);
        if (record.transaction != step.record.transaction)
            continue;
        if (record.as<change::Other>() != nullptr) {
            allDeferred = hasSqlWords(sqlOf(*record.operation), {"deferred"});
            if (!*allDeferred)
                pending = {};
            continue;
        }
        const auto* const data = record.as<change::ChangeData>();
        if (data == nullptr || !record.runs || data->command == "TRUNCATE" ||
            data->command == "SETVAL")
            continue;
        std::string constraint = putOff(step, *data, table, allDeferred);
        if (!constraint.empty() && pending.write == nullptr)
            pending = {.write = &record, .constraint = std::move(constraint)};
    }
    return pending;
}

void check(const Step& step, FindingReport& report)
{
    if (!step.inTransaction() || !minds(step.operation().change) || !step.target().table)
        return;
    const Table& table = *step.target().table;
    const Pending pending = pendingOn(step, table);
    if (pending.write == nullptr || !isFirstOfStatement(step))
        return;
    const std::string name = toText(table.name);
    FindingDraft draft{
        .title = "Changes " + name + " while a deferred check of it waits",
        .detail = "Rows of " + name + " were written in the same transaction, and " +
                  pending.constraint +
                  " is checked only when it commits. PostgreSQL refuses to change the table until "
                  "then (55006). Use two revisions, or run SET CONSTRAINTS ALL IMMEDIATE in "
                  "between.",
        .object = "table " + name,
        .instead = "op.execute(\"SET CONSTRAINTS ALL IMMEDIATE\")",
        .related = {pending.write->operation->span}};
    draft.confidence = Confidence::Likely;
    draft.unsettled = "whether the statement before wrote any row";
    report.add(step, std::move(draft));
}

} // namespace

extern const Rule rule{.id = "pending-trigger-events",
                       .category = RuleCategory::Transaction,
                       .severity = Severity::High,
                       .scaling = Scaling::Fixed,
                       .checkStep = check};

} // namespace sightglass::rules::pending_trigger_events
