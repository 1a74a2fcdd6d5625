// SPDX-License-Identifier: GPL-3.0-or-later
// The parts of schema_script.h; for core/rebuild alone.
#pragma once

#include "core/rebuild/body_writer.h"
#include "core/rebuild/schema_script.h"
#include "core/rebuild/table_script.h"

#include <functional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace sightglass {

/// A body in the making, from one schema to another.
struct ScriptScene
{
    const Schema& from; ///< as it is after the renames
    const Schema& to;
    const FunctionTexts& functions; ///< of `to`
    BodyWriter& writer;
    std::vector<std::string>& notes;

    void note(const std::string& sentence);
};

/// Renames what only has another name, and gives the schema that this leaves.
Schema writeRenames(const Schema& from, const Schema& to, BodyWriter& writer);

void createNamespaces(ScriptScene& scene);
void dropNamespaces(ScriptScene& scene);
/// Enums and domains: new ones, and new labels. Those that lose labels are made anew.
void createTypes(ScriptScene& scene);
void dropTypes(ScriptScene& scene);
void createSequences(ScriptScene& scene);
void ownSequences(ScriptScene& scene);
void dropSequences(ScriptScene& scene);
/// `early`: those that tables name; else the others.
void createFunctions(ScriptScene& scene, bool early);
void dropFunctions(ScriptScene& scene);
void createViews(ScriptScene& scene);
void dropViews(ScriptScene& scene);
/// Of all tables of `to`: policies, row security.
void createTriggers(ScriptScene& scene);
void dropTriggers(ScriptScene& scene);

/// Foreign keys, other constraints and indexes that go, from tables that stay.
void dropTableParts(ScriptScene& scene);
void dropTables(ScriptScene& scene);
/// Gives the foreign keys that have to wait until all tables are there.
using LateKeys = std::vector<std::pair<QualifiedName, TableConstraint>>;
LateKeys createTables(ScriptScene& scene);
/// Columns, constraints and indexes of tables that stay; foreign keys are added to `late`.
void changeTables(ScriptScene& scene, LateKeys& late);

/// Those of one side that the other has not, or has otherwise.
bool isSameView(const View& left, const View& right);
/// Whether `text` has `name` as a word of its own.
bool mentions(const std::string& text, const std::string& name);

} // namespace sightglass
