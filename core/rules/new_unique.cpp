// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/new_unique.h"

#include "core/rules/added_parts.h"
#include "core/rules/index_keys.h"

namespace sightglass {

using Kind = ConstraintDefinition::Kind;

std::string NewUnique::words() const
{
    const std::string kind = primaryKey ? "primary key" : isIndex ? "unique index" : "unique key";
    return name.empty() ? kind : kind + " " + name;
}

std::vector<NewUnique> newUniques(const Step& step)
{
    std::vector<NewUnique> result;
    const Change& change = step.operation().change;
    if (const auto* const create = step.as<change::CreateIndex>()) {
        if (create->index.unique)
            result.push_back({.name = create->index.name,
                              .columns = keyColumns(create->index),
                              .nullsNotDistinct = create->index.nullsNotDistinct,
                              .partial = create->index.predicate.has_value(),
                              .isIndex = true});
        return result;
    }
    if (std::holds_alternative<change::CreateTable>(change))
        return result;
    for (const AddedConstraint& added : addedConstraints(change)) {
        const ConstraintDefinition& definition = *added.definition;
        const bool unique = definition.kind == Kind::PrimaryKey || definition.kind == Kind::Unique;
        if (unique && definition.usingIndex.empty())
            result.push_back({.name = definition.name,
                              .columns = added.columns,
                              .primaryKey = definition.kind == Kind::PrimaryKey,
                              .nullsNotDistinct = definition.nullsNotDistinct});
    }
    return result;
}

} // namespace sightglass
