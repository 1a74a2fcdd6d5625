// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/file_system.h"
#include "core/evaluation/interpreter.h"

#include <map>
#include <string>

namespace sightglass {

/// What an env.py hands to every revision's function: context.run_migrations(op=op, **more).
struct EnvironmentArguments
{
    std::map<std::string, std::string> given; ///< as Python text, by name
    bool more = false;                        ///< also arguments whose names can't be read
};

/// Of the env.py beside a revision's folder, wherever the call stands in it; empty without one.
EnvironmentArguments environmentArguments(ModuleSource& modules, const Path& revisionFile);

} // namespace sightglass
