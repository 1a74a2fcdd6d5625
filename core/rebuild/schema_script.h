// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/schema/schema.h"

#include <map>
#include <string>
#include <utility>
#include <vector>

namespace sightglass {

/// CREATE FUNCTION statements, by name and arguments as Schema::functions has them.
using FunctionTexts = std::map<std::pair<QualifiedName, std::string>, std::string>;

/// One end of a migration.
struct ScriptEnd
{
    const Schema& schema; ///< without the version table
    const FunctionTexts& functions;
};

/// The two bodies of a revision file, indented by four spaces; empty: nothing is done.
struct SchemaScript
{
    std::string upgrade;
    std::string downgrade;
    std::vector<std::string> notes; ///< sentences: what it can't say, or not for sure
};

/// What a careful person writes to come from one schema to another: objects by name, in an order in
/// which each finds what it needs, and the way back. Tables and columns that only have another name
/// are renamed where their place and their constraints show it.
///
/// What an extension owns is left to CREATE EXTENSION. Pure.
///
/// source  Alembic 1.8, SQLAlchemy 1.4; run with both in tests
/// cost    linear in the objects that differ; with views or functions among them, in their texts
SchemaScript scriptBetween(const ScriptEnd& before, const ScriptEnd& after);

/// "from sqlalchemy.dialects import postgresql", where the bodies need it.
std::string importsOf(const SchemaScript& script);

} // namespace sightglass
