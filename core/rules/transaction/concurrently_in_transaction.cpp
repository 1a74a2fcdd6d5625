// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/finding_report.h"
#include "core/rules/idiom.h"
#include "core/rules/operation_sql.h"
#include "core/rules/transaction_forms.h"
#include "core/sql/statement_tokens.h"

namespace sightglass::rules::concurrently_in_transaction {

namespace {

/// A DO block is one statement, and so one transaction, wherever it stands.
bool standsInBlock(const Operation& operation)
{
    const auto first = nextSqlToken(operation.sql, 0);
    return first && first->is("do");
}

std::string safeForm(const Operation& operation)
{
    const std::string sql = sqlOf(operation);
    if (sql.empty() || standsInBlock(operation))
        return {};
    return "with op.get_context().autocommit_block():\n    " + executeCall(sql);
}

void check(const Step& step, FindingReport& report)
{
    const std::string words = concurrentWords(step.operation().change);
    const bool block = standsInBlock(step.operation());
    if (words.empty() || !(step.inTransaction() || block))
        return;
    report.add(
        step,
        {.title = words + (block ? " inside a DO block" : " inside a transaction"),
         .detail = std::string("PostgreSQL refuses it there (25001), so the revision fails "
                               "at this statement. ") +
                   (block ? "Write it outside of the block, in an autocommit block of "
                            "Alembic."
                          : "Alembic runs a revision in a transaction; put the statement "
                            "into an autocommit block, and best into a revision of its own."),
         .instead = safeForm(step.operation())});
}

} // namespace

extern const Rule rule{.id = "concurrently-in-transaction",
                       .category = RuleCategory::Transaction,
                       .severity = Severity::Critical,
                       .scaling = Scaling::Fixed,
                       .checkStep = check};

} // namespace sightglass::rules::concurrently_in_transaction
