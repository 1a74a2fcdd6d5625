// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sightglass {

/// Clauses that came after the grammar that we parse with.
enum class NewerClause
{
    SetExpression,       ///< ALTER COLUMN … SET EXPRESSION AS (…), PostgreSQL 17
    MergeClause,         ///< MERGE … BY SOURCE, BY TARGET, RETURNING, 17
    DefaultAccessMethod, ///< SET ACCESS METHOD DEFAULT, 17
    Virtual,             ///< GENERATED ALWAYS AS (…) [VIRTUAL], this and the following 18
    NotEnforced,
    Enforced,
    NotNullConstraint, ///< [CONSTRAINT n] NOT NULL c at a table
    WithoutOverlaps,
    Period,
    Inherit, ///< ALTER CONSTRAINT … INHERIT
    NoInherit
};

/// Where a newer clause stood, in the text that stands for it.
struct NewerNote
{
    NewerClause clause = NewerClause::SetExpression;
    std::size_t offset = 0;
};

/// A statement in the grammar of PostgreSQL 15, with notes of what that can't say.
struct OlderStatement
{
    std::string text;
    std::vector<NewerNote> notes; ///< in the order of their offsets
};

/// `statement` without the newer clauses that are recognised, by their tokens; absent: it has none.
/// For text that does not parse as it is.
std::optional<OlderStatement> inOlderGrammar(std::string_view statement);

/// The first version that knows the clause, as PostgreSQL numbers itself.
int neededVersion(NewerClause clause);

} // namespace sightglass
