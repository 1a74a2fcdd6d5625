// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/operations/operation.h"

#include <string>
#include <vector>

namespace sightglass {

/// The SQL of a change as Alembic and SQLAlchemy write it for PostgreSQL, without a semicolon.
///
/// shape  Unknown where a part of it is; the reason is the part's
Known<std::string> toSql(const Change& change);

/// The statements that operations send, each once, in order: as written where the author wrote SQL,
/// else rendered. What can't be rendered is a comment that says why, and `resolved` is false.
/// Alternatives (what runs when an assumed branch is not taken) are left out.
struct RenderedStatement
{
    std::string sql; ///< without semicolon
    bool resolved = true;
    std::size_t operation = 0; ///< index of its first operation
};

std::vector<RenderedStatement> renderStatements(const std::vector<Operation>& operations);

} // namespace sightglass
