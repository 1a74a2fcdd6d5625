// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <span>
#include <string>
#include <string_view>

namespace sightglass {

/// The errors of Alembic's revision map. Inside this module they travel as an Error whose context
/// is Alembic's class and words, then what the command level puts into its own sentence.
namespace refusal {

Error resolution(ErrorCode code, const std::string& words, const std::string& argument);
Error noSuchRevision(const std::string& name);
Error multipleHeads(std::span<const std::string> heads, const std::string& argument);
Error notAncestor(const std::string& lower, const std::string& upper);
Error revisionError(const std::string& words);
/// Alembic stops without words of its own.
Error assertion(const std::string& sentence, const std::string& nextStep);

} // namespace refusal

/// What the command level knows about the request that was refused.
struct RefusedRequest
{
    /// Of a range that is none; %start and %end are replaced.
    std::string_view notAncestor = "Requested range %start:%end does not refer to "
                                   "ancestor/descendant revisions along the same branch";
    std::string start; ///< empty: what the map said
    std::string end;
};

/// The refusal as Alembic's commands word it: message and next step; context keeps the map's own
/// words.
///
/// source  Alembic 1.8 and 1.19, ScriptDirectory._catch_revision_errors
Error commandError(Error refused, const RefusedRequest& request);

} // namespace sightglass
