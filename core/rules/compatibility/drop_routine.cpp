// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/dropped.h"
#include "core/rules/finding_report.h"

#include <algorithm>

namespace sightglass::rules::drop_routine {

namespace {

bool comesBack(const Step& step, const QualifiedName& name)
{
    const auto creates = [&](const change::CreateFunction& create) {
        return createdName(step.moment, create.function) == name;
    };
    return step.laterChange<change::CreateFunction>(creates) != nullptr;
}

/// CREATE OR REPLACE earlier in the revision, of what no revision before made: a helper.
bool isHelper(const Step& step, const QualifiedName& name)
{
    const auto& before = step.moment.chain().schema;
    if (before != nullptr && std::ranges::any_of(before->functions, [&](const auto& each) {
            return each.first.first == name;
        }))
        return false;
    return std::ranges::any_of(step.earlier(), [&](const StepRecord& record) {
        const auto* const create = record.as<change::CreateFunction>();
        return create != nullptr && createdName(step.moment, create->function) == name;
    });
}

void check(const Step& step, FindingReport& report)
{
    const auto* const other = step.as<change::Other>();
    const bool isOperator = other != nullptr && other->statement == "DROP OPERATOR";
    if ((!isOperator && step.as<change::DropFunction>() == nullptr) || undoesUpgrade(step))
        return;
    const auto dropped = droppedObject(step);
    if (!dropped || dropped->isNew || comesBack(step, dropped->name) ||
        isHelper(step, dropped->name))
        return;
    report.add(step,
               {.title = "Drops " + dropped->words(),
                .detail =
                    "Code that runs now and still calls it fails at once, and so do triggers "
                    "and views that PostgreSQL does not know to use it. Replace it with CREATE "
                    "OR REPLACE under the same signature, or drop it one release later.",
                .object = dropped->words()});
}

} // namespace

extern const Rule rule{.id = "drop-routine",
                       .category = RuleCategory::Compatibility,
                       .severity = Severity::Medium,
                       .checkStep = check};

} // namespace sightglass::rules::drop_routine
