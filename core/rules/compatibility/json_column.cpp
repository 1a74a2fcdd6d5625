// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/finding_report.h"
#include "core/rules/idiom.h"

#include <algorithm>
#include <cctype>

namespace sightglass::rules::json_column {

namespace {

bool isJson(const SqlText& type)
{
    if (!type.isKnown())
        return false;
    std::string text = type.value();
    std::erase_if(text, [](unsigned char c) { return std::isspace(c) != 0 || c == '"'; });
    std::ranges::transform(text, text.begin(), [](unsigned char letter) {
        return static_cast<char>(std::tolower(letter));
    });
    return text == "json" || text == "pg_catalog.json";
}

void tell(const Step& step,
          const QualifiedName& table,
          const std::string& column,
          FindingReport& report)
{
    const std::string name = toText(step.moment.fullName(table)) + "." + column;
    report.add(step,
               {.title = "Column " + name + " has the type json",
                .detail = "json has no equality: SELECT DISTINCT, GROUP BY and UNION over the row "
                          "fail, and every read parses the text again. Use jsonb, which is "
                          "postgresql.JSONB in SQLAlchemy; sa.JSON renders json.",
                .object = "column " + name,
                .instead = "sa.Column(" + pythonText(column) + ", postgresql.JSONB())"});
}

void check(const Step& step, FindingReport& report)
{
    if (const auto* const create = step.as<change::CreateTable>()) {
        if (create->temporary)
            return;
        for (const ColumnDefinition& column : create->columns) {
            if (isJson(column.type))
                tell(step, create->table, column.name, report);
        }
    } else if (const auto* const add = step.as<change::AddColumn>()) {
        if (isJson(add->column.type))
            tell(step, add->table, add->column.name, report);
    } else if (const auto* const set = step.as<change::SetColumnType>()) {
        if (isJson(set->type))
            tell(step, set->table, set->column, report);
    }
}

} // namespace

extern const Rule rule{.id = "json-column",
                       .category = RuleCategory::Compatibility,
                       .severity = Severity::Low,
                       .checkStep = check};

} // namespace sightglass::rules::json_column
