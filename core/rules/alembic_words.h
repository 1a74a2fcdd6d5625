// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/operations/definitions.h"
#include "core/rules/idiom.h"

#include <string>
#include <string_view>
#include <vector>

// Python source as a revision has it, for the safe forms that findings show.
namespace sightglass {

/// Names as Python lists them: ["a", "b"].
std::string pythonNames(const std::vector<std::string>& names);
/// op.execute("ALTER TABLE orders …").
std::string executedAlterTable(const QualifiedName& written, std::string_view action);
/// `lines` inside an autocommit block.
std::string inAutocommitBlock(std::string_view lines);
/// Lines of this revision, then those of the one that has to follow it.
std::string inTwoRevisions(std::string_view first, std::string_view second);
/// Names as SQL lists them: a, "B".
std::string sqlList(const std::vector<std::string>& names);
/// The name of a constraint, or the one that PostgreSQL would give it.
std::string constraintName(const ConstraintDefinition& constraint, const QualifiedName& table);

} // namespace sightglass
