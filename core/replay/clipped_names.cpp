// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/replay/clipped_names.h"

#include "core/replay/spelling.h"

#include <type_traits>
#include <variant>

namespace sightglass::replaying {

namespace {

// One overload for each kind of part that holds names. Without `Clip` it only looks.
template <bool Clip>
struct NameWalk
{
    template <typename T>
    using Part = std::conditional_t<Clip, T, const T>;

    bool found = false;

    void walk(Part<std::string>& name)
    {
        if (name.size() <= longestName)
            return;
        found = true;
        if constexpr (Clip)
            name = clipped(name);
    }

    void walk(Part<QualifiedName>& name)
    {
        walk(name.schema);
        walk(name.name);
    }

    void walk(Part<SqlText>&) {}

    void walk(Part<bool>&) {}

    void walk(Part<Policy>& policy) { walk(policy.name); }

    void walk(Part<IndexElement>& element) { walk(element.column); }

    void walk(Part<ConstraintDefinition>& constraint)
    {
        walk(constraint.name);
        walk(constraint.columns);
        walk(constraint.target);
        walk(constraint.targetColumns);
        walk(constraint.include);
        walk(constraint.usingIndex);
        walk(constraint.elements);
    }

    void walk(Part<ColumnDefinition>& column)
    {
        walk(column.name);
        walk(column.constraints);
    }

    void walk(Part<IndexDefinition>& index)
    {
        walk(index.name);
        walk(index.table);
        walk(index.elements);
        walk(index.include);
    }

    void walk(Part<SequenceOptions>& options)
    {
        walk(options.ownerTable);
        walk(options.ownerColumn);
    }

    void walk(Part<std::optional<QualifiedName>>& name)
    {
        if (name)
            walk(*name);
    }

    void walk(Part<std::vector<std::string>>& parts) { walkAll(parts); }

    void walk(Part<std::vector<QualifiedName>>& parts) { walkAll(parts); }

    void walk(Part<std::vector<IndexElement>>& parts) { walkAll(parts); }

    void walk(Part<std::vector<ConstraintDefinition>>& parts) { walkAll(parts); }

    void walk(Part<std::vector<ColumnDefinition>>& parts) { walkAll(parts); }

private:
    template <typename T>
    void walkAll(T& parts)
    {
        for (auto& part : parts)
            walk(part);
    }
};

// Changes call the same thing by the same name, so that their members say what is a name.
template <typename Walk, typename T>
void walkNames(Walk& names, T& change)
{
    if constexpr (requires { change.table; })
        names.walk(change.table);
    if constexpr (requires { change.newName; })
        names.walk(change.newName);
    if constexpr (requires { change.newSchema; })
        names.walk(change.newSchema);
    if constexpr (requires { change.column; })
        names.walk(change.column);
    if constexpr (requires { change.columns; })
        names.walk(change.columns);
    if constexpr (requires { change.name; })
        names.walk(change.name);
    if constexpr (requires { change.part; })
        names.walk(change.part);
    if constexpr (requires { change.constraint; })
        names.walk(change.constraint);
    if constexpr (requires { change.constraints; })
        names.walk(change.constraints);
    if constexpr (requires { change.index; })
        names.walk(change.index);
    if constexpr (requires { change.inherits; })
        names.walk(change.inherits);
    if constexpr (requires { change.like; })
        names.walk(change.like);
    if constexpr (requires { change.partitionOf; })
        names.walk(change.partitionOf);
    if constexpr (requires { change.partition; })
        names.walk(change.partition);
}

template <typename Walk, typename T>
void walkObjects(Walk& names, T& change)
{
    if constexpr (requires { change.type; })
        names.walk(change.type);
    if constexpr (requires { change.domain; })
        names.walk(change.domain);
    if constexpr (requires { change.sequence; })
        names.walk(change.sequence);
    if constexpr (requires { change.options.ownerTable; })
        names.walk(change.options);
    if constexpr (requires { change.schema; })
        names.walk(change.schema);
    if constexpr (requires { change.extension; })
        names.walk(change.extension);
    if constexpr (requires { change.view; })
        names.walk(change.view);
    if constexpr (requires { change.function; })
        names.walk(change.function);
    if constexpr (requires { change.trigger; })
        names.walk(change.trigger);
    if constexpr (requires { change.policy; })
        names.walk(change.policy);
}

template <bool Clip, typename AnyChange>
bool walkChange(AnyChange& change)
{
    NameWalk<Clip> names;
    std::visit(
        [&](auto& alternative) {
            walkNames(names, alternative);
            walkObjects(names, alternative);
        },
        change);
    return names.found;
}

} // namespace

std::optional<Change> withNamesClipped(const Change& change)
{
    if (!walkChange<false>(change))
        return std::nullopt;
    std::optional<Change> result = change;
    walkChange<true>(*result);
    return result;
}

} // namespace sightglass::replaying
