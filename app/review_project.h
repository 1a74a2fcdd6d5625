// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/file_system.h"
#include "core/base/result.h"
#include "core/base/run_context.h"
#include "core/inspection/inspection.h"
#include "core/report/review_report.h"
#include "core/rules/review.h"
#include "core/scripts/sightglass_settings.h"

#include <optional>
#include <string>
#include <vector>

namespace sightglass {

/// What to review of a project, and how.
struct ReviewSelection
{
    /// `FROM:TO` as `alembic upgrade` would run it, or one revision; empty: every revision.
    std::string range;
    bool pending = false; ///< what the database does not have yet
    std::string since;    ///< what the branch adds since it parted from this git reference
    std::optional<int> serverVersion; ///< major version that is migrated
    std::vector<std::string> enable;
    std::vector<std::string> disable;
};

/// What sightglass.toml and a selection say of rules.
///
/// errors  Usage, Malformed  an unknown rule or severity
Result<RuleSettings> ruleSettingsOf(const ReviewSettings& settings,
                                    const ReviewSelection& selection);

/// Reviews a part of an inspected project: suppressions and sightglass.toml count. Needs
/// Inspection::history.
///
/// errors  Usage       a range or a version that can't be understood; --pending without a database
///         NotFound    git or its reference
///         Malformed   sightglass.toml
///         Cancelled
Result<ReviewReport> reviewProject(const FileSystem& files,
                                   const Inspection& inspection,
                                   const ReviewSelection& selection,
                                   const RunContext& run);

/// Revisions reviewed, and what should hold before the pending ones run.
struct ProjectReview
{
    ReviewResult result;
    std::vector<ChecklistItem> beforeUpgrade; ///< empty without a database
};

/// Reviews every revision, for an inspection: those that the database does not have yet as they
/// would run on it now, the others on the schema that the chain leaves.
///
/// errors  as reviewProject
Result<ProjectReview>
reviewEverything(const FileSystem& files, const Inspection& inspection, const RunContext& run);

/// Reviews what the database does not have yet, and nothing else.
///
/// errors  as reviewProject
/// cost    in proportion to what is pending, beside one look at every operation
Result<ProjectReview>
reviewPending(const FileSystem& files, const Inspection& inspection, const RunContext& run);

/// Reads suppressions of each finding's file and applies them.
void takeBackFindings(const FileSystem& files, ReviewResult& result);

} // namespace sightglass
