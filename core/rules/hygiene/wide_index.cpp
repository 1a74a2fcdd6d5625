// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/finding_report.h"

namespace sightglass::rules::wide_index {

namespace {

constexpr std::size_t usualKeys = 3;

void check(const Step& step, FindingReport& report)
{
    const auto* const create = step.as<change::CreateIndex>();
    if (create == nullptr || create->index.unique || create->index.elements.size() <= usualKeys)
        return;
    const std::string index = create->index.name.empty()
                                  ? "an index on " + toText(step.target().name)
                                  : "index " + create->index.name;
    report.add(
        step,
        {.title =
             "Builds " + index + " over " + std::to_string(create->index.elements.size()) + " keys",
         .detail = "Keys behind the third seldom narrow a search further, but every write pays for "
                   "them. Keep the keys that queries filter by, and put columns that are only read "
                   "into INCLUDE."});
}

} // namespace

extern const Rule rule{.id = "wide-index",
                       .category = RuleCategory::Hygiene,
                       .severity = Severity::Info,
                       .onByDefault = false,
                       .checkStep = check};

} // namespace sightglass::rules::wide_index
