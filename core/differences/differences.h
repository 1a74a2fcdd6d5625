// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/schema/schema.h"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace sightglass {

/// One object, or part of one, that two schemas do not hold alike.
struct Difference
{
    enum class Change
    {
        OnlyLeft,
        OnlyRight,
        Differs
    };
    std::string kind;     ///< "table", "column", "primary key", "unique", "foreign key", "check",
                          ///< "exclusion", "index", "trigger", "policy", "view", "enum", "domain",
                          ///< "sequence", "function", "extension", "schema"
    QualifiedName object; ///< the relation for what belongs to one, else the object itself
    std::string part;     ///< column, constraint, index, trigger …; empty: the object itself
    Change change = Change::Differs;
    std::string left; ///< its definition there; empty when it is not there
    std::string right;

    friend bool operator==(const Difference&, const Difference&) = default;
};

std::string_view toText(Difference::Change change); ///< "only-left", "only-right", "differs"

struct DifferenceSettings
{
    bool owners = false; ///< owner of a table counts
    bool comments = true;
    bool extensionObjects = false; ///< objects that an extension owns count
    std::function<bool(const QualifiedName&)>
        leftOut; ///< relations that do not count (version table)
};

/// What two schemas do not hold alike, sorted by object, then kind, then part. A table on one side
/// alone is one difference; its columns and indexes are not listed.
///
/// cost  objects that both share (the same pointer) are passed over
std::vector<Difference> differencesBetween(const Schema& left,
                                           const Schema& right,
                                           const DifferenceSettings& settings = {});

/// One line for a column: "character varying(255) not null default 'x'::character varying".
std::string columnDefinition(const Column& column);

} // namespace sightglass
