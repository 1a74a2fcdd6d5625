// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/revisions/revision_graph.h"

#include <optional>
#include <span>
#include <string>

namespace sightglass {

/// Which edges a walk takes.
enum class Along
{
    AncestorsWithDependencies,
    Ancestors,   ///< down revisions only
    Descendants, ///< next revisions only
};

/// Alembic's words where one of `targets` lies on the way of another, or nothing.
///
/// first   how many of the targets to begin at; the others only count as overlapped
/// cost    linear
/// source  Alembic 1.8 and 1.19, RevisionMap._iterate_related_revisions with check=True
std::optional<std::string> overlapOf(const RevisionGraph& graph,
                                     std::span<const RevisionIndex> targets,
                                     Along along,
                                     std::size_t first = static_cast<std::size_t>(-1));

} // namespace sightglass
