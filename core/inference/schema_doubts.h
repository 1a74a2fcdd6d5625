// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/replay/replay.h"

#include <compare>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>

namespace sightglass {

/// What is not known of one object.
struct ObjectDoubt
{
    bool existence = false;        ///< whether it is there at all, or what was there before
    bool parts = false;            ///< all of it, but that it is there
    std::set<std::string> columns; ///< these
    std::string reason;            ///< of the first doubt

    bool isAbout(std::string_view kind, const std::string& part) const;
    /// Whether it is open what an object that is there says. All of a view is its query.
    bool isAboutText(std::string_view kind, const std::string& part) const;
    friend bool operator==(const ObjectDoubt&, const ObjectDoubt&) = default;
};

/// Doubts by the object that they are about.
struct SchemaDoubts
{
    std::map<QualifiedName, ObjectDoubt> objects;
    std::optional<Doubt> anything; ///< the first that is about the whole database

    const ObjectDoubt* about(const QualifiedName& object) const;
    /// The same; a sequence that a table owns is as doubtful as the table.
    const ObjectDoubt* about(const QualifiedName& object, const Schema& schema) const;
    /// Whether a line of an object is not known; a doubt about the whole database is none.
    bool isAbout(const QualifiedName& object, std::string_view kind, const std::string& part) const;
};

SchemaDoubts doubtsByObject(std::span<const Doubt> doubts);

} // namespace sightglass
