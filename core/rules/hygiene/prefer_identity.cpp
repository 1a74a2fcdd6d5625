// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/added_parts.h"
#include "core/rules/finding_report.h"

namespace sightglass::rules::prefer_identity {

namespace {

void check(const Step& step, FindingReport& report)
{
    const auto* const create = step.as<change::CreateTable>();
    if (create == nullptr || findsItThere(step))
        return;
    for (const ColumnDefinition& column : create->columns) {
        if (!isSerialType(column.type))
            continue;
        const std::string name = toText(step.target().name) + "." + column.name;
        report.add(step,
                   {.title = "Column " + name + " is a serial, not an identity column",
                    .detail =
                        "A serial column is a default over a sequence with rights of its own: "
                        "copies of the table share the sequence, and an INSERT may give any "
                        "number. An identity column belongs to its table.",
                    .object = "column " + name,
                    .instead = "sa.Column(\"" + column.name +
                               "\", sa.BigInteger(), sa.Identity(), primary_key=True)"});
    }
}

} // namespace

extern const Rule rule{.id = "prefer-identity",
                       .category = RuleCategory::Hygiene,
                       .severity = Severity::Info,
                       .onByDefault = false,
                       .checkStep = check};

} // namespace sightglass::rules::prefer_identity
