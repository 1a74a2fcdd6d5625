// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/inference/fingerprints.h"
#include "core/inference/live_facts.h"

#include <cstddef>
#include <vector>

namespace sightglass {

/// What of an applied revision's lasting effects a schema shows: lines that it was the last to
/// make, change or take away.
struct RevisionTrace
{
    RevisionIndex revision = 0;
    std::size_t effects = 0;
    std::size_t shown = 0;
    std::size_t absent = 0; ///< just as if the revision had never run

    bool hasNoTrace() const { return effects > 0 && absent == effects; }
};

/// One for every applied revision that has a lasting effect, oldest first.
///
/// applied  one flag per revision; ancestors of applied revisions are applied
/// cost     linear in what the applied revisions change
std::vector<RevisionTrace>
tracesOf(const Fingerprints& prints, const std::vector<bool>& applied, const LiveFacts& live);

} // namespace sightglass
