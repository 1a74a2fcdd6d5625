// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/rules/review.h"

#include <optional>
#include <string>
#include <vector>

namespace sightglass {

/// SQL text to review, and what is known around it. Texts are SQL.
struct SqlReviewInput
{
    std::string text;
    std::string file; ///< as shown
    RunMode mode = RunMode::Alembic;
    Direction direction = Direction::Upgrade;
    std::optional<std::string> prior; ///< of all earlier revisions
    bool priorIsComplete = false;     ///< what `prior` does not make, nobody makes
    std::optional<std::string> live;  ///< whose result is the live schema
    std::optional<std::string> downgrade;
    std::vector<std::string> pendingBefore; ///< run before it, in the same run
    std::vector<std::string> following;     ///< revisions that follow it
    std::vector<std::string> otherBranches; ///< not merged with it
    bool transactionPerMigration = false;
    std::vector<std::string> protectedTables;
    ReviewFacts facts;
    RuleSettings rules;
};

/// Reviews SQL text as if it were one revision.
ReviewResult reviewSql(SqlReviewInput input, const RunContext& run);

} // namespace sightglass
