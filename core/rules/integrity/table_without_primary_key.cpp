// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/added_parts.h"
#include "core/rules/finding_report.h"

#include <algorithm>
#include <cctype>

namespace sightglass::rules::table_without_primary_key {

namespace {

bool addsKey(const Change& change)
{
    return std::ranges::any_of(addedConstraints(change), [](const AddedConstraint& added) {
        return added.definition->kind == ConstraintDefinition::Kind::PrimaryKey;
    });
}

/// LIKE … INCLUDING ALL or INDEXES brings the key of the other table.
bool likeBringsKey(const change::CreateTable& create)
{
    return std::ranges::any_of(create.likeOptions, [](std::string options) {
        std::ranges::transform(options, options.begin(), [](unsigned char c) {
            return static_cast<char>(std::toupper(c));
        });
        return options.find("INCLUDING ALL") != std::string::npos ||
               options.find("INCLUDING INDEXES") != std::string::npos;
    });
}

/// Foreign tables can't have one.
bool isForeign(const Operation& operation)
{
    std::string start = operation.sql.substr(0, 14);
    std::ranges::transform(
        start, start.begin(), [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
    return start == "CREATE FOREIGN";
}

/// Gets a key later in the revision, becomes a partition, or goes away again.
bool isSettledLater(const Step& step, const QualifiedName& table)
{
    return std::ranges::any_of(step.later(), [&](const Operation& later) {
        if (const auto* const attach = std::get_if<change::AttachPartition>(&later.change))
            return step.sameName(attach->partition, table);
        const bool drops = std::holds_alternative<change::DropTable>(later.change);
        return (drops || addsKey(later.change)) &&
               step.sameName(objectOf(later.change).table, table);
    });
}

void check(const Step& step, FindingReport& report)
{
    const auto* const create = step.as<change::CreateTable>();
    if (create == nullptr || create->temporary || create->partitionOf ||
        !create->inherits.empty() || addsKey(step.operation().change) || likeBringsKey(*create))
        return;
    if (isForeign(step.operation()) || findsItThere(step) || isSettledLater(step, create->table) ||
        step.moment.isVersionTable(create->table))
        return;
    const std::string table = toText(step.target().name);
    report.add(step,
               {.title = "Table " + table + " has no primary key",
                .detail = "Two equal rows can't be told apart, logical replication refuses UPDATE "
                          "and DELETE on the table, and upserts have nothing to go by. Give it a "
                          "key now: later it takes an index build under lock.",
                .object = "table " + table,
                .instead = "sa.Column(\"id\", sa.BigInteger(), sa.Identity(), primary_key=True)"});
}

} // namespace

extern const Rule rule{.id = "table-without-primary-key",
                       .category = RuleCategory::Integrity,
                       .severity = Severity::Low,
                       .checkStep = check};

} // namespace sightglass::rules::table_without_primary_key
