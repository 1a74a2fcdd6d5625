// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/finding_report.h"
#include "core/rules/idiom.h"
#include "core/rules/operation_sql.h"
#include "core/rules/transaction_forms.h"

namespace sightglass::rules::non_transactional_statement {

namespace {

void check(const Step& step, FindingReport& report)
{
    if (!step.inTransaction())
        return;
    const std::string words = nonTransactionalWords(step.operation());
    if (words.empty())
        return;
    const std::string sql = sqlOf(step.operation());
    report.add(step,
               {.title = words + " inside a transaction",
                .detail = "PostgreSQL refuses it there (25001), so the revision fails at this "
                          "statement. Put it into an autocommit block, or take it out of the "
                          "migration and run it by hand.",
                .object = words,
                .instead = sql.empty() ? std::string()
                                       : "with op.get_context().autocommit_block():\n    " +
                                             executeCall(sql)});
}

} // namespace

extern const Rule rule{.id = "non-transactional-statement",
                       .category = RuleCategory::Transaction,
                       .severity = Severity::Critical,
                       .scaling = Scaling::Fixed,
                       .checkStep = check};

} // namespace sightglass::rules::non_transactional_statement
