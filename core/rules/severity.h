// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/rules/rule.h"
#include "core/rules/step.h"

#include <chrono>
#include <optional>
#include <string>

namespace sightglass {

/// How long a statement may hold its locks. Shown as a range, never as one number.
struct DurationRange
{
    std::chrono::milliseconds least{0};
    std::chrono::milliseconds most{0};

    std::chrono::milliseconds middle() const; ///< geometric: what severity goes by
};

/// From rows and sizes; absent where rows are not known, or nothing grows with them.
///
/// source  factors measured on PostgreSQL 15 per million rows of 180 bytes
std::optional<DurationRange>
estimatedDuration(const Footprint& footprint, const TableFacts& facts, std::size_t indexes);

std::string toText(const DurationRange& range); ///< "1 s to 20 s"

/// What live facts make of a rule's severity. Absent: nothing to report, the table is empty.
std::optional<Severity> severityWithFacts(Severity base,
                                          Scaling scaling,
                                          const StepRecord& record,
                                          const ReviewFacts& facts);

Severity lowered(Severity severity, int levels = 1); ///< not below info
Severity raised(Severity severity, int levels = 1);

} // namespace sightglass
