// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/alembic_words.h"
#include "core/rules/finding_report.h"
#include "core/rules/old_tables.h"

namespace sightglass::rules::reindex_not_concurrently {

namespace {

constexpr int firstConcurrent = 120'000;

/// The table whose index or indexes are built anew; empty name: not known, or many.
QualifiedName tableOf(const Step& step, const change::Reindex& reindex, const FoundIndex& index)
{
    if (reindex.kind == "table")
        return step.moment.fullName(reindex.name);
    return index.table ? index.table->name : QualifiedName();
}

bool isNew(const Step& step, const change::Reindex& reindex, const FoundIndex& index)
{
    if (reindex.kind == "index")
        return index.isNew;
    return reindex.kind == "table" && step.moment.isNewRelation(reindex.name);
}

std::string upperCased(std::string text)
{
    for (char& c : text)
        c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    return text;
}

void check(const Step& step, FindingReport& report)
{
    const auto* const reindex = step.as<change::Reindex>();
    if (reindex == nullptr || reindex->concurrently || reindex->kind == "system")
        return;
    const FoundIndex index =
        reindex->kind == "index" ? step.moment.index(reindex->name) : FoundIndex();
    if (isNew(step, *reindex, index))
        return;
    const QualifiedName table = tableOf(step, *reindex, index);
    const auto severity =
        table.name.empty() ? Severity::High : severityOn(step, Severity::High, table);
    if (!severity)
        return;
    const std::string words = reindex->kind + " " + toText(reindex->name);
    const bool possible = step.moment.serverVersion() >= firstConcurrent;
    report.add(step,
               {.title = "Rebuilds the indexes of " + words + " while users wait",
                .detail = "REINDEX keeps writers out of the table, and takes ACCESS EXCLUSIVE on "
                          "each index, so queries that would plan with it wait too, for the whole "
                          "rebuild. Use the concurrent form in an autocommit block.",
                .object = words,
                .instead = possible ? inAutocommitBlock(
                                          executeCall("REINDEX " + upperCased(reindex->kind) +
                                                      " CONCURRENTLY " + toSql(reindex->name)))
                                    : std::string(),
                .severity = severity});
}

} // namespace

extern const Rule rule{.id = "reindex-not-concurrently",
                       .category = RuleCategory::Lock,
                       .severity = Severity::High,
                       .scaling = Scaling::Fixed,
                       .checkStep = check};

} // namespace sightglass::rules::reindex_not_concurrently
