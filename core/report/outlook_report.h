// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/inspection/outlook.h"

#include <string>

namespace sightglass {

/// The document of `diagnose` with all that was looked at.
std::string diagnoseJson(const Inspection& inspection, const Outlook& outlook);
std::string diagnoseText(const Inspection& inspection, const Outlook& outlook);

/// Lines of a terminal: which environment and which database it is.
std::string visitText(const DatabaseVisit& visit);

/// The same: whether an upgrade could begin now, what it means in each scenario, and the list for a
/// clean start; empty where none of it was asked for.
std::string upgradeText(const Outlook& outlook);

} // namespace sightglass
