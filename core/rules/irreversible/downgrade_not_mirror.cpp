// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/finding_report.h"
#include "core/rules/way_back.h"

namespace sightglass::rules::downgrade_not_mirror {

namespace {

void check(const RevisionReview& revision, const RunReview& run, FindingReport& report)
{
    const WayBackReview way = wayBack(revision, run);
    for (const WayBackReview::Flaw& flaw : way.flaws) {
        FindingDraft draft{.title = flaw.title,
                           .detail = flaw.detail,
                           .object = flaw.object,
                           .instead = flaw.instead};
        draft.confidence = way.confidence;
        if (way.confidence != Confidence::Certain)
            draft.unsettled = run.whole ? "which of the conditional operations run"
                                        : "the whole chain, or the live schema";
        draft.span = flaw.span;
        report.add(revision, std::move(draft));
    }
}

} // namespace

extern const Rule rule{.id = "downgrade-not-mirror",
                       .category = RuleCategory::Irreversible,
                       .severity = Severity::Medium,
                       .checkRevision = check};

} // namespace sightglass::rules::downgrade_not_mirror
