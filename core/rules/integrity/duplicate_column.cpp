// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/data_step.h"
#include "core/rules/finding_report.h"

#include <algorithm>
#include <set>

namespace sightglass::rules::duplicate_column {

namespace {

/// Names that occur more than once, each once.
std::set<std::string> repeated(const std::vector<std::string>& names)
{
    std::set<std::string> seen;
    std::set<std::string> twice;
    for (const std::string& name : names) {
        if (!name.empty() && !seen.insert(name).second)
            twice.insert(name);
    }
    return twice;
}

struct Lists
{
    std::set<std::string> names;
    std::string place; ///< "the columns of CREATE TABLE"
};

Lists listsOf(const Step& step)
{
    if (const auto* const table = step.as<change::CreateTable>()) {
        std::vector<std::string> names;
        for (const ColumnDefinition& column : table->columns)
            names.push_back(column.name);
        return {.names = repeated(names), .place = "the columns of CREATE TABLE"};
    }
    if (step.as<change::ChangeData>() == nullptr)
        return {};
    const std::optional<DataFacts> facts = dataFactsOf(step.revision, step.record.index);
    if (!facts)
        return {};
    if (facts->command == "UPDATE")
        return {.names = repeated(facts->assigned), .place = "SET of the UPDATE"};
    std::set<std::string> names = repeated(facts->targets);
    if (facts->command == "INSERT")
        names.merge(repeated(facts->assigned));
    return {.names = std::move(names), .place = "a list of the " + facts->command};
}

void check(const Step& step, FindingReport& report)
{
    const Lists lists = listsOf(step);
    const std::string table = tableWords(step.target());
    for (const std::string& name : lists.names) {
        report.add(step,
                   {.title = "Names column " + name + " of " + table + " twice",
                    .detail = "PostgreSQL refuses a column that stands twice in " + lists.place +
                              ", so the revision fails there. Remove one of the two.",
                    .object = "column " + table + "." + name});
    }
}

} // namespace

extern const Rule rule{.id = "duplicate-column",
                       .category = RuleCategory::Integrity,
                       .severity = Severity::High,
                       .scaling = Scaling::Fixed,
                       .checkStep = check};

} // namespace sightglass::rules::duplicate_column
