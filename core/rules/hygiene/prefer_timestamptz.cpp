// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/added_parts.h"
#include "core/rules/finding_report.h"

namespace sightglass::rules::prefer_timestamptz {

namespace {

void check(const Step& step, FindingReport& report)
{
    for (const TypedColumn& column : typedColumns(step)) {
        if (column.base() != "timestamp without time zone")
            continue;
        const std::string name = toText(column.table) + "." + column.column;
        report.add(step,
                   {.title = "Column " + name + " keeps no time zone",
                    .detail = "A timestamp without time zone stores wall-clock time: the same "
                              "value means another "
                              "moment for a client in another zone, and it repeats when clocks go "
                              "back. Use timestamp with time zone, which stores the moment itself.",
                    .object = "column " + name,
                    .instead = "sa.Column(\"" + column.column + "\", sa.DateTime(timezone=True))"});
    }
}

} // namespace

extern const Rule rule{.id = "prefer-timestamptz",
                       .category = RuleCategory::Hygiene,
                       .severity = Severity::Info,
                       .onByDefault = false,
                       .checkStep = check};

} // namespace sightglass::rules::prefer_timestamptz
