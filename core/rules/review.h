// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/run_context.h"
#include "core/rules/review_result.h"
#include "core/rules/rule.h"
#include "core/rules/step.h"

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace sightglass {

/// Which rules run, and how severe they are.
struct RuleSettings
{
    std::set<std::string, std::less<>> enabled; ///< beside those on by default
    std::set<std::string, std::less<>> disabled;
    std::map<std::string, Severity, std::less<>> severities;

    bool isOn(const Rule& rule) const;
    Severity severityOf(const Rule& rule) const;
};

/// One revision to run, or one file of SQL. What it points at outlives the review.
struct ReviewPart
{
    std::string id;
    Direction direction = Direction::Upgrade;
    RunMode mode = RunMode::Alembic;
    const RevisionReading* reading = nullptr;  ///< never null
    const RevisionReading* opposite = nullptr; ///< null: not known
    bool reported = true;
    bool applied = false;
    SourceSpan span;     ///< of the revision's identifier, or the file
    std::string message; ///< first line of its docstring
};

struct ReviewRequest
{
    Replay start;       ///< the database where the range begins
    bool whole = false; ///< see Moment::isWhole
    ChainKnowledge chain;
    ReviewFacts facts;
    std::vector<ReviewPart> parts; ///< in the order in which they would run
    std::vector<ReviewPart> beside;
    std::vector<ReviewPart> following;
    bool transactionPerMigration = false;
    std::optional<std::string> alembicVersion;
    std::vector<std::string> heads;
    std::vector<std::string> protectedTables; ///< see RunReview
    /// `start` is a live database: what the reported parts would destroy there is counted.
    bool assessLoss = false;
    /// Tables whose rows were counted; those of others are the server's estimates.
    std::set<QualifiedName> countedTables;
    RuleSettings rules;
};

/// Runs every rule that is on over a range: the one rule engine. Pure.
///
/// cost   one replay of the range, and what the rules ask; a few microseconds a rule and operation
ReviewResult review(ReviewRequest request, const RunContext& run);

} // namespace sightglass
