// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/finding_report.h"
#include "core/sql/statement_tokens.h"

#include <algorithm>

namespace sightglass::rules::drop_trigger {

namespace {

using Kind = NewObjects::Kind;

void checkTrigger(const Step& step, const change::DropTrigger& drop, FindingReport& report)
{
    const QualifiedName& table = step.target().name;
    if (step.target().isNew || step.moment.isNew(Kind::Trigger, table, drop.trigger))
        return;
    const bool replaced =
        step.laterChange<change::CreateTrigger>([&](const change::CreateTrigger& create) {
            return create.trigger == drop.trigger && step.sameName(create.table, table);
        }) != nullptr;
    if (replaced)
        return;
    report.add(step,
               {.title = "Drops trigger " + drop.trigger + " of table " + toText(table),
                .detail = "What it kept up to date or checked is left alone from here on, without "
                          "an error anywhere. Make sure that nothing relies on it; to change it, "
                          "use CREATE OR REPLACE TRIGGER (PostgreSQL 14).",
                .object = "trigger " + drop.trigger + " of table " + toText(table)});
}

struct RuleName
{
    std::string rule;
    QualifiedName table;
};

/// Of DROP RULE [IF EXISTS] name ON table, of CREATE [OR REPLACE] RULE name AS ON … TO table.
std::optional<RuleName> ruleName(std::string_view sql, bool creates)
{
    const std::vector<SqlToken> tokens = sqlTokens(sql);
    const auto plain = [](const SqlToken& token) {
        std::string text(token.text);
        return token.kind == SqlTokenKind::Quoted ? text.substr(1, text.size() - 2) : text;
    };
    RuleName result;
    for (std::size_t i = 0; i + 1 < tokens.size(); ++i) {
        if (result.rule.empty() && tokens[i].is("rule"))
            result.rule = plain(tokens[i + (tokens[i + 1].is("if") ? 3 : 1)]);
        if (!tokens[i].is(creates ? "to" : "on"))
            continue;
        result.table.name = plain(tokens[i + 1]);
        if (i + 3 < tokens.size() && tokens[i + 2].isMark('.')) {
            result.table.schema = result.table.name;
            result.table.name = plain(tokens[i + 3]);
        }
        return result;
    }
    return std::nullopt;
}

void checkRule(const Step& step, FindingReport& report)
{
    const auto dropped = ruleName(step.operation().sql, false);
    if (!dropped || step.moment.isNewRelation(dropped->table))
        return;
    const auto createsAgain = [&](const Operation& operation) {
        const auto* const other = std::get_if<change::Other>(&operation.change);
        if (other == nullptr || !other->statement.starts_with("CREATE") ||
            other->statement.find("RULE") == std::string::npos)
            return false;
        const auto created = ruleName(operation.sql, true);
        return created && created->rule == dropped->rule &&
               step.sameName(created->table, dropped->table);
    };
    const auto earlier = [&](const StepRecord& each) { return createsAgain(*each.operation); };
    if (std::ranges::any_of(step.later(), createsAgain) ||
        std::ranges::any_of(step.earlier(), earlier))
        return;
    const std::string table = toText(step.moment.fullName(dropped->table));
    report.add(step,
               {.title = "Drops rule " + dropped->rule + " of table " + table,
                .detail =
                    "Statements that it rewrote run as they are written from here on, without "
                    "an error anywhere. Make sure that nothing relies on it.",
                .object = "rule " + dropped->rule + " of table " + table});
}

void check(const Step& step, FindingReport& report)
{
    if (const auto* const drop = step.as<change::DropTrigger>())
        checkTrigger(step, *drop, report);
    else if (const auto* const other = step.as<change::Other>();
             other != nullptr && other->statement.starts_with("DROP RULE"))
        checkRule(step, report);
}

} // namespace

extern const Rule rule{.id = "drop-trigger",
                       .category = RuleCategory::Integrity,
                       .severity = Severity::Medium,
                       .checkStep = check};

} // namespace sightglass::rules::drop_trigger
