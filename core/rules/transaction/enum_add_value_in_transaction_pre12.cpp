// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/finding_report.h"

namespace sightglass::rules::enum_add_value_in_transaction_pre12 {

namespace {

void check(const Step& step, FindingReport& report)
{
    const auto* const add = step.as<change::AddEnumLabel>();
    if (add == nullptr || step.moment.serverVersion() >= 120000 || !step.inTransaction() ||
        step.moment.isNewType(add->type))
        return;
    const std::string type = toText(step.moment.fullTypeName(add->type));
    report.add(
        step,
        {.title = "Adds label " + add->label + " to " + type + " inside a transaction",
         .detail = "Before version 12 PostgreSQL refuses ALTER TYPE … ADD VALUE in a "
                   "transaction, and Alembic runs revisions in one. Put it into an "
                   "autocommit block, alone in its revision.",
         .object = "type " + type,
         .instead = "with op.get_context().autocommit_block():\n    op.execute(\"ALTER TYPE " +
                    toSql(add->type) + " ADD VALUE '" + add->label + "'\")"});
}

} // namespace

extern const Rule rule{.id = "enum-add-value-in-transaction-pre12",
                       .category = RuleCategory::Transaction,
                       .severity = Severity::Critical,
                       .checkStep = check};

} // namespace sightglass::rules::enum_add_value_in_transaction_pre12
