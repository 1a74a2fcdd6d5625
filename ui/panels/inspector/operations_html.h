// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/inspection/inspection.h"
#include "ui/theme.h"

#include <QString>

namespace sightglass {

/// What a revision does, operation by operation, in plain words: upgrade first, then downgrade.
/// Links are those of overview_html.h.
QString operationsHtml(const Inspection& inspection, RevisionIndex revision, const Theme& theme);

/// "7 operations: 5 resolved, 1 conditional, 1 opaque"; shorter where all are alike.
QString operationCounts(const std::vector<Operation>& operations);

/// Style of the inspector's pages that are written in HTML.
QString inspectorStyle(const Theme& theme);

/// One sentence for pages that wait for History; what to do when it does not come.
QString notReadYet();

} // namespace sightglass
