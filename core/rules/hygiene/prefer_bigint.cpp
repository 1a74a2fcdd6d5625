// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/added_parts.h"
#include "core/rules/finding_report.h"

namespace sightglass::rules::prefer_bigint {

namespace {

void check(const Step& step, FindingReport& report)
{
    for (const TypedColumn& column : typedColumns(step)) {
        if (column.base() != "integer" && column.base() != "smallint")
            continue;
        const std::string name = toText(column.table) + "." + column.column;
        report.add(step,
                   {.title = "Column " + name + " holds small numbers: " + column.type,
                    .detail = "When the values outgrow the type, widening it rewrites the whole "
                              "table under ACCESS "
                              "EXCLUSIVE. Use bigint: beside other columns it seldom takes more "
                              "room.",
                    .object = "column " + name,
                    .instead = "sa.Column(\"" + column.column + "\", sa.BigInteger())"});
    }
}

} // namespace

extern const Rule rule{.id = "prefer-bigint",
                       .category = RuleCategory::Hygiene,
                       .severity = Severity::Info,
                       .onByDefault = false,
                       .checkStep = check};

} // namespace sightglass::rules::prefer_bigint
