// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sqlalchemy/types_spec.h"

namespace sightglass {

/// sa.ARRAY, postgresql.ARRAY.
Evaluated makeArray(Interpreter& interpreter,
                    const TypeSpec& spec,
                    TypeParameters parameters,
                    const Arguments& arguments);
/// sa.Enum, and the ENUM of every dialect.
Evaluated makeEnum(Interpreter& interpreter,
                   const TypeSpec& spec,
                   TypeParameters parameters,
                   const Arguments& arguments);
/// postgresql.DOMAIN.
Evaluated makeDomain(Interpreter& interpreter,
                     const TypeSpec& spec,
                     TypeParameters parameters,
                     const Arguments& arguments);
/// geoalchemy2's Geometry, Geography and Raster.
Evaluated makeGeometry(Interpreter& interpreter,
                       const TypeSpec& spec,
                       TypeParameters parameters,
                       const Arguments& arguments);

} // namespace sightglass
