// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/file_system.h"
#include "core/base/run_context.h"
#include "core/diagnosis/impact.h"
#include "core/inspection/inspection.h"
#include "core/inspection/outlook.h"
#include "core/project/scan.h"

#include <memory>
#include <optional>

namespace sightglass {

/// What lies around a project, out of a scan.
SurroundingFacts surroundingsOf(const ProjectScan& scan);

/// What lies around a project where it is not scanned: lines of containers and CI with
/// `alembic upgrade`, and whether env.py takes a lock.
///
/// cost  see automaticUpgrades
SurroundingFacts nearSurroundings(const FileSystem& files, const Project& project);

/// What running the chain of an inspected project would mean.
///
/// scan  null: the project was not scanned
Impact impactOf(const FileSystem& files, const Inspection& inspection, const ProjectScan* scan);

/// The same.
///
/// scan  look at all that lies around the project; no docker client is asked
Impact
impactOf(const FileSystem& files, const Inspection& inspection, bool scan, const RunContext& run);

/// What the window tells beside an inspection, as far as it was read, reviewed and scanned.
///
/// visit  to the database of the inspection; absent: not compared
std::shared_ptr<const Outlook> outlookOf(const FileSystem& files,
                                         const Inspection& inspection,
                                         std::optional<DatabaseVisit> visit);

} // namespace sightglass
