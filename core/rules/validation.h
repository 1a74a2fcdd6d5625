// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/rules/step.h"

#include <optional>
#include <span>
#include <string>

namespace sightglass {

/// Whether `earlier` added NOT VALID, in the transaction that `step` runs in, the constraint that
/// `step` validates.
bool addsNotValid(const StepRecord& earlier, const Step& step);

/// The step among `steps` that added NOT VALID, in the transaction that `step` runs in, the
/// constraint that `step` validates; null: none did, or `step` validates nothing.
const StepRecord* addedNotValid(const Step& step, std::span<const StepRecord> steps);

/// How severe it is that a scan of `step` runs under the lock that `earlier` still holds. Absent:
/// nothing to report.
std::optional<Severity> severityUnderLock(const Step& step, const StepRecord& earlier);

} // namespace sightglass
