// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/differences/differences.h"
#include "core/history/downgrades.h"
#include "core/inspection/inspection.h"
#include "core/report/json_values.h"
#include "core/rules/loss.h"
#include "core/schema/unread_parts.h"

namespace sightglass::json {

/// Shapes that several documents share.
Value revisionJson(const Inspection& inspection, RevisionIndex index);
Value findingJson(const Finding& finding);
Value operationJson(const Operation& operation);
Value differenceJson(const Difference& difference);
/// What no view may take for missing: {"parts": [{part, reason}], "locked": […]}.
Value unreadJson(const UnreadParts& unread);
Value downgradeJson(const DowngradeAssessment& assessment);
Value ownerJson(const TableOwner& owner);
Value lossJson(const LossAssessment& loss);
Value checklistJson(const std::vector<ChecklistItem>& checklist);

} // namespace sightglass::json
