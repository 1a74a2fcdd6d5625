// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/alembic_words.h"
#include "core/rules/finding_report.h"

#include <algorithm>
#include <set>

namespace sightglass::rules::drop_fk_locks_referenced {

namespace {

/// A foreign key that a step takes away or makes anew.
struct TouchedKey
{
    std::string name;
    QualifiedName target; ///< full; empty name: not known
    bool certain = true;
};

using Keys = std::vector<TouchedKey>;

bool isAbout(const ForeignKey& key, const std::string& column)
{
    return std::ranges::find(key.columns, column) != key.columns.end();
}

template <typename Matches>
Keys knownKeys(const Step& step, Matches matches)
{
    Keys keys;
    const Table* const table = step.moment.schema().table(step.target().name);
    if (table == nullptr)
        return keys;
    for (const ForeignKey& key : table->foreignKeys) {
        if (matches(key))
            keys.push_back({.name = key.name, .target = key.target});
    }
    return keys;
}

/// As the other direction of the revision makes it: what drop_constraint takes away there.
std::optional<TouchedKey> fromOpposite(const Step& step, const std::string& name)
{
    if (step.revision.opposite == nullptr)
        return std::nullopt;
    for (const Operation& operation : step.revision.opposite->operations) {
        const auto* const add = std::get_if<change::AddConstraint>(&operation.change);
        if (add == nullptr || add->constraint.kind != ConstraintDefinition::Kind::ForeignKey ||
            constraintName(add->constraint, add->table) != name ||
            step.moment.fullName(add->table) != step.target().name)
            continue;
        return TouchedKey{.name = name, .target = step.moment.fullName(add->constraint.target)};
    }
    return std::nullopt;
}

bool hasConstraint(const Table& table, const std::string& name)
{
    return (table.primaryKey && table.primaryKey->name == name) ||
           std::ranges::find(table.uniques, name, &KeyConstraint::name) != table.uniques.end() ||
           std::ranges::find(table.checks, name, &CheckConstraint::name) != table.checks.end() ||
           std::ranges::find(table.exclusions, name, &ExclusionConstraint::name) !=
               table.exclusions.end();
}

Keys droppedByName(const Step& step, const std::string& name)
{
    Keys keys = knownKeys(step, [&](const ForeignKey& key) { return key.name == name; });
    if (!keys.empty() || step.target().table)
        return keys;
    const Table* const assumed = step.moment.schema().table(step.target().name);
    if (assumed != nullptr && hasConstraint(*assumed, name))
        return keys;
    if (auto key = fromOpposite(step, name))
        return {*std::move(key)};
    // The name that PostgreSQL gives to foreign keys, and to nothing else.
    if (name.ends_with("_fkey"))
        return {{.name = name, .target = {}, .certain = false}};
    return keys;
}

Keys touchedKeys(const Step& step)
{
    if (const auto* const drop = step.as<change::DropConstraint>())
        return droppedByName(step, drop->name);
    if (const auto* const drop = step.as<change::DropColumn>())
        return knownKeys(step, [&](const ForeignKey& key) { return isAbout(key, drop->column); });
    if (const auto* const set = step.as<change::SetColumnType>())
        return knownKeys(step, [&](const ForeignKey& key) { return isAbout(key, set->column); });
    if (step.as<change::DropTable>() != nullptr)
        return knownKeys(step, [](const ForeignKey&) { return true; });
    return {};
}

void check(const Step& step, FindingReport& report)
{
    if (step.target().isNew)
        return;
    const std::string own = toText(step.target().name);
    std::set<QualifiedName> seen;
    for (const TouchedKey& key : touchedKeys(step)) {
        const bool known = !key.target.name.empty();
        if (key.target == step.target().name || !seen.insert(key.target).second ||
            (known && step.moment.isNewRelation(key.target)))
            continue;
        const std::string target = known ? toText(key.target) : "the referenced table";
        report.add(
            step,
            {.title = "Locks " + target + " too, through " + key.name + " of " + own,
             .detail = "The foreign key ties the two tables: the statement takes ACCESS EXCLUSIVE "
                       "on " +
                       target +
                       " as well, and its readers wait until the transaction ends. Drop the "
                       "foreign key in a transaction of its own, with a short lock_timeout.",
             .object = known ? "table " + target : "table " + own,
             .instead =
                 executeCall("SET LOCAL lock_timeout = '3s'") + "\nop.drop_constraint(" +
                 pythonText(key.name) + ", " + pythonText(step.target().name.name) +
                 (step.target().name.schema == "public" ? std::string()
                                                        : schemaArgument(step.target().name)) +
                 ", type_=\"foreignkey\")",
             .confidence = key.certain ? Confidence::Certain : Confidence::Likely,
             .unsettled = key.certain
                              ? std::string()
                              : "Whether " + key.name + " is a foreign key, as its name says."});
    }
}

} // namespace

extern const Rule rule{.id = "drop-fk-locks-referenced",
                       .category = RuleCategory::Lock,
                       .severity = Severity::Medium,
                       .scaling = Scaling::Fixed,
                       .checkStep = check};

} // namespace sightglass::rules::drop_fk_locks_referenced
