// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/operations/revision_reading.h"

#include <string>
#include <vector>

namespace sightglass {

/// Why a reading was not fully understood, one sentence each; empty: it was. A revision with one is
/// never called clean.
std::vector<std::string> notAnalysed(const RevisionReading& reading);

} // namespace sightglass
