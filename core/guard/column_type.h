// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/schema/schema.h"

#include <string>

namespace sightglass {

/// SQLAlchemy's type for one of PostgreSQL's, as Python: `sa.String(length=255)`,
/// `postgresql.ARRAY(sa.Integer())`. Autogenerate compares it as equal to what it reads from a
/// server.
///
/// type    as format_type spells it
/// schema  for enums, whose labels are written out
/// shape   `sa.types.NullType()` where there is none
std::string sqlalchemyType(const std::string& type,
                           const std::string& collation,
                           const Schema& schema,
                           const std::string& defaultSchema);

} // namespace sightglass
