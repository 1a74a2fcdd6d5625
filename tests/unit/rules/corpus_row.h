// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/review/sql_review.h"

#include <QString>

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace sightglass::test {

/// One line of tests/data/rules/rules-corpus.tsv; see README.md beside it.
struct CorpusRow
{
    std::string id;
    std::string sql;
    std::set<std::string> expected;
    std::string note;
    std::set<std::string> squawk; ///< rules that the peers reported
    std::set<std::string> pgfence;
    SqlReviewInput input;
    std::string graph; ///< of examples in Python
    std::optional<std::string> alembicVersion;
};

/// A line that has only this context.
CorpusRow rowWith(const QString& context);

/// Fails the running test when a line can't be read.
std::vector<CorpusRow> readCorpus();

/// Ids of the rules that our review reports.
std::set<std::string> reportedRules(const CorpusRow& row);

} // namespace sightglass::test
