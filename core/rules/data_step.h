// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/rules/step.h"
#include "core/sql/data_facts.h"

#include <optional>
#include <string>
#include <vector>

namespace sightglass {

/// What the SQL of a step says of its change::ChangeData; absent: it has no text that can be read.
/// `index` is that of its operation in the revision.
std::optional<DataFacts> dataFactsOf(const RevisionReview& revision, std::size_t index);

/// An UPDATE or a DELETE that takes every row: no WHERE, or one that is always true.
bool takesEveryRow(const change::ChangeData& change, const std::optional<DataFacts>& facts);

/// Columns that an UPDATE or a MERGE assigns, each once; empty: not known.
std::vector<std::string> assignedColumns(const change::ChangeData& change,
                                         const std::optional<DataFacts>& facts);

/// Whether every assigned column was added earlier in the revision: no value is overwritten.
bool writesOnlyNewColumns(const Step& step,
                          const change::ChangeData& change,
                          const std::optional<DataFacts>& facts);

/// Whether WHERE holds the rows to some: a key column to constants, or a number of rows.
bool isBoundedByKey(const Found& target, const std::optional<DataFacts>& facts);

/// An operation stands for its whole statement: it is the first of its actions.
bool isFirstOfStatement(const Step& step);

/// "orders", or words for a table whose name is not known.
std::string tableWords(const Found& target);

} // namespace sightglass
