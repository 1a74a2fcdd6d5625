// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/finding_report.h"

namespace sightglass::rules::cic_corruption_pg14 {

namespace {

void check(const Step& step, FindingReport& report)
{
    const int version = step.moment.serverVersion();
    if (version < 140000 || version > 140003)
        return;
    const auto* const create = step.as<change::CreateIndex>();
    const auto* const reindex = step.as<change::Reindex>();
    const bool builds = (create != nullptr && create->concurrently) ||
                        (reindex != nullptr && reindex->concurrently);
    if (!builds)
        return;
    std::string object = create != nullptr ? create->index.name : toText(reindex->name);
    if (object.empty())
        object = "on " + toText(step.target().name);
    report.add(step,
               {.title = "Index " + object +
                         " may miss rows: built concurrently on PostgreSQL 14." +
                         std::to_string(version - 140000),
                .detail = "In 14.0 to 14.3 a concurrent build can leave rows that change meanwhile "
                          "out of the index, and queries then do not find them. Update the server "
                          "to 14.4 or later first.",
                .object = "index " + object});
}

} // namespace

extern const Rule rule{.id = "cic-corruption-pg14",
                       .category = RuleCategory::Transaction,
                       .severity = Severity::High,
                       .checkStep = check};

} // namespace sightglass::rules::cic_corruption_pg14
