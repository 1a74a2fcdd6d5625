// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/rules/step.h"
#include "core/rules/table_owner.h"

#include <optional>

namespace sightglass {

/// A table of the database that no revision of the project makes.
struct UnmanagedTable
{
    QualifiedName name; ///< full
    TableOwner owner;
    /// The chain began on a database with tables in it, of which this may be one.
    bool maybeOurs = false;
};

/// The unmanaged table that an operation is about; absent: none, or the chain is not known as a
/// whole.
std::optional<UnmanagedTable> unmanagedTable(const Step& step);

} // namespace sightglass
