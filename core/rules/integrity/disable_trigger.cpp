// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/finding_report.h"
#include "core/sql/statement_tokens.h"

namespace sightglass::rules::disable_trigger {

namespace {

/// The trigger that an action names behind these words, in lower case: "all", "user", "t_upd".
std::string triggerBehind(std::string_view action, std::string_view first, std::string_view second)
{
    const std::vector<SqlToken> tokens = sqlTokens(action);
    std::size_t next = second.empty() ? 1 : 2;
    if (tokens.size() < next + 2 || !tokens[0].is(first) ||
        (!second.empty() && !tokens[1].is(second)) || !tokens[next].is("trigger"))
        return {};
    return std::string(tokens[next + 1].text);
}

bool isWholeSet(const std::string& trigger)
{
    return SqlToken{.kind = SqlTokenKind::Word, .text = trigger}.is("all") ||
           SqlToken{.kind = SqlTokenKind::Word, .text = trigger}.is("user");
}

bool isEnabledAgain(const Step& step, const std::string& trigger)
{
    return step.laterChange<change::AlterTableOption>([&](const change::AlterTableOption& option) {
        std::string enabled = triggerBehind(option.what, "enable", "");
        if (enabled.empty())
            enabled = triggerBehind(option.what, "enable", "always");
        return (enabled == trigger || (!enabled.empty() && isWholeSet(enabled))) &&
               step.sameName(option.table, step.target().name);
    }) != nullptr;
}

void check(const Step& step, FindingReport& report)
{
    const auto* const option = step.as<change::AlterTableOption>();
    if (option == nullptr || step.target().isNew)
        return;
    std::string trigger = triggerBehind(option->what, "disable", "");
    const bool replica = trigger.empty();
    if (replica)
        trigger = triggerBehind(option->what, "enable", "replica");
    if (trigger.empty())
        return;
    const std::string table = toText(step.target().name);
    const bool again = isEnabledAgain(step, trigger);
    const std::string which =
        isWholeSet(trigger) ? "Turns the triggers" : "Turns trigger " + trigger;
    FindingDraft draft;
    draft.title = which + " of table " + table + (replica ? " to replica only" : " off");
    draft.detail = "Rows that are written meanwhile pass them by; with ALL even foreign keys are "
                   "not checked, and nothing checks those rows afterwards. ";
    draft.detail += again ? "They are turned on again below: change nothing in between that they "
                            "have to see."
                          : "Nothing in this revision turns them on again: do that, or use "
                            "deferrable constraints instead.";
    if (again)
        draft.severity = Severity::Medium;
    report.add(step, std::move(draft));
}

} // namespace

extern const Rule rule{.id = "disable-trigger",
                       .category = RuleCategory::Integrity,
                       .severity = Severity::High,
                       .checkStep = check};

} // namespace sightglass::rules::disable_trigger
