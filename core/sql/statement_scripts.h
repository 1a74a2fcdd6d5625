// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sql/statement_text.h"

namespace sightglass {

/// What a psql backslash command does to the database. Empty for those that only concern psql
/// itself (\echo, \set ON_ERROR_STOP, \pset, \restrict).
SqlChanges changesOfPsqlCommand(std::string_view command);

} // namespace sightglass
