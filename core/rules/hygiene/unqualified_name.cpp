// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/finding_report.h"

#include <algorithm>

namespace sightglass::rules::unqualified_name {

namespace {

/// The table that DDL names without its schema; empty name: none.
QualifiedName unqualifiedTable(const Operation& operation)
{
    const Change& change = operation.change;
    const bool named = isStructural(change) && !std::holds_alternative<change::Opaque>(change) &&
                       !std::holds_alternative<change::Other>(change);
    const QualifiedName table = named ? objectOf(change).table : QualifiedName();
    return table.schema.empty() ? table : QualifiedName();
}

bool isTemporary(const Step& step)
{
    const auto* const create = step.as<change::CreateTable>();
    return (create != nullptr && create->temporary) || step.target().name.schema == "pg_temp";
}

void check(const Step& step, FindingReport& report)
{
    const QualifiedName table = unqualifiedTable(step.operation());
    if (table.name.empty() || isTemporary(step))
        return;
    const auto isSame = [&](const StepRecord& earlier) {
        return unqualifiedTable(*earlier.operation) == table;
    };
    if (std::ranges::any_of(step.earlier(), isSame))
        return; // said once
    report.add(step,
               {.title = "Names table " + table.name + " without its schema",
                .detail =
                    "Which table is meant follows the search_path of the session that "
                    "migrates: another role or setting makes it another one. Name the schema.",
                .object = "table " + toText(step.target().name),
                .instead = "schema=\"" + step.target().name.schema + "\""});
}

} // namespace

extern const Rule rule{.id = "unqualified-name",
                       .category = RuleCategory::Hygiene,
                       .severity = Severity::Info,
                       .onByDefault = false,
                       .checkStep = check};

} // namespace sightglass::rules::unqualified_name
