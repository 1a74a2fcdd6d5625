// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/schema/schema.h"

#include <string>

namespace sightglass {

/// Who probably made a table that no revision of the project makes.
struct TableOwner
{
    enum class Kind
    {
        Extension,       ///< an extension owns it
        System,          ///< it has the shape of a known system's table
        OtherMigrations, ///< the history table of another migration tool stands beside it
        Nobody           ///< nobody that is known
    };
    Kind kind = Kind::Nobody;
    std::string name;     ///< "PostGIS", "Celery"; empty: nobody known
    std::string evidence; ///< one sentence
};

/// By its extension, by its name and columns together (a name alone proves nothing), by what stands
/// beside it.
TableOwner probableOwner(const Table& table, const Schema& schema);

} // namespace sightglass
