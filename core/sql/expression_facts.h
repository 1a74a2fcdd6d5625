// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sightglass {

enum class Volatility
{
    Immutable,
    Stable,
    Volatile,
    NotKnown ///< calls a function that is not PostgreSQL's own, nothing in it is volatile for sure
};

/// What can be told of an expression without a database.
struct ExpressionFacts
{
    bool parsed = false;
    Volatility volatility = Volatility::Immutable; ///< the worst inside
    std::vector<std::string> functions; ///< called, lower case, without schema: now, nextval
    std::vector<std::string> columns;   ///< mentioned
    bool isNull = false;                ///< NULL, possibly cast
    bool isConstant = false;            ///< a literal, possibly cast or negated; NULL too
    /// Text of a quoted literal, possibly cast: 'now()' is now().
    std::optional<std::string> literal;
    bool onlyRelabels = false; ///< a column, possibly cast: c, c::text
};

/// Facts of SQL text of one expression. `ownFunctions` has the volatility of functions that
/// PostgreSQL does not bring, by name in lower case, as pg_proc.provolatile has it.
///
/// source  pg_proc of PostgreSQL 15 and of the extensions of its contrib folder; where overloads
///         differ, the worst of those that take as many arguments
ExpressionFacts expressionFacts(std::string_view sql,
                                const std::map<std::string, char>& ownFunctions = {});

/// Whether a CHECK can only hold when `column` is not null, as SET NOT NULL looks for it:
/// `c IS NOT NULL`, AND-combined; not `c > 0`, which lets NULL pass.
bool provesNotNull(std::string_view check, std::string_view column);

/// Whether a CHECK is false for a NULL in `column` whatever else the row holds: it demands a value.
/// `c IS NOT NULL`, `(c > 0) IS TRUE`, `coalesce(c, 0) > 0` is not known to.
bool demandsValue(std::string_view check, std::string_view column);

} // namespace sightglass
