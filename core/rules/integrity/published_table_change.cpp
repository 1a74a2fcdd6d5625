// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/finding_report.h"
#include "core/sql/statement_tokens.h"

#include <algorithm>

namespace sightglass::rules::published_table_change {

namespace {

/// Whether it alters, renames or drops the table itself: what subscribers would have to do too.
struct ChangesTable
{
    template <typename T>
    static constexpr bool isOneOf(const T&)
    {
        using namespace change;
        return (std::is_same_v<T, DropTable> || std::is_same_v<T, RenameTable> ||
                std::is_same_v<T, SetTableSchema> || std::is_same_v<T, AddColumn> ||
                std::is_same_v<T, DropColumn> || std::is_same_v<T, RenameColumn> ||
                std::is_same_v<T, SetColumnType> || std::is_same_v<T, SetNotNull> ||
                std::is_same_v<T, DropNotNull> || std::is_same_v<T, SetDefault> ||
                std::is_same_v<T, DropDefault> || std::is_same_v<T, AddIdentity> ||
                std::is_same_v<T, SetIdentity> || std::is_same_v<T, DropIdentity> ||
                std::is_same_v<T, DropGenerated> || std::is_same_v<T, AddConstraint> ||
                std::is_same_v<T, DropConstraint> || std::is_same_v<T, RenameConstraint> ||
                std::is_same_v<T, AttachPartition> || std::is_same_v<T, DetachPartition>);
    }

    template <typename T>
    bool operator()(const T& change) const
    {
        return isOneOf(change);
    }

    /// Of the options, only those of what tells rows apart are seen by subscribers.
    bool operator()(const change::AlterTableOption& option) const
    {
        const std::vector<SqlToken> tokens = sqlTokens(option.what);
        return tokens.size() > 1 && tokens[0].is("replica") && tokens[1].is("identity");
    }
};

bool changesTable(const Operation& operation)
{
    return std::visit(ChangesTable(), operation.change);
}

/// The index by which subscribers find rows.
QualifiedName tableOfKeyIndex(const Step& step)
{
    const auto* const drop = step.as<change::DropIndex>();
    if (drop == nullptr)
        return {};
    const FoundIndex found = step.moment.index(drop->index);
    return found.table && found.unique ? found.table->name : QualifiedName();
}

std::string listedPublications(const TableFacts& facts)
{
    std::string text;
    for (const std::string& each : facts.publications)
        text += (text.empty() ? "" : ", ") + each;
    return text;
}

void check(const Step& step, FindingReport& report)
{
    if (step.target().isNew)
        return;
    const QualifiedName table =
        changesTable(step.operation()) ? step.target().name : tableOfKeyIndex(step);
    const TableFacts* const facts = table.name.empty() ? nullptr : step.moment.facts().table(table);
    if (facts == nullptr || facts->publications.empty())
        return;
    const bool said = std::ranges::any_of(step.earlier(), [&](const StepRecord& each) {
        return each.runs && each.target.name == table && changesTable(*each.operation);
    });
    if (said)
        return;
    report.add(
        step,
        {.title = "Table " + toText(table) + " is replicated by " + listedPublications(*facts),
         .detail = "Logical replication carries rows, not DDL: subscribers keep the old table, and "
                   "stop at the first row that does not fit it. Apply what adds to subscribers "
                   "first, and what removes to them last.",
         .object = "table " + toText(table)});
}

} // namespace

extern const Rule rule{.id = "published-table-change",
                       .category = RuleCategory::Integrity,
                       .severity = Severity::High,
                       .checkStep = check};

} // namespace sightglass::rules::published_table_change
