// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/finding_report.h"
#include "core/sql/statement_tokens.h"

namespace sightglass::rules::disable_rls {

namespace {

using Kind = NewObjects::Kind;

bool stopsForcing(const change::AlterTableOption& option)
{
    const std::vector<SqlToken> tokens = sqlTokens(option.what);
    return tokens.size() > 2 && tokens[0].is("no") && tokens[1].is("force");
}

bool isEnabledAgain(const Step& step)
{
    return step.laterChange<change::AlterTableOption>([&](const change::AlterTableOption& option) {
        return option.rowSecurity.value_or(false) &&
               step.sameName(option.table, step.target().name);
    }) != nullptr;
}

bool isCreatedAgain(const Step& step, const std::string& policy)
{
    return step.laterChange<change::CreatePolicy>([&](const change::CreatePolicy& create) {
        return create.policy.name == policy && step.sameName(create.table, step.target().name);
    }) != nullptr;
}

void check(const Step& step, FindingReport& report)
{
    if (step.target().isNew)
        return;
    const std::string table = toText(step.target().name);
    FindingDraft draft;
    if (const auto* const option = step.as<change::AlterTableOption>()) {
        const bool disables = option->rowSecurity && !*option->rowSecurity;
        if (!disables && !stopsForcing(*option))
            return;
        if (disables && isEnabledAgain(step))
            draft.severity = Severity::Medium;
        draft.title = disables ? "Turns row security of table " + table + " off"
                               : "Table " + table + " no longer forces row security on its owner";
        draft.detail = disables ? "Every role with SELECT sees all rows of all tenants from here "
                                  "on. If a policy is in the way, replace that policy."
                                : "The owner of the table, often the application's own role, sees "
                                  "all rows from here on. Give the owner a policy of its own.";
    } else if (const auto* const drop = step.as<change::DropPolicy>()) {
        if (step.moment.isNew(Kind::Policy, step.target().name, drop->policy) ||
            isCreatedAgain(step, drop->policy))
            return;
        draft.title = "Drops policy " + drop->policy + " of table " + table;
        draft.detail = "A restrictive policy that goes opens rows, a permissive one hides them. "
                       "Create the policy that takes its place in the same revision.";
        draft.object = "policy " + drop->policy + " of table " + table;
    } else {
        return;
    }
    report.add(step, std::move(draft));
}

} // namespace

extern const Rule rule{.id = "disable-rls",
                       .category = RuleCategory::Integrity,
                       .severity = Severity::High,
                       .checkStep = check};

} // namespace sightglass::rules::disable_rls
