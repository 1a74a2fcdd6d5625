// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/inspection/outlook.h"
#include "core/report/json_values.h"

namespace sightglass::json {

/// Adds to a document of `diagnose` what an upgrade would meet and mean, and to its "database"
/// which one it is.
void addOutlook(const Inspection& inspection, const Outlook& outlook, Value& document);

} // namespace sightglass::json
