// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/replay/catalog.h"
#include "core/sql/written_trigger.h"

#include <string>

/// Triggers as pg_get_triggerdef spells them.
namespace sightglass::replaying {

/// The definition of `trigger` on `table`, its condition spelled already.
std::string triggerText(const QualifiedName& table, const WrittenTrigger& trigger);

/// Prints every trigger of the table again, for a table of another name.
void respellTriggers(Table& table);
void renameColumnInTriggers(Table& table, const std::string& from, const std::string& to);
/// Whether its UPDATE OF or its WHEN names the column.
bool triggerUses(const Trigger& trigger, const std::string& column);

} // namespace sightglass::replaying
