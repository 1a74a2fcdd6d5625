// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/diagnosis/diagnosis.h"
#include "core/rules/loss.h"

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace sightglass {

/// One loss in words, cell by cell.
struct LossLine
{
    std::string object; ///< "public.session", "column public.jobs.note"
    std::string what;   ///< "dropped", "truncated, CASCADE from public.jobs"
    std::string rows;   ///< "4,317", "about 4,317", "not known"
    std::string size;   ///< "1.4 MB"; empty: not known
    std::string owner;  ///< "Better Auth", "this chain", "nobody known, role frontend"
    std::string place;  ///< "82233f5589d3, line 24"
    std::string with;   ///< what hangs on it, and what may keep it; may be empty
};

std::vector<LossLine> lossLines(const LossAssessment& loss);

/// "11 tables with about 13,055 rows, 3.1 MB. No revision makes 11 of them."
std::string lossSummary(const LossAssessment& loss);

/// "yes", "no", "unknown".
std::string_view answerOf(const ChecklistItem& item);

/// The block "What would be gone" of a terminal; begins and ends with its own lines.
std::string lossText(const LossAssessment& loss);
/// A checklist on a terminal, under `title`.
std::string checklistText(std::string_view title, const std::vector<ChecklistItem>& items);

} // namespace sightglass
