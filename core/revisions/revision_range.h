// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/revisions/revision_graph.h"

#include <optional>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

namespace sightglass {

/// Revisions that `text` names in Alembic's syntax: id, unique prefix of an id or label, head,
/// heads, base, label@head, label@heads, label@base, label@id, and walks: -2 below the heads, +2
/// above the base, id+1, head-2, label@+1.
///
/// shape   ids in Alembic's order, each once; empty for base.
/// errors  NotFound, Ambiguous, Usage; `Error::message` is the text of the command-level error,
///         `Error::context[0]` Alembic's class and own words ("ResolutionError: No such …"); for an
///         assertion of Alembic's the words are empty, and a walk that it answers with None has no
///         context.
/// source  Alembic 1.8 and 1.19, RevisionMap.get_revisions; for walks from a symbol or upwards,
/// which that
///         does not know, RevisionMap._parse_upgrade_target without rows; compared in tests.
Result<std::vector<RevisionIndex>> resolveRevisions(const RevisionGraph& graph,
                                                    std::string_view text);

/// The same where one revision is wanted; nothing means base. Several: MultipleHeads.
Result<std::optional<RevisionIndex>> resolveRevision(const RevisionGraph& graph,
                                                     std::string_view text);

/// Revisions that an upgrade from the rows `current` to `target` runs, oldest first.
///
/// current  rows of the version table; empty for a database never stamped. Partial ids resolve.
/// target   Alembic's upgrade syntax, relative forms included.
/// source   Alembic 1.8 and 1.19, RevisionMap.iterate_revisions; compared in tests.
Result<std::vector<RevisionIndex>> upgradePath(const RevisionGraph& graph,
                                               std::span<const RevisionId> current,
                                               std::string_view target);

/// Revisions that a downgrade from the rows `current` to `target` undoes, newest first.
///
/// source   Alembic 1.8 and 1.19, RevisionMap._collect_downgrade_revisions; compared in tests.
/// Where a
///          relative target meets several rows, the first row counts, as in Alembic, which warns.
Result<std::vector<RevisionIndex>> downgradePath(const RevisionGraph& graph,
                                                 std::span<const RevisionId> current,
                                                 std::string_view target);

/// Revisions of a range text: `A:B`, `A:`, `:B`, or one expression; newest first, as
/// `alembic history -r` lists them. `current` is a name of the command line and not known here.
///
/// errors  as resolveRevisions; Usage for ends that are not on one line
/// source  Alembic 1.8 and 1.19, ScriptDirectory.walk_revisions; compared in tests.
Result<std::vector<RevisionIndex>> resolveRange(const RevisionGraph& graph, std::string_view text);

} // namespace sightglass
