// SPDX-License-Identifier: GPL-3.0-or-later
// From edited files to a plan; for core/edits and core/rebuild.
#pragma once

#include "core/edits/plan_edits.h"

#include <optional>
#include <string>
#include <vector>

namespace sightglass {

/// One file of a draft. `from` is its name now; empty: it is new.
struct DraftFile
{
    std::string from;
    std::string to;
    std::string before;
    std::string after;
};

/// An edit before it is a plan.
struct EditDraft
{
    std::string action; ///< "repoint"
    std::string title;
    std::string summary;
    std::vector<PlanLine> lines;
    std::vector<DraftFile> files;
    std::vector<Precondition> preconditions = {};
};

/// The whole plan: the copy of the folder, the files in an order in which the chain can be loaded
/// after each step, what the chain is before and after, the way back.
Result<Plan> planOf(EditDraft draft, const ChainScene& scene, const RunContext& run);

/// The revision that `text` means: a file, by its path or its name, or an expression of Alembic's.
Result<RevisionIndex> revisionMeant(const ChainScene& scene, const std::string& text);

/// Its file and that file's bytes.
Result<DraftFile> draftFileOf(const ChainScene& scene, RevisionIndex revision);

} // namespace sightglass
