// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/evaluation/interpreter.h"
#include "core/operations/revision_reading.h"

#include <string_view>
#include <vector>

namespace sightglass {

/// What the text of a revision's function shows, whatever becomes of it when it is run: use of the
/// application's models or of a session, and answers of a live database that it goes on by. At
/// most one remark of each kind; those of functions of the same file that it calls count.
///
/// A function that asks whether SQL is only printed (as_sql, is_offline_mode) needs no database.
void addRemarks(const SourceModule& file,
                std::string_view function,
                std::vector<RevisionReading::Remark>& remarks);

} // namespace sightglass
