// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/schema/schema.h"

#include <string>
#include <vector>

namespace sightglass {

/// A table that autogenerate has to leave alone.
struct GuardedTable
{
    QualifiedName name;
    std::string owner; ///< in words, for a comment: "Better Auth"; empty: nobody known
};

struct GuardInput
{
    std::vector<GuardedTable> tables;     ///< by name
    const Schema& live;                   ///< holds each of them
    std::string defaultSchema = "public"; ///< whose tables go without a schema in Python
    /// Names that foreign keys may lead to beside `tables`: those of the models.
    std::vector<QualifiedName> modelled;
    /// The keyword by which env.py leaves things out already: "include_object"; empty: none.
    std::string existingFilter;
};

/// Python for env.py: the names of the tables and include_object, with the call that takes it.
std::string includeObjectFilter(const GuardInput& input);

/// Python for env.py, or a module that it imports: a function that adds the tables to a MetaData as
/// they are live, so that autogenerate finds no difference. Types that SQLAlchemy has no word for
/// become NullType, which autogenerate does not compare.
std::string modelStubs(const GuardInput& input);

} // namespace sightglass
