// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/added_parts.h"
#include "core/rules/finding_report.h"

namespace sightglass::rules::char_type {

namespace {

void check(const Step& step, FindingReport& report)
{
    for (const TypedColumn& column : typedColumns(step)) {
        if (column.base() != "character" && column.base() != "bpchar")
            continue;
        const std::string name = toText(column.table) + "." + column.column;
        report.add(step,
                   {.title = "Column " + name + " is padded with blanks: " + column.type,
                    .detail = "Values of char(n) are filled up with blanks when stored and "
                              "compared without them, "
                              "and changing the type later rewrites the table. Use text.",
                    .object = "column " + name,
                    .instead = "sa.Column(\"" + column.column + "\", sa.Text())"});
    }
}

} // namespace

extern const Rule rule{.id = "char-type",
                       .category = RuleCategory::Hygiene,
                       .severity = Severity::Info,
                       .onByDefault = false,
                       .checkStep = check};

} // namespace sightglass::rules::char_type
