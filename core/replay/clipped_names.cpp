// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/replay/clipped_names.h"

#include "core/replay/spelling.h"

#include <variant>

namespace sightglass::replaying {

namespace {

// One overload for each kind of part that holds names; `visit` sees every name.
struct NameWalk
{
    bool clip = false; ///< else only looks
    bool found = false;

    void walk(std::string& name)
    {
        if (name.size() <= longestName)
            return;
        found = true;
        if (clip)
            name = clipped(name);
    }

    void walk(QualifiedName& name)
    {
        walk(name.schema);
        walk(name.name);
    }

    void walk(SqlText&) {}

    void walk(bool&) {}

    void walk(Policy& policy) { walk(policy.name); }

    void walk(IndexElement& element) { walk(element.column); }

    void walk(ConstraintDefinition& constraint)
    {
        walk(constraint.name);
        walk(constraint.columns);
        walk(constraint.target);
        walk(constraint.targetColumns);
        walk(constraint.include);
        walk(constraint.usingIndex);
        walk(constraint.elements);
    }

    void walk(ColumnDefinition& column)
    {
        walk(column.name);
        walk(column.constraints);
    }

    void walk(IndexDefinition& index)
    {
        walk(index.name);
        walk(index.table);
        walk(index.elements);
        walk(index.include);
    }

    void walk(SequenceOptions& options)
    {
        walk(options.ownerTable);
        walk(options.ownerColumn);
    }

    template <typename T>
    void walk(std::optional<T>& part)
    {
        if (part)
            walk(*part);
    }

    template <typename T>
    void walk(std::vector<T>& parts)
    {
        for (T& part : parts)
            walk(part);
    }
};

// Changes call the same thing by the same name, so that their members say what is a name.
template <typename T>
void walkNames(NameWalk& names, T& change)
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

template <typename T>
void walkObjects(NameWalk& names, T& change)
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

bool walk(NameWalk names, Change& change)
{
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
    // Looking changes nothing.
    if (!walk({.clip = false}, const_cast<Change&>(change)))
        return std::nullopt;
    std::optional<Change> result = change;
    walk({.clip = true}, *result);
    return result;
}

} // namespace sightglass::replaying
