// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/finding_report.h"
#include "core/rules/statement_words.h"

namespace sightglass::rules::set_access_method {

namespace {

/// Empty: the action sets none.
std::string methodOf(const change::AlterTableOption& option)
{
    const StatementWords words(option.what);
    const auto behind = words.find({"set", "access", "method"});
    return behind ? words.name(*behind) : std::string();
}

void check(const Step& step, FindingReport& report)
{
    const auto* const option = step.as<change::AlterTableOption>();
    if (option == nullptr || step.target().isNew)
        return;
    const std::string method = methodOf(*option);
    const auto& known = step.target().table;
    if (method.empty() || (known && known->kind == TableKind::PartitionedTable))
        return;
    // Every table is made as a heap unless it says otherwise.
    const bool usual = method == "heap" || method == "default";
    if (usual && known)
        return;
    const std::string table = toText(step.target().name);
    report.add(
        step,
        {.title = (usual ? "May rewrite " : "Rewrites ") + table + " for access method " + method,
         .detail = "Another access method stores every row anew and builds all indexes "
                   "under ACCESS EXCLUSIVE: reads and writes wait until it is done. Fill a "
                   "new table that is made with the method, in batches, and swap the names.",
         .confidence = usual ? Confidence::Possible : Confidence::Certain,
         .unsettled = usual ? "Which access method the table has now: nothing is written "
                              "when it is the same."
                            : std::string()});
}

} // namespace

extern const Rule rule{.id = "set-access-method",
                       .category = RuleCategory::Rewrite,
                       .severity = Severity::High,
                       .scaling = Scaling::Duration,
                       .checkStep = check};

} // namespace sightglass::rules::set_access_method
