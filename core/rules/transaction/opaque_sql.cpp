// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/finding_report.h"
#include "core/sql/unparsed_sql.h"

#include <algorithm>
#include <array>

namespace sightglass::rules::opaque_sql {

namespace {

/// How the words for SQL begin whose text or effect is only known when it runs.
constexpr std::array<std::string_view, 5> dynamic{
    "runs ", "calls procedure ", "calls function ", "does more than is read", "includes a file"};

bool isDynamic(const Operation& operation, const change::Opaque& opaque)
{
    if (opaque.what.starts_with(unparsedSql))
        return false;
    const bool words = std::ranges::any_of(
        dynamic, [&](std::string_view begin) { return opaque.what.starts_with(begin); });
    return words || (operation.sql.empty() && operation.directive.ends_with("execute"));
}

void check(const Step& step, FindingReport& report)
{
    const auto* const opaque = step.as<change::Opaque>();
    if (opaque == nullptr || !isDynamic(step.operation(), *opaque))
        return;
    std::string what = opaque->what;
    if (!what.empty() && what.front() >= 'a' && what.front() <= 'z')
        what.front() = static_cast<char>(what.front() - 'a' + 'A');
    constexpr std::size_t longest = 86;
    std::string title = what;
    if (title.size() > longest)
        title = title.substr(0, longest - 3) + "…";
    FindingDraft draft{
        .title = std::move(title),
        .detail = "What reaches the server is known only when it runs, so this revision is not "
                  "fully analysed. Spell the statements out, or read by hand what the text can "
                  "become."};
    draft.unsettled = step.operation().reason;
    report.add(step, std::move(draft));
}

} // namespace

extern const Rule rule{.id = "opaque-sql",
                       .category = RuleCategory::Transaction,
                       .severity = Severity::Info,
                       .scaling = Scaling::Fixed,
                       .checkStep = check};

} // namespace sightglass::rules::opaque_sql
