// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/file_system.h"
#include "core/base/run_context.h"
#include "core/diagnosis/diagnose.h"
#include "core/live/live_state.h"

#include <memory>
#include <string>
#include <vector>

namespace sightglass {

/// Looks for the files of version rows that no file of the chain defines: in every commit that a
/// branch, tag or stash leads to, then in folders beside the project. Reads only.
///
/// shape   nothing is searched, and null given, where every row is known
/// cost    bounded: some seconds in a huge repository
std::shared_ptr<const ElsewhereSearch> searchElsewhere(const FileSystem& files,
                                                       const Scripts& scripts,
                                                       const RevisionGraph& graph,
                                                       const LiveState& live,
                                                       const RunContext& run);

/// The same for `ids`, whoever names them.
ElsewhereSearch searchElsewhereFor(const FileSystem& files,
                                   const Scripts& scripts,
                                   const RevisionGraph& graph,
                                   const std::vector<std::string>& ids,
                                   const RunContext& run);

/// The file of a lost revision as git has it, followed by those of others that it builds on and
/// that are lost too. Empty: git does not have it.
std::vector<FoundRevision> findLostInGit(const FileSystem& files,
                                         const Scripts& scripts,
                                         const RevisionGraph& graph,
                                         const std::string& id,
                                         const RunContext& run);

} // namespace sightglass
