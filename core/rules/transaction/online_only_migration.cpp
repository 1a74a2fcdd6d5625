// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/finding_report.h"
#include "core/rules/remarks.h"

namespace sightglass::rules::online_only_migration {

namespace {

void check(const RevisionReview& revision, const RunReview&, FindingReport& report)
{
    const auto* const remark = remarkOn(revision, RevisionReading::Remark::Kind::NeedsDatabase);
    if (remark == nullptr)
        return;
    report.add(revision,
               {.title = "Needs a live database: goes on by what " + remark->object + " gives",
                .detail = "\"alembic upgrade --sql\" can't print this revision, and what is shown "
                          "of it here is only what does not hang on the answer. Write it as "
                          "statements, or guard it with context.is_offline_mode().",
                .object = "revision " + revision.id,
                .span = remark->span});
}

} // namespace

extern const Rule rule{.id = "online-only-migration",
                       .category = RuleCategory::Transaction,
                       .severity = Severity::Info,
                       .checkRevision = check};

} // namespace sightglass::rules::online_only_migration
