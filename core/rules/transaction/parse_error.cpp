// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/finding_report.h"
#include "core/sql/unparsed_sql.h"

namespace sightglass::rules::parse_error {

namespace {

void check(const Step& step, FindingReport& report)
{
    const auto* const opaque = step.as<change::Opaque>();
    if (opaque == nullptr || !opaque->what.starts_with(unparsedSql))
        return;
    const std::string& words = step.operation().reason;
    FindingDraft draft{.title = "SQL that does not parse",
                       .detail = (words.empty() ? std::string("The statement can't be read")
                                                : "The parser says: " + words) +
                                 ". Nothing is known of what the statement does, so this revision "
                                 "is not fully analysed. Correct the text, or check by hand what a "
                                 "newer PostgreSQL would make of it.",
                       .object = "statement"};
    draft.confidence = Confidence::Certain;
    report.add(step, std::move(draft));
}

} // namespace

extern const Rule rule{.id = "parse-error",
                       .category = RuleCategory::Transaction,
                       .severity = Severity::Info,
                       .scaling = Scaling::Fixed,
                       .exclusive = true,
                       .checkStep = check};

} // namespace sightglass::rules::parse_error
