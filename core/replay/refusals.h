// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/replay/catalog.h"

#include <string>

/// PostgreSQL's answers, in its own words.
namespace sightglass::replaying {

Refusal refusal(std::string state, std::string message, std::string object);

Refusal noRelation(const Catalog& catalog, const QualifiedName& name); ///< 42P01, or 3F000
/// DROP's own words for it: table "x" does not exist.
Refusal noObject(const Catalog& catalog,
                 const std::string& kind,
                 const QualifiedName& name,
                 const std::string& state);
Refusal noSchema(const std::string& name);
Refusal noColumn(const QualifiedName& table, const std::string& column);
Refusal noConstraint(const QualifiedName& table, const std::string& constraint);
Refusal noType(const QualifiedName& name);
Refusal relationExists(const std::string& name);
Refusal typeExists(const std::string& name);
Refusal columnExists(const QualifiedName& table, const std::string& column);
Refusal constraintExists(const QualifiedName& table, const std::string& constraint);
Refusal wrongKind(const QualifiedName& name, const std::string& isNot); ///< "x" is not a table
/// `what`: "table t", "column c of table t"
Refusal dependedOn(const std::string& what);

/// A name as a message has it: with its schema when a reader needs one.
std::string described(const Catalog& catalog, const QualifiedName& name);

} // namespace sightglass::replaying
