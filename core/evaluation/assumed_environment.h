// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/evaluation/interpreter.h"

namespace sightglass {

/// Among an interpreter's services: the program is read as if no environment variable were set, and
/// as if a module that the project does not have were not installed where a try is around its
/// import. Whoever uses such an answer has to say so.
class AssumedEnvironment final : public InterpreterService
{};

} // namespace sightglass
