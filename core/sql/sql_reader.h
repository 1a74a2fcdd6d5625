// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/operations/changes.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace sightglass {

/// One effect of a statement. A statement without effect on what we keep still has one.
struct SqlChange
{
    Change change;
    std::vector<std::string>
        conditions;           ///< IF … of a DO block that reading can't decide, as written
    std::string reason;       ///< why it is opaque; empty: it was read
    bool alternative = false; ///< stands under ELSE
    bool tolerated = false;   ///< under BEGIN … EXCEPTION that catches its failure
    /// Left out when this SELECT yields a row (or yields none, with `unless`): a condition that the
    /// catalog can answer, see catalog_questions.h. Empty: no such condition.
    std::string askedQuery;
    bool unless = false;
};

/// One statement of a text, without its semicolon. Offsets are bytes of the text.
struct SqlStatement
{
    std::string text;
    std::size_t begin = 0;
    std::size_t end = 0;
    std::vector<SqlChange> changes; ///< several for an ALTER TABLE of several actions, a DO block
    std::string error;              ///< PostgreSQL's words when it can't be parsed; empty: it can
    std::size_t errorOffset = 0;    ///< in the whole text
};

struct SqlReadingOptions
{
    bool script = false; ///< a file for psql: backslash commands and COPY data are understood
};

/// SQL text as changes, statement by statement, read by PostgreSQL 15's own parser.
///
/// shape   every statement in order; one that can't be parsed has `error` and one change::Opaque
/// errors  none: bad text is data. Any bytes are accepted, NUL included.
/// thread  safe
/// cost    about 20 µs a small statement
std::vector<SqlStatement> readSql(std::string_view text, const SqlReadingOptions& options = {});

/// libpg_query's fingerprint: equal for statements that differ only in constants' and names'
/// spelling and white space. Empty when it can't be parsed.
std::string sqlFingerprint(std::string_view statement);

} // namespace sightglass
