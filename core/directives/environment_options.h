// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/file_system.h"
#include "core/evaluation/interpreter.h"

#include <map>
#include <string>

namespace sightglass {

/// An option that env.py hands to context.configure(…).
struct EnvironmentOption
{
    Value value;          ///< None, a number, a text, or Unknown
    bool assumed = false; ///< so only where the environment does not say otherwise
};

/// What the env.py beside a revision's folder hands to context.configure(…), by name. What hangs on
/// the environment has the project's own default, marked as assumed.
///
/// shape  empty when there is no env.py, or it never calls configure as far as can be read
/// cost   reads env.py and what it imports at most twice
std::map<std::string, EnvironmentOption> environmentOptions(ModuleSource& modules,
                                                            const Path& revisionFile,
                                                            const InterpreterLimits& limits);

} // namespace sightglass
