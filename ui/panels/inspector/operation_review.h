// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/inspection/inspection.h"

#include <QString>

#include <vector>

namespace sightglass {

/// What the review says of one operation.
struct OperationReview
{
    const Finding* worst = nullptr; ///< null: nothing was found
    std::size_t others = 0;         ///< findings beside it
    QString lock;                   ///< "ACCESS EXCLUSIVE", "instant", "not known"
    QString duration;               ///< what it does while it holds the lock; may be empty
    QString size;                   ///< "1.2 M rows, 640 MB"; empty: not known, or it has run
};

/// What the review says of a revision's upgrade. Findings are those of Inspection::review.
struct UpgradeReview
{
    bool known = false;                      ///< false: not reviewed, or its reading differs
    std::vector<OperationReview> operations; ///< one for each operation
    std::vector<const Finding*> ofRevision;  ///< those that no single operation carries
    std::vector<std::string> notAnalysed;
};

UpgradeReview upgradeReview(const Inspection& inspection, RevisionIndex revision);

} // namespace sightglass
