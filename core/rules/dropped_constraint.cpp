// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/dropped_constraint.h"

#include "core/rules/remarks.h"
#include "core/sql/expression_facts.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace sightglass {

namespace {

using Kind = DroppedConstraint::Kind;

bool isNamed(const auto& constraints, const std::string& name)
{
    return std::ranges::any_of(constraints, [&](const auto& each) { return each.name == name; });
}

/// By the definition of the table; true: it was found there.
bool takeDefinition(const Table& table, DroppedConstraint& dropped)
{
    if (table.primaryKey && table.primaryKey->name == dropped.name)
        dropped.kind = Kind::PrimaryKey;
    else if (isNamed(table.uniques, dropped.name))
        dropped.kind = Kind::Unique;
    else if (isNamed(table.foreignKeys, dropped.name))
        dropped.kind = Kind::ForeignKey;
    else if (isNamed(table.exclusions, dropped.name))
        dropped.kind = Kind::Exclude;
    const auto check = std::ranges::find(table.checks, dropped.name, &CheckConstraint::name);
    if (check == table.checks.end())
        return dropped.kind != Kind::NotKnown;
    dropped.kind = Kind::Check;
    for (const Column& column : table.columns) {
        if (dropped.provedColumn.empty() && provesNotNull(check->expression, column.name))
            dropped.provedColumn = column.name;
    }
    return true;
}

/// By what the directive says: type_="primary"; true: it says it.
bool takeRemark(const Step& step, DroppedConstraint& dropped)
{
    const auto* const remark = remarkOn(step, RevisionReading::Remark::Kind::ConstraintKind);
    if (remark == nullptr)
        return false;
    constexpr std::array kinds{std::pair{std::string_view("primary"), Kind::PrimaryKey},
                               std::pair{std::string_view("unique"), Kind::Unique},
                               std::pair{std::string_view("foreignkey"), Kind::ForeignKey},
                               std::pair{std::string_view("check"), Kind::Check}};
    const auto found =
        std::ranges::find(kinds, remark->word, &std::pair<std::string_view, Kind>::first);
    if (found != kinds.end())
        dropped.kind = found->second;
    return found != kinds.end();
}

/// By the names that PostgreSQL gives.
void takeName(DroppedConstraint& dropped)
{
    dropped.byName = true;
    if (dropped.name.ends_with("_pkey"))
        dropped.kind = Kind::PrimaryKey;
    else if (dropped.name.ends_with("_fkey"))
        dropped.kind = Kind::ForeignKey;
    else if (dropped.name.ends_with("_key"))
        dropped.kind = Kind::Unique;
    else if (dropped.name.ends_with("_check"))
        dropped.kind = Kind::Check;
    else
        dropped.byName = false;
}

} // namespace

std::string DroppedConstraint::forbids() const
{
    switch (kind) {
    case Kind::PrimaryKey:
    case Kind::Unique:
        return "repeat a value";
    case Kind::ForeignKey:
        return "refer to nothing";
    case Kind::Exclude:
        return "exclude each other";
    case Kind::Check:
    case Kind::NotKnown:
        break;
    }
    return "break it";
}

std::optional<DroppedConstraint> droppedConstraint(const Step& step)
{
    const auto* const drop = step.as<change::DropConstraint>();
    if (drop == nullptr)
        return std::nullopt;
    DroppedConstraint dropped{.name = drop->name};
    // Of an assumed table, what the schema shows is known all the same.
    const Table* const shown = step.moment.schema().table(step.target().name);
    if (shown != nullptr && takeDefinition(*shown, dropped))
        return dropped;
    if (step.target().table && drop->ifExists)
        return std::nullopt;
    if (!takeRemark(step, dropped))
        takeName(dropped);
    return dropped;
}

} // namespace sightglass
