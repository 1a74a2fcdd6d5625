// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/added_parts.h"
#include "core/rules/alembic_version.h"
#include "core/rules/finding_report.h"
#include "core/rules/remarks.h"

#include <algorithm>
#include <optional>
#include <string>

namespace sightglass::rules::pk_not_emitted {

namespace {

bool addsKey(const Step& step, const Operation& operation)
{
    const auto added = addedConstraints(operation.change);
    return std::ranges::any_of(added, [&](const AddedConstraint& each) {
        return each.definition->kind == ConstraintDefinition::Kind::PrimaryKey &&
               step.sameName(each.table, step.target().name);
    });
}

/// Two releases rendered the key by themselves.
bool rendersKey(const std::optional<std::string>& alembic)
{
    return alembic && isAtLeast(*alembic, "1.18.2") && !isAtLeast(*alembic, "1.18.4");
}

/// What reading noted; and SQLAlchemy renders SERIAL for nothing but an integer primary key.
bool isMeantAsKey(const Step& step, const ColumnDefinition& column)
{
    const Operation& operation = step.operation();
    return remarkOn(step, RevisionReading::Remark::Kind::KeyLeftOut) != nullptr ||
           (operation.origin == Origin::Directive && operation.directive.ends_with("add_column") &&
            isSerialType(column.type));
}

void check(const Step& step, FindingReport& report)
{
    const auto* const add = step.as<change::AddColumn>();
    if (add == nullptr || rendersKey(step.run.alembicVersion) || !isMeantAsKey(step, add->column))
        return;
    const auto adds = [&](const Operation& operation) { return addsKey(step, operation); };
    if (adds(step.operation()) || std::ranges::any_of(step.later(), adds))
        return;
    const std::string table = toText(step.target().name);
    report.add(step,
               {.title = "Column " + table + "." + add->column.name + " does not become the key",
                .detail = "op.add_column leaves primary_key=True out: the column is added, but the "
                          "table stays without a primary key, and nothing says so. Create the key "
                          "in a statement of its own.",
                .instead = "op.create_primary_key(\"" + step.target().name.name + "_pkey\", \"" +
                           step.target().name.name + "\", [\"" + add->column.name + "\"])"});
}

} // namespace

extern const Rule rule{.id = "pk-not-emitted",
                       .category = RuleCategory::Integrity,
                       .severity = Severity::Medium,
                       .checkStep = check};

} // namespace sightglass::rules::pk_not_emitted
