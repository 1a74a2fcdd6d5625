// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/replay/refusals.h"

#include "core/replay/spelling.h"

namespace sightglass::replaying {

namespace {

std::string quoted(const std::string& name)
{
    return '"' + name + '"';
}

} // namespace

Refusal refusal(std::string state, std::string message, std::string object)
{
    return {.state = std::move(state), .message = std::move(message), .object = std::move(object)};
}

Refusal noSchema(const std::string& name)
{
    return refusal("3F000", "schema " + quoted(name) + " does not exist", "schema " + name);
}

Refusal noRelation(const Catalog& catalog, const QualifiedName& name)
{
    if (!name.schema.empty() && !catalog.hasNamespace(name.schema))
        return noSchema(name.schema);
    return refusal(
        "42P01", "relation " + quoted(toText(name)) + " does not exist", "table " + toText(name));
}

Refusal noObject(const Catalog& catalog,
                 const std::string& kind,
                 const QualifiedName& name,
                 const std::string& state)
{
    if (!name.schema.empty() && !catalog.hasNamespace(name.schema))
        return noSchema(name.schema);
    return refusal(
        state, kind + " " + quoted(name.name) + " does not exist", kind + " " + toText(name));
}

Refusal noColumn(const QualifiedName& table, const std::string& column)
{
    return refusal("42703",
                   "column " + quoted(column) + " of relation " + quoted(table.name) +
                       " does not exist",
                   "column " + toText(table) + "." + column);
}

Refusal noConstraint(const QualifiedName& table, const std::string& constraint)
{
    return refusal("42704",
                   "constraint " + quoted(constraint) + " of relation " + quoted(table.name) +
                       " does not exist",
                   "constraint " + constraint + " of " + toText(table));
}

Refusal noType(const QualifiedName& name)
{
    return refusal(
        "42704", "type " + quoted(toText(name)) + " does not exist", "type " + toText(name));
}

Refusal relationExists(const std::string& name)
{
    return refusal("42P07", "relation " + quoted(name) + " already exists", "relation " + name);
}

Refusal typeExists(const std::string& name)
{
    return refusal("42710", "type " + quoted(name) + " already exists", "type " + name);
}

Refusal columnExists(const QualifiedName& table, const std::string& column)
{
    return refusal("42701",
                   "column " + quoted(column) + " of relation " + quoted(table.name) +
                       " already exists",
                   "column " + toText(table) + "." + column);
}

Refusal constraintExists(const QualifiedName& table, const std::string& constraint)
{
    return refusal("42710",
                   "constraint " + quoted(constraint) + " for relation " + quoted(table.name) +
                       " already exists",
                   "constraint " + constraint + " of " + toText(table));
}

Refusal wrongKind(const QualifiedName& name, const std::string& isNot)
{
    return refusal("42809", quoted(name.name) + " is not " + isNot, "relation " + toText(name));
}

Refusal dependedOn(const std::string& what)
{
    return refusal("2BP01", "cannot drop " + what + " because other objects depend on it", what);
}

std::string described(const Catalog& catalog, const QualifiedName& name)
{
    return catalog.spelled(name);
}

} // namespace sightglass::replaying
