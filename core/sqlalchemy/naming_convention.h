// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/known.h"

#include <functional>
#include <map>
#include <string>

namespace sightglass {

/// naming_convention of a MetaData: key ("ix", "uq", "ck", "fk", "pk") to template. User functions
/// that reading can't follow make the convention Unknown for that key.
using NamingConvention = std::map<std::string, Known<std::string>, std::less<>>;

/// SQLAlchemy's default: ix_%(column_0_label)s.
NamingConvention defaultNamingConvention();

} // namespace sightglass
