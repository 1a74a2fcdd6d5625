// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/diagnosis/facts.h"

#include <string>
#include <vector>

namespace sightglass {

/// "r5", "r3 and r4".
std::string idsText(const Facts& facts, const HeadSet& set);
/// Up to three names, and how many more.
std::string linesText(const std::vector<Difference>& differences);
std::string namesText(const std::vector<QualifiedName>& names);
/// Share of lines that match: "98.2 %".
std::string percentText(double score);

/// Best match, what speaks for and against it, and other revisions with the same schema.
std::vector<Evidence> inferenceEvidence(const Facts& facts);
/// Stamps the best match of the inference; the scratch database way where it decided nothing.
/// `purge`: the rows are not ones that a plain stamp accepts.
WayBack stampInferred(const Facts& facts, bool purge);
/// Stamps one end of the chain: for one who knows better than the schema tells.
WayBack stampEnd(const Facts& facts, bool head);

/// Runs the operations that left no trace once more.
WayBack replayUndone(const Facts& facts);
/// The statements of one revision's operations, as SQL text.
std::string operationsSql(const Facts& facts, const UndoneStep& step);
/// Where an unknown row's file was found.
Evidence foundEvidence(const Facts& facts, const FoundRevision& found);
/// Puts that file where Alembic finds it.
WayBack bringFile(const Facts& facts, const FoundRevision& found);
/// SQL that clears what a stopped statement left: invalid indexes, constraints not validated.
std::string leftoverSql(const Leftover& leftover);
std::string leftoverText(const Leftover& leftover);
/// What each pending revision will run into, one sentence each.
std::vector<Evidence> collisionEvidence(const Facts& facts);
/// One sentence: the schema is what the recorded revisions promise, as far as it is known.
std::string comparisonText(const Facts& facts);
/// What can't be compared, and what half-made things there are.
std::vector<Evidence> doubtEvidence(const Facts& facts);
/// "12 constraints and 4 indexes", "constraints": what was not read of what could differ.
std::string notComparedText(const SchemaCheck& check);
/// Reads again once what stood in the way is gone.
WayBack readAgain(const Facts& facts);

} // namespace sightglass
