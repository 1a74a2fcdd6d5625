// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/evaluation/interpreter.h"

namespace sightglass {

/// Emits an opaque operation for a call that reading does not know when it may reach the database:
/// it is handed a way there, or it is code of the project or of others that is called for what it
/// does.
void noteUnknownCall(Interpreter& interpreter, const UnknownCall& call);

} // namespace sightglass
