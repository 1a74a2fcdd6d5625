// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/findings/finding.h"
#include "core/rules/step.h"

#include <string>
#include <vector>

namespace sightglass {

/// What of a revision its downgrade does not undo.
struct WayBackReview
{
    struct Flaw
    {
        std::string title;
        std::string detail;
        std::string object;  ///< "index ix_a"
        std::string instead; ///< what the downgrade lacks
        SourceSpan span;
    };

    /// A type that the upgrade makes and that is there after the downgrade, in nobody's use.
    struct TypeLeft
    {
        QualifiedName type;
        SourceSpan span;
    };

    /// False: there is no downgrade, it refuses to run, or not all of both could be read. Nothing
    /// is said then.
    bool judged = false;
    Confidence confidence = Confidence::Certain;
    std::vector<Flaw> flaws;
    std::vector<TypeLeft> typesLeft;
};

/// Replays the downgrade on what the upgrade left and compares with what was there before it. To be
/// called from checkRevision.
///
/// cost  the downgrade's operations; nothing is copied
WayBackReview wayBack(const RevisionReview& revision, const RunReview& run);

} // namespace sightglass
