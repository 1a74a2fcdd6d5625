// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/finding_report.h"

#include <algorithm>

namespace sightglass::rules::not_owner {

namespace {

/// DDL that PostgreSQL lets only the owner of the relation do.
bool needsOwner(const Operation& operation)
{
    const Change& change = operation.change;
    return isStructural(change) && !std::holds_alternative<change::CreateTable>(change) &&
           !std::holds_alternative<change::CreateView>(change) &&
           !std::holds_alternative<change::CreateTrigger>(change) &&
           !std::holds_alternative<change::Opaque>(change) &&
           !std::holds_alternative<change::Other>(change);
}

/// The table that has to be owned; an index belongs to the owner of its table.
QualifiedName ownedTable(const Step& step)
{
    if (const auto* const drop = step.as<change::DropIndex>()) {
        const FoundIndex found = step.moment.index(drop->index);
        return found.table ? found.table->name : QualifiedName();
    }
    if (const auto* const rename = step.as<change::RenameIndex>()) {
        const FoundIndex found = step.moment.index(rename->index);
        return found.table ? found.table->name : QualifiedName();
    }
    return step.target().name;
}

std::string ownerOf(const Moment& moment, const QualifiedName& table)
{
    if (const TableFacts* const facts = moment.facts().table(table); facts && !facts->owner.empty())
        return facts->owner;
    const Table* const known = moment.schema().table(table);
    return known == nullptr ? std::string() : known->owner;
}

void check(const Step& step, FindingReport& report)
{
    const ReviewFacts& facts = step.moment.facts();
    if (facts.role.empty() || facts.superuser || !needsOwner(step.operation()))
        return;
    const QualifiedName table = ownedTable(step);
    if (table.name.empty() || step.moment.isNewRelation(table))
        return;
    const std::string owner = ownerOf(step.moment, table);
    if (owner.empty() || owner == facts.role || facts.memberOf.contains(owner))
        return;
    const bool said = std::ranges::any_of(step.earlier(), [&](const StepRecord& each) {
        return each.runs && each.target.name == table && needsOwner(*each.operation);
    });
    if (said)
        return;
    report.add(step,
               {.title = "Role " + facts.role + " does not own table " + toText(table),
                .detail = "It belongs to " + owner +
                          ", and only its owner, a member of that role or a superuser may do this: "
                          "the statement fails (42501). Run the revision as " +
                          owner + ", or have the table given to " + facts.role + ".",
                .object = "table " + toText(table)});
}

} // namespace

extern const Rule rule{.id = "not-owner",
                       .category = RuleCategory::Transaction,
                       .severity = Severity::Critical,
                       .checkStep = check};

} // namespace sightglass::rules::not_owner
