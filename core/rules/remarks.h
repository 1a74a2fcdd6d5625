// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/rules/step.h"

#include <string_view>

namespace sightglass {

/// What reading noted about the directive that the step is of; null: nothing of this kind.
const RevisionReading::Remark* remarkOn(const Step& step, RevisionReading::Remark::Kind kind);
/// About a revision's function as a whole.
const RevisionReading::Remark* remarkOn(const RevisionReview& revision,
                                        RevisionReading::Remark::Kind kind);

} // namespace sightglass
