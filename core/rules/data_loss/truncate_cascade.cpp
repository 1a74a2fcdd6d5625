// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/data_step.h"
#include "core/rules/finding_report.h"
#include "core/rules/idiom.h"

#include <set>

namespace sightglass::rules::truncate_cascade {

namespace {

/// Tables that a chain of foreign keys leads from to `table`, itself left out.
std::set<QualifiedName> referencing(const Schema& schema, const QualifiedName& table)
{
    std::set<QualifiedName> found;
    std::vector<QualifiedName> open{table};
    while (!open.empty()) {
        const QualifiedName target = open.back();
        open.pop_back();
        for (const auto& [name, other] : schema.tables) {
            for (const ForeignKey& key : other->foreignKeys) {
                if (key.target == target && name != table && found.insert(name).second)
                    open.push_back(name);
            }
        }
    }
    return found;
}

std::string listed(const std::set<QualifiedName>& names)
{
    constexpr std::size_t shown = 5;
    std::string text;
    std::size_t count = 0;
    for (const QualifiedName& name : names) {
        if (++count > shown)
            return text + " and " + std::to_string(names.size() - shown) + " more";
        text += (text.empty() ? "" : ", ") + toText(name);
    }
    return text;
}

void check(const Step& step, FindingReport& report)
{
    const auto* const data = step.as<change::ChangeData>();
    if (data == nullptr || data->command != "TRUNCATE" || !data->cascade ||
        !isFirstOfStatement(step))
        return;
    const std::string table = toText(step.target().name);
    const std::set<QualifiedName> others = referencing(step.moment.schema(), step.target().name);
    FindingDraft draft{.title = "Empties " + table + " and every table that refers to it",
                       .detail = {},
                       .object = {},
                       .instead = executeCall("TRUNCATE " + toSql(data->table))};
    draft.detail =
        others.empty()
            ? "CASCADE follows each foreign key that leads to the table, through any "
              "number of tables, and empties them all."
            : "CASCADE follows the foreign keys that lead to the table: " + listed(others) +
                  (others.size() == 1 ? " is" : " are") + " emptied too.";
    draft.detail +=
        " Name the tables that are meant; PostgreSQL then refuses where one is missing.";
    if (!step.moment.isWhole()) {
        draft.confidence = Confidence::Likely;
        draft.unsettled = "a connection shows which tables refer to it";
    }
    report.add(step, std::move(draft));
}

} // namespace

extern const Rule rule{.id = "truncate-cascade",
                       .category = RuleCategory::DataLoss,
                       .severity = Severity::Critical,
                       .scaling = Scaling::Fixed,
                       .checkStep = check};

} // namespace sightglass::rules::truncate_cascade
