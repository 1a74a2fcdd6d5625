// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/render/render.h"
#include "core/rules/alembic_words.h"
#include "core/rules/finding_report.h"
#include "core/rules/old_tables.h"

namespace sightglass::rules::fk_without_not_valid {

namespace {

constexpr int notValidOnPartitioned = 180'000;

/// A new column that holds nothing gives nothing to check.
bool hasNothingToCheck(const ConstraintOnOldTable& added)
{
    return added.column != nullptr && !givesValues(*added.column);
}

bool isPlain(const ConstraintDefinition& key)
{
    return !key.targetColumns.empty() && key.onUpdate.empty() && key.match.empty() &&
           !key.deferrable && key.initially.empty();
}

std::string directive(const ConstraintOnOldTable& added, const std::string& name)
{
    const ConstraintDefinition& key = *added.constraint;
    const auto argument = [](std::string_view word, const std::string& value) {
        return value.empty() ? std::string() : ", " + std::string(word) + "=" + pythonText(value);
    };
    return "op.create_foreign_key(" + pythonText(name) + ", " + pythonText(added.table.name) +
           ", " + pythonText(key.target.name) + ", " + pythonNames(added.columns()) + ", " +
           pythonNames(key.targetColumns) + argument("ondelete", key.onDelete) +
           argument("source_schema", added.table.schema) +
           argument("referent_schema", key.target.schema) + ", postgresql_not_valid=True)";
}

std::string statement(const ConstraintOnOldTable& added, const std::string& name)
{
    change::AddConstraint add{.table = added.table, .constraint = *added.constraint};
    add.constraint.name = name;
    add.constraint.columns = added.columns();
    add.constraint.notValid = true;
    add.constraint.atColumn = false;
    const auto sql = toSql(Change(std::move(add)));
    return sql.isKnown() ? executeCall(sql.value()) : std::string();
}

std::string safeForm(const ConstraintOnOldTable& added)
{
    const std::string name = added.name();
    const std::string add =
        isPlain(*added.constraint) ? directive(added, name) : statement(added, name);
    if (add.empty())
        return {};
    return inTwoRevisions(
        add, executedAlterTable(added.table, "VALIDATE CONSTRAINT " + quotedIdentifier(name)));
}

void check(const Step& step, FindingReport& report)
{
    const auto added = constraintAddedToOldTable(step, ConstraintDefinition::Kind::ForeignKey);
    if (!added || added.constraint->notValid || added.constraint->notEnforced ||
        hasNothingToCheck(added))
        return;
    const auto& known = step.target().table;
    const bool refused = known && known->kind == TableKind::PartitionedTable &&
                         step.moment.serverVersion() < notValidOnPartitioned;
    const std::string table = toText(step.target().name);
    const std::string target = toText(step.moment.fullName(added.constraint->target));
    report.add(step,
               {.title = "Checks every row of " + table + " for " +
                         added.words("a foreign key to " + target),
                .detail = "Adding a foreign key that is valid at once keeps writers out of " +
                          table + " and " + target +
                          " while each row is looked up. Add it NOT VALID, which is quick, and "
                          "validate it in a later transaction, which blocks nobody.",
                .instead = refused ? std::string() : safeForm(added)});
}

} // namespace

extern const Rule rule{.id = "fk-without-not-valid",
                       .category = RuleCategory::Lock,
                       .severity = Severity::High,
                       .scaling = Scaling::Duration,
                       .checkStep = check};

} // namespace sightglass::rules::fk_without_not_valid
