// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/revisions/revision_names.h"

#include <span>
#include <string>
#include <vector>

namespace sightglass {

/// What Alembic's iterate_revisions was given as one end of its walk.
struct WalkEnd
{
    std::vector<std::string> texts; ///< rows of a version table, or one expression
    bool isExpression = false;      ///< one text that a person wrote
};

/// Switches of iterate_revisions for an upgrade-like walk.
struct UpgradeWalk
{
    std::string upper;
    WalkEnd lower;
    bool inclusive = false;           ///< the lower end too
    bool implicitBase = false;        ///< dependencies from other bases too
    bool assertRelativeLength = true; ///< a walk past the end of the chain is an error
};

/// Revisions of the walk, newest first; errors are those of revision_refusal.h.
///
/// source  Alembic 1.8 and 1.19, RevisionMap.iterate_revisions with _collect_upgrade_revisions
Result<std::vector<RevisionIndex>> upgradeWalk(const RevisionGraph& graph, const UpgradeWalk& walk);

/// Revisions that go when the rows `current` go down to `target`, newest first.
///
/// source  Alembic 1.8 and 1.19, RevisionMap.iterate_revisions with _collect_downgrade_revisions
Result<std::vector<RevisionIndex>> downgradeWalk(const RevisionGraph& graph,
                                                 std::span<const std::string> current,
                                                 const std::string& target);

/// Where an upgrade from the rows `current` to `target` is meant to arrive.
///
/// source  Alembic 1.8 and 1.19, RevisionMap._parse_upgrade_target
Result<std::vector<NamedPlace>> upgradeTargets(const RevisionGraph& graph,
                                               const WalkEnd& current,
                                               const std::string& target,
                                               bool assertRelativeLength);

/// Where a downgrade is meant to arrive, and the branch that it was written for.
struct DowngradeTarget
{
    std::optional<std::string> branch;
    NamedPlace place;
};

/// source  Alembic 1.8 and 1.19, RevisionMap._parse_downgrade_target
Result<DowngradeTarget> downgradeTarget(const RevisionGraph& graph,
                                        std::span<const std::string> current,
                                        const std::string& target,
                                        bool assertRelativeLength);

} // namespace sightglass
