// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/finding_report.h"
#include "core/rules/remarks.h"

namespace sightglass::rules::model_import_in_migration {

namespace {

void check(const RevisionReview& revision, const RunReview&, FindingReport& report)
{
    const auto* const remark = remarkOn(revision, RevisionReading::Remark::Kind::UsesModels);
    if (remark == nullptr)
        return;
    report.add(revision,
               {.title = "Works through " + remark->object + " of the application",
                .detail = "Models are what the code says today, and this revision has to work on "
                          "the tables as they were: it breaks on an empty database as soon as a "
                          "model changes. Describe what it needs with sa.table and sa.column, and "
                          "send statements with op.execute.",
                .object = remark->object,
                .instead = "table = sa.table(\"<table>\", sa.column(\"id\"), "
                           "sa.column(\"<column>\"))",
                .span = remark->span});
}

} // namespace

extern const Rule rule{.id = "model-import-in-migration",
                       .category = RuleCategory::Integrity,
                       .severity = Severity::Medium,
                       .checkRevision = check};

} // namespace sightglass::rules::model_import_in_migration
