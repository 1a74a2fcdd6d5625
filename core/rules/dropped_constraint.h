// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/rules/step.h"

#include <optional>
#include <string>

namespace sightglass {

/// What DROP CONSTRAINT takes away, as far as it is known.
struct DroppedConstraint
{
    enum class Kind
    {
        PrimaryKey,
        Unique,
        ForeignKey,
        Check,
        Exclude,
        NotKnown
    };
    std::string name;
    Kind kind = Kind::NotKnown;
    bool byName = false;      ///< only PostgreSQL's default name tells the kind
    std::string provedColumn; ///< a CHECK that is never true for NULL in this column

    /// "break it", or more exactly: "repeat a value".
    std::string forbids() const;
};

/// Absent: the step drops no constraint, or one that surely is not there.
std::optional<DroppedConstraint> droppedConstraint(const Step& step);

} // namespace sightglass
