// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/render/version_rows.h"
#include "core/revisions/revision_graph.h"

#include <string>
#include <vector>

namespace sightglass {

/// What somebody asks a stamp for.
struct StampRequest
{
    std::vector<std::string> revisions; ///< in Alembic's syntax; at least one
    bool purge = false;                 ///< empty the version table first

    friend bool operator==(const StampRequest&, const StampRequest&) = default;
};

/// What a stamp does to the rows of a version table.
struct StampedRows
{
    std::vector<VersionRowChange> changes; ///< in Alembic's order; after a purge only inserts
    std::vector<std::string> after;        ///< sorted
    std::vector<RevisionIndex> targets;    ///< what was asked for; empty: base
};

/// The rows that `alembic stamp` leaves of `rows`.
///
/// Walks that its stamp does not know (+1, id+1, head-2, label@+1) are read as `alembic upgrade`
/// reads them; +1 goes on from the rows. -1 and label@-1 go down from the one row, as in a
/// downgrade; without a row they are below the heads of the chain, as in Alembic's stamp.
///
/// rows    as stored, repeated ones repeated
/// errors  Usage, NotFound, Ambiguous  the request names no such revision; message and context as
///                                     resolveRevisions
///         Unsupported                 the rows are such that Alembic stops; `purge` helps
/// source  Alembic 1.8 and 1.19, ScriptDirectory._stamp_revs, StampStep, HeadMaintainer; compared
///         in tests
Result<StampedRows> stampedRows(const RevisionGraph& graph,
                                const std::vector<std::string>& rows,
                                const StampRequest& request);

} // namespace sightglass
