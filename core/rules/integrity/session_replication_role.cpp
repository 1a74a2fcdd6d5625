// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/finding_report.h"
#include "core/sql/statement_text.h"

namespace sightglass::rules::session_replication_role {

namespace {

void check(const Step& step, FindingReport& report)
{
    const auto* const setting = step.as<change::SetSetting>();
    if (setting == nullptr || setting->name != "session_replication_role" || setting->reset)
        return;
    const std::string value = lowerCase(setting->value);
    // With "origin" and "local" the triggers of foreign keys fire.
    if (value == "origin" || value == "local" || value == "default")
        return;
    FindingDraft draft{
        .title = "Turns triggers and foreign keys off for the session",
        .detail = "Until it is set back, no foreign key is checked and no ordinary trigger fires "
                  "for what the statements after it write; rows that break a key stay, and nothing "
                  "finds them later. Disable the one trigger that is in the way, and check the "
                  "rows afterwards.",
        .object = "session_replication_role"};
    if (value.empty()) {
        draft.confidence = Confidence::Possible;
        draft.unsettled = "the value that is set";
    }
    report.add(step, std::move(draft));
}

} // namespace

extern const Rule rule{.id = "session-replication-role",
                       .category = RuleCategory::Integrity,
                       .severity = Severity::High,
                       .scaling = Scaling::Fixed,
                       .checkStep = check};

} // namespace sightglass::rules::session_replication_role
