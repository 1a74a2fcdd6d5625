// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/schema/schema.h"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace sightglass {

/// Who probably made a table that no revision of the project makes.
struct TableOwner
{
    enum class Kind
    {
        Extension,       ///< an extension owns it
        System,          ///< it has the shape of a known system's table
        OtherMigrations, ///< the history table of another migration tool stands beside it
        Role,            ///< it belongs to another role than the project's version table
        Nobody           ///< nobody that is known
    };
    Kind kind = Kind::Nobody;
    std::string name;     ///< "PostGIS", "Celery"; empty: nobody known
    std::string evidence; ///< one sentence
    friend bool operator==(const TableOwner&, const TableOwner&) = default;
};

std::string_view toText(TableOwner::Kind kind); ///< "extension", "system", "other-migrations", …

/// Tells the owners of one schema's tables.
class TableOwners
{
public:
    /// versionTable  the project's own history; empty: not known, then roles tell nothing
    /// cost          one look at each table
    TableOwners(const Schema& schema, const QualifiedName& versionTable);

    /// By its extension, by its name and columns together (a name alone proves nothing), by the
    /// role that it belongs to, by what stands beside it.
    TableOwner of(const Table& table) const;

private:
    struct Neighbour
    {
        QualifiedName history;
        std::string tool;
    };

    TableOwner neighbour(const Table& table) const;

    std::string m_ownRole; ///< of the project's version table; empty: not known
    /// Other tools' histories, by namespace, in the order of their names.
    std::map<std::string, std::vector<Neighbour>, std::less<>> m_histories;
};

/// Of one table; see TableOwners, which is cheaper for many.
TableOwner
probableOwner(const Table& table, const Schema& schema, const QualifiedName& versionTable = {});

} // namespace sightglass
