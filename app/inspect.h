// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/file_system.h"
#include "core/base/result.h"
#include "core/base/run_context.h"
#include "core/inspection/inspection.h"
#include "core/live/connection_target.h"
#include "core/live/database.h"
#include "core/scripts/project.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace sightglass {

/// Which project to look at, and which database beside it.
struct InspectRequest
{
    ProjectRequest project;
    std::string dsn;             ///< empty: none named
    bool dsnFromProject = false; ///< take sqlalchemy.url where `dsn` is empty
    SessionLimits limits;
    bool operations = false; ///< read the models, and what the revisions do
    bool review = false;     ///< review every revision; needs `operations`
    bool probe = false;      ///< count rows for the review of what is pending
};

/// What revisions do and what the project's source declares, as far as it was asked for.
struct SourceReadings
{
    std::shared_ptr<const History> history;
    std::shared_ptr<const ModelsReading> models;
    std::vector<std::string> protectedTables; ///< patterns of sightglass.toml
};

/// Reads the models (for their naming convention too) and then every revision.
///
/// errors  Cancelled; Malformed: sightglass.toml can't be read
Result<SourceReadings> readSources(const FileSystem& files,
                                   const Scripts& scripts,
                                   const std::shared_ptr<const RevisionGraph>& graph,
                                   const RunContext& run);

/// The database that `request` names for `project`; nothing when it names none.
///
/// errors  Usage  the text can't be read as a connection, or sqlalchemy.url is absent or not known
Result<std::optional<ConnectionTarget>> targetOf(const InspectRequest& request,
                                                 const Project& project);

/// The state of one database through a read-only session, which ends before this returns.
///
/// errors  those of connectReadOnly and Database::readState
Result<LiveState> readLive(const ConnectionTarget& target,
                           const VersionTableHint& hint,
                           const SessionLimits& limits,
                           const RunContext& run);

/// What only the rows of a database tell about the revisions that it does not have yet; counted
/// through a read-only session of its own. Null where nothing is asked or it can't be asked: the
/// review then says what would settle it.
///
/// cost  bounded, see ProbeRequest
std::shared_ptr<const ProbeAnswers> probeLive(const ConnectionTarget& target,
                                              const Inspection& inspection,
                                              const SessionLimits& limits,
                                              const RunContext& run);

/// From a folder and a connection to an Inspection: project, revision files, live state, put
/// together. A database that can't be read is no failure: it is Inspection::liveError, and the
/// chain stands. Starts no process and writes nothing but the user's cache of readings.
///
/// errors  those of findProject and readScripts; Cancelled
Result<Inspection>
inspect(const FileSystem& files, const InspectRequest& request, const RunContext& run);

} // namespace sightglass
