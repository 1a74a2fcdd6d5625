// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/added_parts.h"
#include "core/rules/finding_report.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace sightglass::rules::prefer_identity {

namespace {

bool isSerial(const SqlText& type)
{
    constexpr std::array names{std::string_view("serial"),
                               std::string_view("bigserial"),
                               std::string_view("smallserial"),
                               std::string_view("serial2"),
                               std::string_view("serial4"),
                               std::string_view("serial8")};
    if (!type.isKnown())
        return false;
    return std::ranges::any_of(names, [&](std::string_view name) {
        return std::ranges::equal(type.value(), name, [](char left, char right) {
            return (left >= 'A' && left <= 'Z' ? left - 'A' + 'a' : left) == right;
        });
    });
}

void check(const Step& step, FindingReport& report)
{
    const auto* const create = step.as<change::CreateTable>();
    if (create == nullptr || findsItThere(step))
        return;
    for (const ColumnDefinition& column : create->columns) {
        if (!isSerial(column.type))
            continue;
        const std::string name = toText(step.target().name) + "." + column.name;
        report.add(step,
                   {.title = "Column " + name + " is a serial, not an identity column",
                    .detail = "A serial column is a default over a sequence with rights of its own: "
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
