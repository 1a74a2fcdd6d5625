// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/schema/relation.h"

#include <string>
#include <string_view>

namespace sightglass {

/// Literal text within quotes, quotes doubled.
std::string sqlLiteral(std::string_view text);

/// A name as SQLAlchemy's PostgreSQL dialect writes it: quoted where it is a reserved word of its
/// list, begins with a digit or $, or has other characters than [a-z0-9_$].
std::string sqlName(std::string_view name);
/// schema.name; each is one name, whatever it has in it.
std::string sqlName(const QualifiedName& name);

} // namespace sightglass
