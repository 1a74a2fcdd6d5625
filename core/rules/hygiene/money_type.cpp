// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/added_parts.h"
#include "core/rules/finding_report.h"

namespace sightglass::rules::money_type {

namespace {

void check(const Step& step, FindingReport& report)
{
    for (const TypedColumn& column : typedColumns(step)) {
        if (column.base() != "money")
            continue;
        const std::string name = toText(column.table) + "." + column.column;
        report.add(
            step,
            {.title = "Column " + name + " is of type money",
             .detail =
                 "The type money keeps no currency, and its number of decimals and its text follow "
                 "the server's lc_monetary setting: a dump read elsewhere may mean "
                 "another amount. Use numeric, with the currency in a column of its "
                 "own.",
             .object = "column " + name,
             .instead = "sa.Column(\"" + column.column + "\", sa.Numeric(19, 4))"});
    }
}

} // namespace

extern const Rule rule{.id = "money-type",
                       .category = RuleCategory::Hygiene,
                       .severity = Severity::Info,
                       .onByDefault = false,
                       .checkStep = check};

} // namespace sightglass::rules::money_type
