// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/finding_report.h"
#include "core/rules/old_tables.h"
#include "core/rules/statement_words.h"

namespace sightglass::rules::vacuum_full {

namespace {

bool isOff(const StatementWords& words, std::size_t index)
{
    return words.is(index, "false") || words.is(index, "off") || words.text(index) == "0";
}

/// VACUUM FULL, or FULL in the list of options, unless it is switched off there.
bool isFull(std::string_view sql)
{
    const StatementWords words(sql);
    const auto vacuum = words.find({"vacuum"});
    if (!vacuum)
        return false;
    if (!words.isMark(*vacuum, '('))
        return words.is(*vacuum, "full");
    for (std::size_t at = *vacuum; at < words.size() && !words.isMark(at, ')'); ++at) {
        if (words.is(at, "full"))
            return !isOff(words, at + 1);
    }
    return false;
}

void check(const Step& step, FindingReport& report)
{
    const auto* const vacuum = step.as<change::Other>();
    if (vacuum == nullptr || vacuum->statement != "VACUUM" || !isFull(step.operation().sql) ||
        step.moment.isNewRelation(vacuum->object))
        return;
    const bool all = vacuum->object.name.empty();
    const auto severity = severityOn(step, Severity::High, vacuum->object);
    if (!severity)
        return;
    const std::string table = all ? "every table" : toText(step.moment.fullName(vacuum->object));
    report.add(step,
               {.title = "Rewrites " + table + " with VACUUM FULL while nobody can use it",
                .detail = "VACUUM FULL copies the table and builds all its indexes anew under "
                          "ACCESS EXCLUSIVE: reads and writes wait until it is done. A plain "
                          "VACUUM blocks nobody; pg_repack or pg_squeeze give space back online.",
                .object = all ? "database" : "table " + table,
                .severity = severity});
}

} // namespace

extern const Rule rule{.id = "vacuum-full",
                       .category = RuleCategory::Lock,
                       .severity = Severity::High,
                       .scaling = Scaling::Fixed,
                       .checkStep = check};

} // namespace sightglass::rules::vacuum_full
