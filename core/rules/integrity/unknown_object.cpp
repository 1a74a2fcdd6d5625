// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/finding_report.h"
#include "core/rules/missing_object.h"

#include <string_view>

namespace sightglass::rules::unknown_object {

namespace {

/// Only the chain is known, and no revision of it ever makes the table: something else may.
bool mayBeElsewhere(const Step& step, const QualifiedName& table)
{
    const ChainKnowledge& chain = step.moment.chain();
    return chain.schema == nullptr && !step.revision.id.empty() &&
           !chain.managed.contains(step.moment.fullName(table)) &&
           !step.moment.isNewRelation(table);
}

/// The table that is missing, by the name that it is told by: "table app.jobs".
bool isTableElsewhere(const Step& step, const std::string& words)
{
    constexpr std::string_view kind = "table ";
    if (!words.starts_with(kind))
        return false;
    const std::string name = words.substr(kind.size());
    const std::size_t dot = name.find('.');
    return mayBeElsewhere(step,
                          dot == std::string::npos ? QualifiedName{.schema = {}, .name = name}
                                                   : QualifiedName{.schema = name.substr(0, dot),
                                                                   .name = name.substr(dot + 1)});
}

/// An index that is dropped ahead of such a table is that table's.
bool isIndexElsewhere(const Step& step)
{
    return step.as<change::DropIndex>() != nullptr &&
           step.laterChange<change::DropTable>([&](const change::DropTable& drop) {
               return mayBeElsewhere(step, drop.table);
           }) != nullptr;
}

void check(const Step& step, FindingReport& report)
{
    const auto missing = missingObject(step);
    if (!missing || missing->isColumnType)
        return;
    const bool elsewhere = step.target().absent && mayBeElsewhere(step, step.target().name);
    if (elsewhere && step.as<change::DropTable>() != nullptr)
        return; // it is somebody's, and its rows would go
    const bool partly = step.moment.chain().baselineMissing || elsewhere ||
                        isTableElsewhere(step, missing->words) || isIndexElsewhere(step);
    report.add(step,
               {.title = "There is no " + missing->words + " when this runs",
                .detail = "PostgreSQL answers \"" + missing->message +
                          "\" and the revision fails. Nothing before it makes that object, or "
                          "something before it drops or renames it: correct the name or the order.",
                .object = missing->words,
                .severity = partly ? std::optional(Severity::Low) : std::nullopt,
                .confidence = partly ? Confidence::Possible : Confidence::Certain,
                .unsettled = partly ? "the revisions may begin on a database that was not empty: a "
                                      "connection to it would tell"
                                    : ""});
}

} // namespace

extern const Rule rule{.id = "unknown-object",
                       .category = RuleCategory::Integrity,
                       .severity = Severity::Critical,
                       .exclusive = true,
                       .checkStep = check};

} // namespace sightglass::rules::unknown_object
