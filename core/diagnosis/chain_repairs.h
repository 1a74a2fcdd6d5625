// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/diagnosis/facts.h"

#include <string>
#include <vector>

namespace sightglass {

/// The sentence, meaning and place of one reason why Alembic stops.
struct ChainStopWords
{
    std::string title;
    std::string detail;
    std::string alembic; ///< what Alembic says; empty when it goes on with a warning
    RevisionId revision; ///< of the file at fault
    std::string object;  ///< the missing or repeated id or label
    SourceSpan span;
};

ChainStopWords wordsOf(const Facts& facts, const ChainStop& stop);
/// Ways to mend that one reason, the first recommended.
std::vector<WayBack> repairsOf(const Facts& facts, const ChainStop& stop);
/// Steps that find an id's file in git, whatever became of it.
std::vector<RepairStep> gitSearchSteps(const Facts& facts, const std::string& id);

} // namespace sightglass
