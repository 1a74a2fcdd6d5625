// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/data_step.h"
#include "core/rules/finding_report.h"
#include "core/rules/operation_sql.h"
#include "core/sql/statement_tokens.h"

#include <algorithm>

namespace sightglass::rules::identifier_too_long {

namespace {

constexpr std::size_t limit = 63;

/// "a""b" is a"b; bytes count, not characters.
std::string nameOf(const SqlToken& token)
{
    if (token.kind == SqlTokenKind::Word)
        return std::string(token.text);
    std::string name;
    for (std::size_t i = 1; i + 1 < token.text.size(); ++i) {
        if (token.text[i] == '"')
            ++i;
        name += token.text[i];
    }
    return name;
}

std::vector<std::string> longNames(const std::string& sql)
{
    std::vector<std::string> names;
    for (const SqlToken& token : sqlTokens(sql)) {
        if (token.kind != SqlTokenKind::Word && token.kind != SqlTokenKind::Quoted)
            continue;
        std::string name = nameOf(token);
        if (name.size() > limit && std::ranges::find(names, name) == names.end())
            names.push_back(std::move(name));
    }
    return names;
}

/// What fits, without a part of a character at its end.
std::string clipped(const std::string& name, std::size_t bytes)
{
    std::size_t end = std::min(bytes, name.size());
    while (end > 0 && end < name.size() && (static_cast<unsigned char>(name[end]) & 0xC0U) == 0x80U)
        --end;
    return name.substr(0, end);
}

void check(const Step& step, FindingReport& report)
{
    const Change& change = step.operation().change;
    const bool names = isStructural(change) || std::holds_alternative<change::ChangeData>(change);
    if (!names || !isFirstOfStatement(step))
        return;
    for (const std::string& name : longNames(sqlOf(step.operation()))) {
        report.add(step,
                   {.title = "Name of " + std::to_string(name.size()) +
                             " bytes: " + clipped(name, 40) + "…",
                    .detail = "PostgreSQL keeps 63 bytes and cuts the rest off without an error: "
                              "the object is called " +
                              clipped(name, limit) +
                              ". A later statement of SQLAlchemy looks for the whole name, and two "
                              "long names can become one; give it a shorter one.",
                    .object = name});
    }
}

} // namespace

extern const Rule rule{.id = "identifier-too-long",
                       .category = RuleCategory::Integrity,
                       .severity = Severity::Medium,
                       .scaling = Scaling::Fixed,
                       .checkStep = check};

} // namespace sightglass::rules::identifier_too_long
