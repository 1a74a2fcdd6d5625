// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/inspection/inspection.h"
#include "core/report/json_values.h"

namespace sightglass::json {

/// Shapes that several documents share.
Value revisionJson(const Inspection& inspection, RevisionIndex index);
Value findingJson(const Finding& finding);
Value operationJson(const Operation& operation);

} // namespace sightglass::json
