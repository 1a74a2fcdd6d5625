// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/rules/step.h"

#include <string>
#include <vector>

namespace sightglass {

/// A demand on rows that are there already: no two may agree in these columns.
struct NewUnique
{
    std::string name;                 ///< of the constraint or index; empty: PostgreSQL names it
    std::vector<std::string> columns; ///< empty string: an expression
    bool primaryKey = false;
    bool nullsNotDistinct = false;
    bool partial = false; ///< only rows of a predicate

    std::string words() const; ///< "unique constraint u", "a primary key"
    bool isIndex = false;
};

/// What a step adds of this kind. One that takes over an index that is built adds nothing.
std::vector<NewUnique> newUniques(const Step& step);

} // namespace sightglass
