// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/diagnosis/diagnosis.h"
#include "core/rules/review_result.h"

#include <filesystem>
#include <string>
#include <vector>

namespace sightglass {

/// A finished review as its reports show it.
struct ReviewReport
{
    std::string range;          ///< in words: "revisions a1:b2", "what is pending", "orders.sql"
    std::filesystem::path root; ///< files are shown relative to it
    int serverVersion = 150000;
    bool serverKnown = false;
    ReviewResult result;
    /// What should hold before it runs; empty: it is not what is pending in a database.
    std::vector<ChecklistItem> checklist;
};

/// Every finding, those of the run as a whole first; what was taken back is among them.
std::vector<Finding> allFindings(const ReviewReport& report);

std::string reviewText(const ReviewReport& report);     ///< for a terminal
std::string reviewJson(const ReviewReport& report);     ///< the command line's document
std::string reviewMarkdown(const ReviewReport& report); ///< for a pull request
/// SARIF 2.1.0, for code scanning. Findings that were taken back are marked as suppressed there.
std::string reviewSarif(const ReviewReport& report);
/// Workflow commands that annotate lines of a pull request.
std::string reviewGithub(const ReviewReport& report);

} // namespace sightglass
