// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/schema/schema.h"

#include <optional>
#include <string>

namespace sightglass {

/// A type as Python has it in a revision: "sa.String(length=50)", "postgresql.JSONB()". Enums are
/// named without being made. Absent where SQLAlchemy 1.4 has no type for it.
///
/// type       as format_type spells it
/// collation  of a column; a type that takes none gives no answer
std::optional<std::string>
typeExpression(const std::string& type, const Schema& schema, const std::string& collation = {});

/// Whether a type is PostgreSQL's own, an enum or a domain of the schema, or may be of one of its
/// extensions; false for composite, range and base types of a database's own.
bool isMadeHere(const std::string& type, const Schema& schema);

/// The enum that a type, or an array of it, is; null: it is none.
const EnumType* enumOfType(const std::string& type, const Schema& schema);

} // namespace sightglass
