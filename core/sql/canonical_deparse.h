// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sql/canonical_tree.h"

#include <string>
#include <string_view>

namespace sightglass::canonical {

/// The text that pg_get_expr prints: ruleutils.c of PostgreSQL 15, indented, all parentheses.
std::string deparse(const Expression& node, TypeSpace& types);

/// Whether an index key of this shape needs no parentheses: looks_like_function().
bool looksLikeFunction(const Expression& node);

/// As quote_identifier of PostgreSQL 15 does; newer servers know more words.
std::string identifier(std::string_view name);

/// 'it''s'; as with standard_conforming_strings on.
std::string quotedLiteral(std::string_view text);

} // namespace sightglass::canonical
