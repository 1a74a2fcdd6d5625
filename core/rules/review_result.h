// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/findings/finding.h"
#include "core/rules/footprint.h"
#include "core/rules/loss.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sightglass {

/// How far a downgrade brings back what a revision changes.
enum class Reversibility
{
    Exact,
    ShapeOnly, ///< the schema comes back, data does not
    None,
    NotKnown
};

std::string_view
toText(Reversibility reversibility); ///< "exact", "shape-only", "none", "not-known"

struct ReviewedRevision
{
    std::string id;
    std::string message;
    std::string file;
    std::vector<Finding> findings; ///< sorted
    /// Why the revision is not fully analysed, one sentence each; empty: it is.
    std::vector<std::string> notAnalysed;
    std::vector<Footprint> footprints; ///< per operation
};

struct ReviewResult
{
    std::vector<ReviewedRevision> revisions; ///< the reported ones, in order
    std::vector<Finding> findings;           ///< of the run as a whole
    std::optional<LossAssessment> loss;      ///< absent: no live database was at hand
};

} // namespace sightglass
