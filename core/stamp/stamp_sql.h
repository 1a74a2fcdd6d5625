// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/actions/plan.h"
#include "core/live/live_state.h"
#include "core/stamp/stamp_rows.h"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace sightglass {

/// The version table that is stamped.
struct StampTable
{
    QualifiedName name;
    std::optional<VersionTable> existing; ///< absent: it is made

    std::vector<std::string> rows() const
    {
        return existing ? existing->rows : std::vector<std::string>();
    }
};

/// SQL that makes the rows what they have to be, and SQL that takes it back.
struct StampSql
{
    SqlWork forward;
    SqlWork backward;
    std::string undoText;
    bool canBeUndone = false;
    std::size_t changedRows = 0;
    std::size_t widensTo = 0; ///< characters; 0: the column is wide enough

    bool isNothing() const { return forward.statements.empty(); }
};

StampSql stampSql(const StampTable& table, const StampedRows& stamped, bool purge);

} // namespace sightglass
