// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/run_context.h"
#include "core/inspection/inspection.h"
#include "core/scripts/project.h"
#include "ui/dialogs/branch_dialog.h"
#include "ui/state/branch_review.h"

#include <string>

namespace sightglass {

/// Branches of the repository that holds the revision files. For a worker thread.
///
/// errors  NotFound, NotReadable  as GitRepository
Result<BranchChoices> branchesOf(const Project& project);

/// Reviews what the files have beyond the commit where they part from `reference`; what went wrong
/// is in BranchReview::error. For a worker thread. Needs Inspection::history.
BranchReview
reviewOfBranch(const Inspection& inspection, const std::string& reference, const RunContext& run);

} // namespace sightglass
