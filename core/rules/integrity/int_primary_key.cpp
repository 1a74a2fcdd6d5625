// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/added_parts.h"
#include "core/rules/finding_report.h"

#include <algorithm>

namespace sightglass::rules::int_primary_key {

namespace {

std::vector<std::string> keyColumnsOf(const Change& change)
{
    for (const AddedConstraint& added : addedConstraints(change)) {
        if (added.definition->kind == ConstraintDefinition::Kind::PrimaryKey)
            return added.columns;
    }
    return {};
}

bool isTemporary(const Step& step)
{
    const auto* const create = step.as<change::CreateTable>();
    return (create != nullptr && create->temporary) || step.target().name.schema == "pg_temp";
}

void check(const Step& step, FindingReport& report)
{
    const auto columns = definedColumns(step.operation().change);
    if (columns.empty() || isTemporary(step) || findsItThere(step))
        return;
    const std::vector<std::string> key = keyColumnsOf(step.operation().change);
    for (const ColumnDefinition* const column : columns) {
        if (std::ranges::find(key, column->name) == key.end())
            continue;
        // Of several columns, only one that counts up by itself runs out.
        if (key.size() > 1 && !column->identity && !isSerialType(column->type))
            continue;
        const std::string type = typeSpelling(column->type, step.moment);
        if (type != "integer" && type != "smallint")
            continue;
        const std::string table = toText(step.target().name);
        const std::string most = type == "integer" ? "2,147,483,647" : "32,767";
        const bool counts = column->identity || isSerialType(column->type);
        FindingDraft draft{
            .title = "Primary key " + table + "." + column->name + " is only " + type,
            .detail = "After value " + most + " every INSERT fails" +
                      (counts ? ", and numbers are used up by rolled-back transactions too" : "") +
                      ". Widening it then rewrites the table and every table that refers to it, so "
                      "begin with bigint.",
            .object = "column " + table + "." + column->name,
            .instead = "sa.Column(\"" + column->name + "\", sa.BigInteger(), " +
                       (counts ? "sa.Identity(), " : "") + "primary_key=True)"};
        if (!counts) {
            draft.confidence = Confidence::Possible;
            draft.unsettled = "how high its values go: no sequence of its own gives them";
        }
        report.add(step, std::move(draft));
    }
}

} // namespace

extern const Rule rule{.id = "int-primary-key",
                       .category = RuleCategory::Integrity,
                       .severity = Severity::Low,
                       .checkStep = check};

} // namespace sightglass::rules::int_primary_key
