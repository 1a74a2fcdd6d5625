// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/added_parts.h"
#include "core/rules/finding_report.h"

namespace sightglass::rules::prefer_text {

namespace {

void check(const Step& step, FindingReport& report)
{
    for (const TypedColumn& column : typedColumns(step)) {
        if (column.base() != "character varying" || !column.hasModifier())
            continue;
        const std::string name = toText(column.table) + "." + column.column;
        report.add(
            step,
            {.title = "Column " + name + " has a length limit in its type: " + column.type,
             .detail =
                 "Making the limit smaller later rewrites the table under ACCESS EXCLUSIVE, and "
                 "PostgreSQL stores text and varchar(n) in the same way. Use text, "
                 "and a CHECK where a limit is a rule of the data.",
             .object = "column " + name,
             .instead = "sa.Column(\"" + column.column + "\", sa.Text())"});
    }
}

} // namespace

extern const Rule rule{.id = "prefer-text",
                       .category = RuleCategory::Hygiene,
                       .severity = Severity::Info,
                       .onByDefault = false,
                       .checkStep = check};

} // namespace sightglass::rules::prefer_text
