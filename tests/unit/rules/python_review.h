// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/rules/review.h"

#include <optional>
#include <string>
#include <vector>

namespace sightglass::test {

/// A revision in Python, and what is known around it. Texts of SQL are as in SqlReviewInput.
struct PythonReviewInput
{
    std::string upgrade;   ///< body of the function, or whole functions
    std::string downgrade; ///< body; empty where `upgrade` has whole functions
    std::optional<std::string> prior;
    bool priorIsComplete = false;
    std::optional<std::string> live;
    std::string graph; ///< "r1<-r2,r1<-r3": the revision under review is the last; empty: a line
    std::optional<std::string> alembicVersion;
    bool transactionPerMigration = false;
    RunMode mode = RunMode::Alembic;
    std::vector<std::string> protectedTables;
    ReviewFacts facts;
    RuleSettings rules;
};

/// Writes a small project, reads it as any other, and reviews its revision.
ReviewResult reviewPython(const PythonReviewInput& input);

} // namespace sightglass::test
