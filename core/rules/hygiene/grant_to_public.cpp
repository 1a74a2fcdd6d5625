// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/finding_report.h"
#include "core/sql/statement_tokens.h"

#include <algorithm>

namespace sightglass::rules::grant_to_public {

namespace {

struct Breadth
{
    bool everybody = false;  ///< TO PUBLIC
    bool everything = false; ///< GRANT ALL
};

Breadth breadthOf(std::string_view sql)
{
    Breadth result;
    const std::vector<SqlToken> tokens = sqlTokens(sql);
    bool granting = false;
    bool grantees = false;
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        if (tokens[i].is("grant")) {
            granting = true;
            result.everything = i + 1 < tokens.size() && tokens[i + 1].is("all");
        }
        grantees = grantees || (granting && tokens[i].is("to"));
        result.everybody = result.everybody || (grantees && tokens[i].is("public"));
    }
    return result;
}

/// Objects of one statement are operations of their own; it is said once.
bool isFirstOfStatement(const Step& step)
{
    return std::ranges::none_of(step.earlier(), [&](const StepRecord& earlier) {
        return earlier.operation->statement == step.operation().statement &&
               earlier.as<change::Other>() != nullptr;
    });
}

void check(const Step& step, FindingReport& report)
{
    const auto* const other = step.as<change::Other>();
    if (other == nullptr ||
        (other->statement != "GRANT" && !other->statement.starts_with("ALTER DEFAULT PRIVILEGES")))
        return;
    const Breadth breadth = breadthOf(step.operation().sql);
    if ((!breadth.everybody && !breadth.everything) || !isFirstOfStatement(step))
        return;
    const std::string object =
        other->object.name.empty() ? "objects" : toText(step.moment.fullName(other->object));
    const std::string what = breadth.everything ? "all rights" : "rights";
    report.add(
        step,
        {.title = "Grants " + what + " on " + object + (breadth.everybody ? " to everybody" : ""),
         .detail = breadth.everybody
                       ? "PUBLIC is every role of the server, also those that are created "
                         "later. Grant what is needed to the role that needs it."
                       : "ALL holds more than an application needs: TRUNCATE, TRIGGER and "
                         "REFERENCES among it. Name the rights that are needed.",
         .object = object});
}

} // namespace

extern const Rule rule{.id = "grant-to-public",
                       .category = RuleCategory::Hygiene,
                       .severity = Severity::Info,
                       .onByDefault = false,
                       .checkStep = check};

} // namespace sightglass::rules::grant_to_public
