// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/finding_report.h"
#include "core/rules/idiom.h"
#include "core/rules/sql_words.h"
#include "core/sql/statement_text.h"

#include <algorithm>

namespace sightglass::rules::session_setting_leak {

namespace {

bool isRole(const change::SetSetting& setting)
{
    return setting.name == "role" || setting.name == "session_authorization";
}

bool setsBack(const change::SetSetting& setting)
{
    const std::string value = lowerCase(setting.value);
    return setting.reset || value == "none" || value == "default";
}

void check(const Step& step, FindingReport& report)
{
    const auto* const setting = step.as<change::SetSetting>();
    if (setting == nullptr || !isRole(*setting) || setting->local || setsBack(*setting))
        return;
    // RESET ALL leaves roles alone, DISCARD ALL does not.
    const bool back = std::ranges::any_of(step.later(), [&](const Operation& later) {
        const auto* const other = std::get_if<change::SetSetting>(&later.change);
        return other != nullptr && setsBack(*other) &&
               (other->name == setting->name || hasSqlWords(later.sql, {"discard", "all"}));
    });
    if (back)
        return;
    const bool role = setting->name == "role";
    const std::string value = setting->value.empty() ? "another role" : setting->value;
    report.add(step,
               {.title = "Goes on as role " + value + " after the revision",
                .detail = "The setting belongs to the session: later revisions of the run act as " +
                          value +
                          " and what they create belongs to it. Use SET LOCAL, which ends with "
                          "the transaction, or RESET at the end of the revision.",
                .object = "role " + value,
                .instead = setting->value.empty()
                               ? std::string()
                               : executeCall((role ? "SET LOCAL ROLE "
                                                   : "SET LOCAL SESSION AUTHORIZATION ") +
                                             quotedIdentifier(setting->value))});
}

} // namespace

extern const Rule rule{.id = "session-setting-leak",
                       .category = RuleCategory::Transaction,
                       .severity = Severity::Low,
                       .scaling = Scaling::Fixed,
                       .checkStep = check};

} // namespace sightglass::rules::session_setting_leak
