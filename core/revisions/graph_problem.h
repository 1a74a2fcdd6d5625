// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/source_span.h"

#include <string>
#include <vector>

namespace sightglass {

/// Something wrong with how the revisions hang together.
struct GraphProblem
{
    enum class Kind
    {
        MissingDownRevision,
        MissingDependency,
        DuplicateId,
        SelfReference,     ///< a revision names itself
        Cycle,             ///< ids is the path, first id repeated at its end
        DuplicateLabel,    ///< or a label that is also an id
        RepeatedReference, ///< the same id twice in one down_revision
        SeveralHeads,
        SeveralBases,
        NoHead,
        NoBase,
        Island,    ///< connected to no other revision while others are
        InvalidId, ///< has a character that Alembic refuses, or is empty
    };

    Kind kind = Kind::MissingDownRevision;
    std::vector<std::string> ids;  ///< revisions concerned, the missing id or cycle path first
    std::vector<SourceSpan> spans; ///< one per file concerned; never fewer than the files at fault
    std::string label;             ///< for DuplicateLabel and InvalidId: label or character
    std::string alembic;           ///< what real Alembic says, word for word; empty if it goes on
    bool throughDependencies = false; ///< cycle or self reference that needs depends_on

    friend bool operator==(const GraphProblem&, const GraphProblem&) = default;
};

} // namespace sightglass
