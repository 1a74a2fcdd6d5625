// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/operations/operation.h"
#include "core/schema/schema.h"

#include <set>
#include <string>
#include <string_view>

namespace sightglass {

/// Which tables may hold rows after operations that began with an empty database. Errs on one side
/// only: a table that is said to be empty is.
class FilledTables
{
public:
    /// Takes note of an operation; `schema` is what it met.
    ///
    /// cost  that of the tables an operation names, not of the schema
    void note(const Operation& operation, const Schema& schema);

    /// Surely no row is in the table, which is one of `schema`.
    bool isEmpty(const Table& table) const;

private:
    void add(const QualifiedName& table);

    std::set<std::string, std::less<>> m_names; ///< in whatever namespace
    bool m_anything = false;                    ///< something wrote where nobody knows
    bool m_triggers = false;                    ///< some were made: a change may write anywhere
};

} // namespace sightglass
