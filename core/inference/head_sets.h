// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/inference/fingerprints.h"
#include "core/inference/live_facts.h"

#include <vector>

namespace sightglass {

/// Several revisions none of which stands for another: what rows a version table may hold.
using HeadSet = std::vector<RevisionIndex>;

/// Those of `revisions` that no other of them has below it, sorted by id.
HeadSet topsOf(const RevisionGraph& graph, const HeadSet& revisions);

/// The sets of several revisions that are worth a look: all heads together, small combinations of
/// heads, and what grows out of each of `starts` by adding revisions of other branches as long as
/// that fits `live` better. Sorted, each once; none where the chain is one line.
///
/// shape  at most a few dozen
/// cost   linear in revisions for each of `starts` and each branch that is added
std::vector<HeadSet> setsWorthALook(const Fingerprints& prints,
                                    const RevisionGraph& graph,
                                    const LiveFacts& live,
                                    const std::vector<RevisionIndex>& starts);

} // namespace sightglass
