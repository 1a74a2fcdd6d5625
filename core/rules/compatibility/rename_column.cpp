// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/finding_report.h"
#include "core/sql/statement_tokens.h"

namespace sightglass::rules::rename_column {

namespace {

constexpr std::string_view advice =
    "Code that runs now still asks for the old name and fails at once; views follow the column. "
    "Add "
    "a new column, keep both alike with a trigger, fill it, switch the code, and drop the old one.";

bool isAddedBack(const Step& step, const change::RenameColumn& rename)
{
    const auto adds = [&](const change::AddColumn& add) {
        return add.column.name == rename.column && step.sameName(add.table, rename.table);
    };
    return step.laterChange<change::AddColumn>(adds) != nullptr;
}

/// ALTER TYPE … RENAME ATTRIBUTE, of a composite type.
void checkAttribute(const Step& step, const change::Other& other, FindingReport& report)
{
    if (other.statement != "ALTER TYPE" || step.moment.isNewType(other.object))
        return;
    const std::vector<SqlToken> tokens = sqlTokens(step.operation().sql);
    for (std::size_t i = 0; i + 2 < tokens.size(); ++i) {
        if (!tokens[i].is("rename") || !tokens[i + 1].is("attribute"))
            continue;
        report.add(step,
                   {.title = "Renames attribute " + std::string(tokens[i + 2].text) + " of type " +
                             toText(other.object),
                    .detail = std::string(advice),
                    .object = "type " + toText(other.object)});
        return;
    }
}

void check(const Step& step, FindingReport& report)
{
    if (const auto* const other = step.as<change::Other>()) {
        checkAttribute(step, *other, report);
        return;
    }
    const auto* const rename = step.as<change::RenameColumn>();
    if (rename == nullptr || step.moment.isNewColumn(rename->table, rename->column) ||
        isAddedBack(step, *rename))
        return;
    const std::string table = toText(step.moment.fullName(rename->table));
    report.add(
        step,
        {.title = "Renames column " + table + "." + rename->column + " to " + rename->newName,
         .detail = std::string(advice)});
}

} // namespace

extern const Rule rule{.id = "rename-column",
                       .category = RuleCategory::Compatibility,
                       .severity = Severity::High,
                       .checkStep = check};

} // namespace sightglass::rules::rename_column
