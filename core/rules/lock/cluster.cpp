// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/finding_report.h"
#include "core/rules/old_tables.h"

namespace sightglass::rules::cluster {

namespace {

void check(const Step& step, FindingReport& report)
{
    const auto* const other = step.as<change::Other>();
    if (other == nullptr || other->statement != "CLUSTER" ||
        step.moment.isNewRelation(other->object))
        return;
    const bool all = other->object.name.empty();
    const auto severity = severityOn(step, Severity::High, other->object);
    if (!severity)
        return;
    const std::string table =
        all ? "every clustered table" : toText(step.moment.fullName(other->object));
    report.add(step,
               {.title = "Rewrites " + table + " with CLUSTER while nobody can use it",
                .detail = "CLUSTER copies the table in the order of an index and builds all "
                          "indexes anew under ACCESS EXCLUSIVE: reads and writes wait until it is "
                          "done. pg_repack does the same online, outside of a migration.",
                .object = all ? "database" : "table " + table,
                .severity = severity});
}

} // namespace

extern const Rule rule{.id = "cluster",
                       .category = RuleCategory::Lock,
                       .severity = Severity::High,
                       .scaling = Scaling::Fixed,
                       .checkStep = check};

} // namespace sightglass::rules::cluster
