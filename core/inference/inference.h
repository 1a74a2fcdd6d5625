// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/history/history.h"
#include "core/inference/head_sets.h"
#include "core/inference/step_effects.h"
#include "core/revisions/revision_graph.h"

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

namespace sightglass {

/// A state of the chain that a schema may be at.
struct InferenceCandidate
{
    HeadSet revisions;      ///< what the version table would hold
    double score = 0;       ///< 0…1: lines that both hold, among all that either holds
    FactTally tally;        ///< in lines of objects
    std::size_t extra = 0;  ///< lines that the schema has and this state should not
    bool isAtHeads = false; ///< nothing follows
    /// Other states with the very same schema: what lies between them changes no schema.
    std::vector<HeadSet> sameSchema;
    bool afterUnread = false; ///< something ran before of which not even the object is known

    /// Filled for the first few. Objects, not lines: a table that is missing is one.
    bool hasEvidence = false;
    std::vector<LineName> missing;        ///< the state has it, the schema does not
    std::vector<LineName> differing;      ///< both have it, not alike
    std::vector<LineName> surplus;        ///< a revision makes it, and this state does not have it
    std::vector<LineName> byHand;         ///< of an object of the state; no revision makes it
    std::vector<std::string> evidenceFor; ///< sentences
    std::vector<std::string> evidenceAgainst;
};

/// Which revisions a schema may be at, best first.
struct InferenceResult
{
    std::vector<InferenceCandidate> candidates;
    std::size_t statesCompared = 0;
    std::vector<QualifiedName> unmanagedTables; ///< that no revision knows; they count neither way
    std::string whyNot;  ///< a sentence when nothing of the schema is known to any revision
    std::string notRead; ///< what of the schema counts neither way; a sentence, empty: nothing

    /// How many of the first fit equally well, with different schemas: 1 where one is the best.
    std::size_t tied() const;
    /// The first, if it fits better than every one with another schema; else null.
    const InferenceCandidate* best() const;
};

struct InferenceSettings
{
    std::function<bool(const QualifiedName&)> leftOut; ///< the version table
    std::size_t most = 10;        ///< candidates given; those of the same schema are one
    std::size_t withEvidence = 3; ///< of these
};

/// Ranks every revision, and the sets of heads that are worth a look, by how well the schema after
/// it matches `schema`. Names are compared whole, definitions as differencesBetween compares them.
/// What reading of the chain or of the schema leaves in doubt counts neither way; nor do objects of
/// extensions and tables that no revision knows.
///
/// schema  a live one, or that of a file of SQL, with its doubts
/// cost    linear in the lines of all objects; further sets replay what their branches add
InferenceResult inferRevisions(const Fingerprints& prints,
                               const History& history,
                               const RevisionGraph& graph,
                               const ReplayedSchema& schema,
                               const InferenceSettings& settings);

} // namespace sightglass
