// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/known.h"

#include <string>

namespace sightglass {

/// What autogenerate asks env.py's include_object or include_name about.
struct FilteredObject
{
    std::string kind; ///< "schema", "table", "column", "index", "unique_constraint",
                      ///< "foreign_key_constraint"
    std::string name;
    std::string schema;     ///< of the table; empty: None
    std::string table;      ///< that it belongs to; empty for a table
    bool reflected = false; ///< it was found in the database, else in the models
    bool hasOther = false;  ///< the other side has it too: compare_to is not None
};

/// The functions of env.py that keep things from autogenerate. Safe to ask from any thread.
class EnvironmentFilters
{
public:
    virtual ~EnvironmentFilters() = default;
    /// include_object. Unknown with a reason where its answer can't be told without running it.
    virtual Known<bool> keepsObject(const FilteredObject& object) const = 0;
    /// include_name; asked about what the database has.
    virtual Known<bool> keepsName(const FilteredObject& object) const = 0;
};

} // namespace sightglass
