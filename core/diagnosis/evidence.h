// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/diagnosis/facts.h"

#include <string>
#include <vector>

namespace sightglass {

/// Why a new database can't be built, or that it is not judged.
FreshDatabase freshDatabaseOf(const Facts& facts);
/// The items that can be computed now; those that need more than ids are there with an unknown
/// answer.
std::vector<ChecklistItem> checklistOf(const Facts& facts, const FreshDatabase& fresh);
/// What every diagnosis tells: the version table and its shape, the tables, what was not read.
std::vector<Evidence> commonEvidence(const Facts& facts);

/// "public holds 16 tables: users, … and 13 more", for titles and evidence; "no table" where there
/// is none.
std::string tablesSentence(const Facts& facts);
/// One row as people read it: the id, or (empty) for an empty text or NULL.
std::string rowText(const std::string& row);
/// Rows joined as in firstOf().
std::string rowsText(const std::vector<std::string>& rows);

} // namespace sightglass
