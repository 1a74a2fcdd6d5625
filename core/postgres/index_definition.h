// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sightglass {

/// The parts of a CREATE INDEX that lie between parentheses, as PostgreSQL spells them.
struct IndexDefinitionParts
{
    std::vector<std::string> keys; ///< "email", "lower(email)", "at DESC", "name text_pattern_ops"
    std::vector<std::string> include; ///< column names, unquoted
    std::optional<std::string> predicate;
};

/// Takes apart what pg_get_indexdef printed. Quoted names and literals may hold anything.
IndexDefinitionParts readIndexDefinition(std::string_view text);

/// `name` without the quotes of an SQL identifier.
std::string unquotedIdentifier(std::string_view name);

} // namespace sightglass
