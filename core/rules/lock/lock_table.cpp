// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/finding_report.h"
#include "core/rules/footprint.h"
#include "core/rules/idiom.h"
#include "core/sql/statement_tokens.h"

#include <algorithm>

namespace sightglass::rules::lock_table {

namespace {

bool isNowait(const Operation& operation)
{
    const std::vector<SqlToken> tokens = sqlTokens(operation.sql);
    return std::ranges::any_of(tokens, [](const SqlToken& token) { return token.is("nowait"); });
}

void check(const Step& step, FindingReport& report)
{
    const auto* const lock = step.as<change::LockTable>();
    if (lock == nullptr || step.target().isNew)
        return;
    const LockMode mode = step.footprint().strongest();
    if (!isStrong(mode))
        return;
    const std::string table = toText(step.target().name);
    const std::string who =
        blocksReads(mode) ? "Everybody who reads or writes" : "Everybody who writes";
    FindingDraft draft;
    draft.title = "Locks table " + table + " in mode " + std::string(toText(mode));
    draft.detail = who + " " + table +
                   " waits until the transaction ends. Lock as late as possible in a short "
                   "transaction, in the weakest mode that protects what follows.";
    draft.instead =
        executeCall("SET LOCAL lock_timeout = '3s'") + "\n" +
        executeCall("LOCK TABLE " + toSql(lock->table) + " IN SHARE UPDATE EXCLUSIVE MODE");
    if (isNowait(step.operation()))
        draft.severity = Severity::Low;
    report.add(step, std::move(draft));
}

} // namespace

extern const Rule rule{.id = "lock-table",
                       .category = RuleCategory::Lock,
                       .severity = Severity::Medium,
                       .scaling = Scaling::Fixed,
                       .checkStep = check};

} // namespace sightglass::rules::lock_table
