// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/added_parts.h"
#include "core/rules/finding_report.h"
#include "core/rules/type_step.h"

#include <algorithm>

namespace sightglass::rules::fk_type_mismatch {

namespace {

using Kind = ConstraintDefinition::Kind;

/// Of a column that this statement defines, or that is there; empty: not known.
std::string typeOf(const Step& step, const QualifiedName& table, const std::string& column)
{
    if (step.sameName(table, objectOf(step.operation().change).table)) {
        for (const ColumnDefinition* const defined : definedColumns(step.operation().change)) {
            if (defined->name == column)
                return typeSpelling(defined->type, step.moment);
        }
    }
    const Column* const known = step.moment.column(table, column);
    return known == nullptr ? std::string() : known->type;
}

/// What its values are compared as: of a domain, the type below it.
std::string comparedAs(const std::string& type, const Moment& moment)
{
    const SpelledType spelled(type);
    for (const auto& [name, domain] : moment.schema().domains) {
        if (spelled.dimensions == 0 && (name.name == spelled.name || toText(name) == spelled.name))
            return comparedAs(domain->type, moment);
    }
    std::string name = spelled.name == "character varying" ? "text" : spelled.name;
    return spelled.dimensions == 0 ? name : name + "[]";
}

/// The columns that a key refers to: as written, else the target's primary key.
std::vector<std::string> targetColumns(const Step& step, const ConstraintDefinition& key)
{
    if (!key.targetColumns.empty())
        return key.targetColumns;
    const Table* const target = step.moment.schema().table(step.moment.fullName(key.target));
    if (target != nullptr && target->primaryKey)
        return target->primaryKey->columns;
    return {};
}

void check(const Step& step, FindingReport& report)
{
    if (findsItThere(step))
        return;
    for (const AddedConstraint& added : addedConstraints(step.operation().change)) {
        const ConstraintDefinition& key = *added.definition;
        if (key.kind != Kind::ForeignKey)
            continue;
        const std::vector<std::string> targets = targetColumns(step, key);
        for (std::size_t i = 0; i < std::min(targets.size(), added.columns.size()); ++i) {
            const std::string from = typeOf(step, added.table, added.columns[i]);
            const std::string to = typeOf(step, key.target, targets[i]);
            if (from.empty() || to.empty() ||
                comparedAs(from, step.moment) == comparedAs(to, step.moment))
                continue;
            const std::string column = toText(step.target().name) + "." + added.columns[i];
            const std::string target = toText(step.moment.fullName(key.target)) + "." + targets[i];
            report.add(step,
                       {.title = column + " (" + from + ") refers to " + target + " (" + to + ")",
                        .detail = "Both sides of a foreign key should have one type: else every "
                                  "check casts, an index may be of no use, and values that one "
                                  "side can hold do not fit the other. Give the referencing column "
                                  "the type of the referenced one.",
                        .object = "column " + column});
        }
    }
}

} // namespace

extern const Rule rule{.id = "fk-type-mismatch",
                       .category = RuleCategory::Integrity,
                       .severity = Severity::Medium,
                       .checkStep = check};

} // namespace sightglass::rules::fk_type_mismatch
