// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/finding_report.h"
#include "core/rules/idiom.h"
#include "core/sql/statement_tokens.h"

#include <algorithm>

namespace sightglass::rules::search_path_change {

namespace {

std::string nameOf(const SqlToken& token)
{
    if ((token.kind == SqlTokenKind::Quoted || token.kind == SqlTokenKind::Text) &&
        token.text.size() > 1)
        return std::string(token.text.substr(1, token.text.size() - 2));
    return std::string(token.text);
}

/// The schema of Alembic's table; public where nothing else is known.
std::string versionSchema(const Moment& moment)
{
    const Schema& schema = moment.schema();
    const std::string& name = moment.chain().versionTable;
    std::string found;
    for (const auto& [table, definition] : schema.tables) {
        if (table.name == name)
            found = found.empty() || table.schema == "public" ? table.schema : found;
    }
    return found.empty() ? "public" : found;
}

/// Whether names without a schema still find Alembic's table, and no other before it.
bool beginsWithVersionTable(const std::string& value, const Moment& moment)
{
    for (const SqlToken& token : sqlTokens(value)) {
        if (token.isMark(','))
            continue;
        const std::string name = nameOf(token);
        if (name == "$user" || name == "pg_catalog")
            continue;
        return name == versionSchema(moment);
    }
    return false;
}

bool isSetBack(const Step& step)
{
    return std::ranges::any_of(step.later(), [&](const Operation& later) {
        const auto* const other = std::get_if<change::SetSetting>(&later.change);
        return other != nullptr &&
               ((other->name == "search_path" &&
                 (other->reset || beginsWithVersionTable(other->value, step.moment))) ||
                (other->name == "ALL" && other->reset));
    });
}

void check(const Step& step, FindingReport& report)
{
    const auto* const setting = step.as<change::SetSetting>();
    if (setting == nullptr || setting->name != "search_path" || setting->local || setting->reset ||
        beginsWithVersionTable(setting->value, step.moment))
        return;
    const std::string value = setting->value.empty() ? "nothing" : setting->value;
    FindingDraft draft{
        .title = "Sets search_path to " + value + " for the whole session",
        .detail = "Every later revision of the run finds other tables under the same names, and "
                  "Alembic no longer finds alembic_version when it writes the new version (42P01). "
                  "Name the schema in each call, or use SET LOCAL, which ends with the "
                  "transaction.",
        .object = "search_path",
        .instead = setting->value.empty()
                       ? std::string()
                       : executeCall("SET LOCAL search_path TO " + setting->value)};
    if (isSetBack(step))
        draft.severity = Severity::Low;
    report.add(step, std::move(draft));
}

} // namespace

extern const Rule rule{.id = "search-path-change",
                       .category = RuleCategory::Transaction,
                       .severity = Severity::High,
                       .scaling = Scaling::Fixed,
                       .checkStep = check};

} // namespace sightglass::rules::search_path_change
