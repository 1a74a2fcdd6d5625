// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/diagnosis/diagnosis.h"
#include "core/diagnosis/facts.h"

#include <string>
#include <vector>

namespace sightglass {

/// Gives renamed tables and columns the names that the revisions know. Needs SchemaCheck::renamed.
WayBack renameBack(const Facts& facts);
/// "Table public.invoices is missing, and public.bills has the same columns."
std::vector<Evidence> renamedEvidence(const Facts& facts);

/// SQL that makes constraints and indexes again that are gone, and that no operation of
/// `toReplay` makes; that builds invalid indexes anew and validates constraints that a revision
/// made valid. Empty: there are none.
std::string partsSql(const Facts& facts);
/// The same as a way of its own. Needs text of partsSql.
WayBack putBackParts(const Facts& facts, const std::string& sql);
/// The step of it, for a way that has others.
RepairStep putBackStep(const std::string& sql);

} // namespace sightglass
