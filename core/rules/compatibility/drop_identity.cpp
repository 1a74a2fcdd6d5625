// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/finding_report.h"
#include "core/rules/idiom.h"

namespace sightglass::rules::drop_identity {

namespace {

/// The column whose own numbers end; null: none.
const std::string* numberedColumn(const Step& step)
{
    if (const auto* const drop = step.as<change::DropIdentity>())
        return &drop->column;
    const auto* const drop = step.as<change::DropDefault>();
    if (drop == nullptr)
        return nullptr;
    const Column* const column = step.moment.column(drop->table, drop->column);
    const bool numbers = column != nullptr && column->defaultExpression &&
                         column->defaultExpression->find("nextval(") != std::string::npos;
    return numbers ? &drop->column : nullptr;
}

void check(const Step& step, FindingReport& report)
{
    const std::string* const column = numberedColumn(step);
    if (column == nullptr)
        return;
    const QualifiedName table = objectOf(step.operation().change).table;
    if (step.moment.isNewColumn(table, *column))
        return;
    const auto numbersAgain = [&](const auto& set) {
        return set.column == *column && step.sameName(set.table, table);
    };
    if (step.laterChange<change::SetDefault>(numbersAgain) != nullptr ||
        step.laterChange<change::AddIdentity>(numbersAgain) != nullptr)
        return;
    const std::string name = toText(step.target().name) + "." + *column;
    const bool identity = step.as<change::DropIdentity>() != nullptr;
    report.add(
        step,
        {.title = "Column " + name + " no longer numbers itself",
         .detail = std::string("Every INSERT that leaves the column out fails from then on") +
                   (identity ? ", and its sequence is dropped with the last number. " : ". ") +
                   "Give it a new default in the same revision.",
         .instead = executeCall("ALTER TABLE " + toSql(table) + " ALTER COLUMN " +
                                quotedIdentifier(*column) + " SET DEFAULT nextval('" + table.name +
                                "_" + *column + "_numbers')")});
}

} // namespace

extern const Rule rule{.id = "drop-identity",
                       .category = RuleCategory::Compatibility,
                       .severity = Severity::Medium,
                       .checkStep = check};

} // namespace sightglass::rules::drop_identity
