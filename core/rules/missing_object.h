// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/rules/step.h"

#include <optional>
#include <string>

namespace sightglass {

/// Something that a statement needs and that surely is not there: PostgreSQL refuses it.
struct MissingObject
{
    std::string words;         ///< "table ordrs", "column users.nikname", "type mood3"
    std::string message;       ///< PostgreSQL's
    bool isColumnType = false; ///< the type of a column that the statement defines
    std::string type;          ///< its name, when it is one
};

/// Absent: everything is there, or it is not known.
std::optional<MissingObject> missingObject(const Step& step);

} // namespace sightglass
