// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/rules/step.h"

#include <map>
#include <set>
#include <string>
#include <string_view>

namespace sightglass {

/// What a list of operations makes and takes away in the end, by full name: for objects of which
/// the schema before is not known.
struct UpgradeLedger
{
    struct Key
    {
        std::string kind;     ///< "table", "column", "constraint", "index", "view", "type", …
        QualifiedName object; ///< of a part: its table
        std::string part;
        auto operator<=>(const Key&) const = default;

        std::string words() const; ///< "column users.b"
    };

    /// With the operation that did it.
    std::map<Key, const Operation*> made;
    std::map<Key, const Operation*> taken;
    /// Columns that were there before and were changed: `part` is the column, kind "type",
    /// "default" or "nullability".
    std::map<Key, const Operation*> changed;
    std::set<QualifiedName> renamed;     ///< tables, by their old and new names
    std::set<QualifiedName> unnamedKeys; ///< tables that got a constraint without a name
};

/// Of the steps of an upgrade; `moment` is any of the revision.
UpgradeLedger ledgerOf(std::span<const StepRecord> steps, const Moment& moment);

/// The key of what `operation` changes of a column; empty kind: nothing.
UpgradeLedger::Key changedKey(const Operation& operation, const Moment& moment);

} // namespace sightglass
