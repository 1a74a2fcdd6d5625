// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/report/loss_words.h"

#include <QString>

#include <string_view>

namespace sightglass {

/// What one revision would destroy, in the order in which it would.
LossAssessment lossOf(const LossAssessment& loss, std::string_view revision);

/// "dropped, about 4,317 rows, 1.7 MB; made by Better Auth".
QString lossSentence(const LossLine& line);

/// A sign for a line of a checklist: met, not met, not known.
QChar checkSign(const ChecklistItem& item);
/// "3 of 7".
QString checksMet(const std::vector<ChecklistItem>& items);

} // namespace sightglass
