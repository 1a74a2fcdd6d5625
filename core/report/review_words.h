// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/report/review_report.h"

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

namespace sightglass {

/// By severity, without findings that were taken back.
using SeverityCounts = std::array<std::size_t, 5>;
SeverityCounts countedSeverities(const ReviewReport& report);

/// "3 revisions reviewed: 2 critical, 1 high. 1 not fully analysed."
std::string summaryLine(const ReviewReport& report);

/// "locks ACCESS EXCLUSIVE, rewrites, 1.2 M rows, 640 MB"; empty when nothing is known.
std::string evidenceText(const FindingEvidence& evidence);

/// "error" for critical and high, "warning" for medium, else `least`: code scanning and workflow
/// commands call their weakest level by different names.
std::string_view annotationLevel(Severity severity, std::string_view least);

/// A file relative to the project's root where it is inside, with / between its parts.
std::string shownFile(const std::filesystem::path& root, const std::string& file);

/// Every line of `text` behind `indent`, control characters made visible.
std::string indented(std::string_view text, std::string_view indent);

} // namespace sightglass
