// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/run_context.h"
#include "core/live/writing_session.h"
#include "core/rebuild/schema_script.h"

namespace sightglass {

/// The functions and procedures of a database as pg_get_functiondef spells them, with volatility,
/// settings and names of arguments. What belongs to an extension is left out. Only reads.
///
/// errors  those of WritingSession::execute
/// cost    one statement
Result<FunctionTexts> readFunctionTexts(WritingSession& session, const RunContext& run);

} // namespace sightglass
