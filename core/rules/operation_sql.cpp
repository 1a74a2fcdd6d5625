// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/operation_sql.h"

#include "core/render/render.h"

namespace sightglass {

std::string sqlOf(const Operation& operation)
{
    if (!operation.sql.empty())
        return operation.sql;
    const Known<std::string> rendered = toSql(operation.change);
    return rendered.isKnown() ? rendered.value() : std::string();
}

} // namespace sightglass
