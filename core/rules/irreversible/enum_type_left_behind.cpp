// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/finding_report.h"
#include "core/rules/idiom.h"
#include "core/rules/way_back.h"

#include <algorithm>

namespace sightglass::rules::enum_type_left_behind {

namespace {

bool makesType(const Operation& operation)
{
    return std::holds_alternative<change::CreateEnum>(operation.change) ||
           std::holds_alternative<change::CreateType>(operation.change);
}

void check(const RevisionReview& revision, const RunReview& run, FindingReport& report)
{
    if (std::ranges::none_of(revision.operations(), makesType))
        return;
    const WayBackReview way = wayBack(revision, run);
    for (const WayBackReview::TypeLeft& left : way.typesLeft) {
        const std::string name = toText(left.type);
        FindingDraft draft{
            .title = "Downgrade leaves type " + name + " behind",
            .detail = "Dropping a table does not drop the enum type that was made with it, so the "
                      "next upgrade fails because the type is there already. Drop it at the end of "
                      "downgrade().",
            .object = "type " + name,
            .instead = "sa.Enum(name=" + pythonText(left.type.name) +
                       (left.type.schema == "public" ? std::string() : schemaArgument(left.type)) +
                       ").drop(op.get_bind(), checkfirst=True)"};
        draft.confidence = way.confidence;
        if (way.confidence != Confidence::Certain)
            draft.unsettled = "whether a table that is not known uses the type";
        draft.span = left.span;
        report.add(revision, std::move(draft));
    }
}

} // namespace

extern const Rule rule{.id = "enum-type-left-behind",
                       .category = RuleCategory::Irreversible,
                       .severity = Severity::Medium,
                       .checkRevision = check};

} // namespace sightglass::rules::enum_type_left_behind
