// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/dropped.h"
#include "core/rules/finding_report.h"
#include "core/rules/idiom.h"

namespace sightglass::rules::batch_recreate {

namespace {

/// The table that a block with recreate="always" makes anew. Where the copy could be read, that is
/// the one it drops; else what the block asks for says so in its reason.
QualifiedName recreatedTable(const Step& step)
{
    if (isBatchCopy(step.operation())) {
        const auto* const drop = step.as<change::DropTable>();
        return drop == nullptr ? QualifiedName() : drop->table;
    }
    const bool unread = step.operation().directive.starts_with("batch_op.") &&
                        step.operation().reason.starts_with("the table is made anew");
    return unread ? objectOf(step.operation().change).table : QualifiedName();
}

void check(const Step& step, FindingReport& report)
{
    const QualifiedName table = recreatedTable(step);
    if (table.name.empty() || step.moment.isNewRelation(table))
        return;
    for (const StepRecord& earlier : step.earlier()) {
        if (!isBatchCopy(step.operation()) && earlier.target.name == step.target().name &&
            earlier.operation->reason.starts_with("the table is made anew"))
            return; // told already
    }
    report.add(step,
               {.title = "Copies table " + toText(step.moment.fullName(table)) + " in a batch",
                .detail = "recreate=\"always\" copies every row into a new table under a lock and "
                          "drops the old one: triggers, grants and the table's comment are lost, "
                          "and views or foreign keys on it make it fail. PostgreSQL needs no copy; "
                          "the block renders plain ALTER TABLE without it.",
                .instead = "with op.batch_alter_table(" + pythonText(table.name) +
                           schemaArgument(table) + ", recreate=\"never\") as batch_op:\n    ..."});
}

} // namespace

extern const Rule rule{.id = "batch-recreate",
                       .category = RuleCategory::DataLoss,
                       .severity = Severity::High,
                       .checkStep = check};

} // namespace sightglass::rules::batch_recreate
