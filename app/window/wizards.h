// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/inspection/inspection.h"
#include "core/live/connection_target.h"
#include "ui/wizard/wizard_desk.h"

#include <memory>

namespace sightglass {

/// What wizards can do for one inspection and its database: real journal, sessions and backups.
/// Needs Inspection::live and history.
WizardDesk deskFor(std::shared_ptr<const Inspection> inspection, ConnectionTarget target);

} // namespace sightglass
