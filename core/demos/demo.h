// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/file_system.h"
#include "core/base/result.h"
#include "core/base/run_context.h"
#include "core/cluster/private_server.h"

#include <memory>
#include <string>
#include <vector>

namespace sightglass {

/// One incident to learn on: a folder of resources/demos.
struct DemoDescription
{
    std::string name;    ///< "broken-chain"
    std::string title;   ///< "The first migration was overwritten"
    std::string summary; ///< what happened, two sentences
    std::string database; ///< name of the database it is served in
    std::string projectName; ///< folder that its project is copied into: "habits_service"
    std::string expectedState; ///< the state that `diagnose` names, as JSON spells it
    Path folder;
    Path project; ///< that is copied: the folder's own, or that of the demo before it in the story
};

/// A demo in service: its project copied into a folder of its own, its database on a private server.
/// Both go when this object goes.
struct RunningDemo
{
    DemoDescription description;
    std::unique_ptr<PrivateServer> server;
    Path project;
    std::string dsn; ///< libpq URI
};

/// Folder that holds the demos: $SIGHTGLASS_DEMOS, beside the installed program, or in the source tree.
Result<Path> demosFolder();
/// All demos, in teaching order.
Result<std::vector<DemoDescription>> listDemos(const Path& folder);
/// errors  NotFound  no such demo; names those there are
Result<RunningDemo> startDemo(const std::string& name, const RunContext& run);

} // namespace sightglass
