// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/added_parts.h"
#include "core/rules/finding_report.h"
#include "core/rules/operation_sql.h"
#include "core/rules/type_step.h"
#include "core/sql/data_facts.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <string_view>

namespace sightglass::rules::enum_value_used_in_transaction {

namespace {

/// A label that the transaction added.
struct NewLabel
{
    std::string type; ///< the last part of its name
    std::string label;
};

bool isTextLike(const std::string& type)
{
    constexpr std::array names{std::string_view("text"),
                               std::string_view("character varying"),
                               std::string_view("character"),
                               std::string_view("varchar"),
                               std::string_view("char"),
                               std::string_view("bpchar"),
                               std::string_view("citext"),
                               std::string_view("json"),
                               std::string_view("jsonb")};
    std::string name = SpelledType(type).name;
    std::ranges::transform(
        name, name.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return std::ranges::find(names, name) != names.end();
}

/// Whether a table that is known has a column that could hold the label.
bool canHold(const Table& table, const NewLabel& label)
{
    return std::ranges::any_of(table.columns, [&](const Column& column) {
        std::string type = SpelledType(column.type).name;
        std::erase(type, '"');
        const auto dot = type.rfind('.');
        return (dot == std::string::npos ? type : type.substr(dot + 1)) == label.type;
    });
}

/// Statements about the type itself, and those that only write about it.
bool namesOnly(const Change& change)
{
    return std::holds_alternative<change::AddEnumLabel>(change) ||
           std::holds_alternative<change::RenameEnumLabel>(change) ||
           std::holds_alternative<change::CreateEnum>(change) ||
           std::holds_alternative<change::SetComment>(change) ||
           std::holds_alternative<change::Transaction>(change) ||
           std::holds_alternative<change::SetSetting>(change) ||
           std::holds_alternative<change::CreateFunction>(change);
}

/// Where the literal stands, it is surely text.
bool isSurelyText(const StepRecord& record)
{
    const Change& change = record.operation->change;
    if (const auto* const add = std::get_if<change::AddColumn>(&change))
        return add->column.type.isKnown() && isTextLike(add->column.type.value());
    if (const auto* const set = std::get_if<change::SetDefault>(&change)) {
        const Column* const column =
            record.target.table ? record.target.table->column(set->column) : nullptr;
        return column != nullptr && isTextLike(column->type);
    }
    return false;
}

const NewLabel* usedLabel(const StepRecord& record, const std::vector<NewLabel>& labels)
{
    if (labels.empty() || namesOnly(record.operation->change) || isSurelyText(record))
        return nullptr;
    const bool isData = record.as<change::ChangeData>() != nullptr;
    const std::vector<std::string> literals = literalsOf(sqlOf(*record.operation));
    const auto isUsed = [&](const NewLabel& label) {
        if (isData && record.target.table && !canHold(*record.target.table, label))
            return false;
        return std::ranges::find(literals, label.label) != literals.end();
    };
    const auto found = std::ranges::find_if(labels, isUsed);
    return found == labels.end() ? nullptr : &*found;
}

void add(const RevisionReview& revision,
         const StepRecord& record,
         const RunReview& run,
         const NewLabel& used,
         FindingReport& report)
{
    report.add(
        revision,
        record,
        *run.facts,
        {.title =
             "Uses label " + used.label + " of " + used.type + " in the transaction that adds it",
         .detail = "PostgreSQL refuses a new enum label until the transaction that added it "
                   "has committed (55P04), and all pending revisions may share one "
                   "transaction. Add the label in an autocommit block.",
         .object = "type " + used.type,
         .instead = "with op.get_context().autocommit_block():\n    op.execute(\"ALTER TYPE " +
                    quotedIdentifier(used.type) + " ADD VALUE IF NOT EXISTS '" + used.label +
                    "'\")"});
}

void check(const RunReview& run, FindingReport& report)
{
    if (run.facts->serverVersion < 120000)
        return; // there, adding it fails already
    int transaction = 0;
    std::vector<NewLabel> labels;
    for (const RevisionReview& revision : run.revisions) {
        for (const StepRecord& record : revision.steps) {
            if (record.transaction != transaction) {
                transaction = record.transaction;
                labels.clear();
            }
            if (transaction == 0 || !record.runs)
                continue;
            if (const auto* const added = record.as<change::AddEnumLabel>())
                labels.push_back({.type = added->type.name, .label = added->label});
            const NewLabel* const used = usedLabel(record, labels);
            if (used != nullptr && revision.reported)
                add(revision, record, run, *used, report);
        }
    }
}

} // namespace

extern const Rule rule{.id = "enum-value-used-in-transaction",
                       .category = RuleCategory::Transaction,
                       .severity = Severity::Critical,
                       .checkRun = check};

} // namespace sightglass::rules::enum_value_used_in_transaction
