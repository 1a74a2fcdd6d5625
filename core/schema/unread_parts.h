// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/schema/schema.h"

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace sightglass {

/// What a catalog tells by itself, so that it alone may be refused or come too late.
enum class UnreadKind
{
    Inheritance,
    Constraints, ///< primary keys too, and those of domains
    Indexes,
    Comments,
    Triggers,
    Policies,
    ViewDefinitions,
    Enums,
    Domains,
    Sequences,
    SequenceNumbers, ///< start and increment
    Functions,
    Extensions,
    ExtensionMembers ///< which objects an extension owns
};

std::string_view toText(UnreadKind part); ///< "constraints", "definitions of views"

/// What of a database was not read. A schema that was read with it holds less than the database:
/// what is not in it may be there.
struct UnreadParts
{
    std::map<UnreadKind, std::string> parts; ///< of every object; and why, in one sentence
    /// Relations that another session has locked: defaults, generated columns, check expressions,
    /// policies, bounds and definitions of these.
    std::set<QualifiedName> locked;

    bool isEmpty() const { return parts.empty() && locked.empty(); }

    bool lacks(UnreadKind part) const { return parts.contains(part); }

    friend bool operator==(const UnreadParts&, const UnreadParts&) = default;
};

/// "constraints, indexes and the expressions of public.users"; empty: everything was read.
std::string unreadText(const UnreadParts& unread);

/// An object as it would have been read: without what was not.
Table asRead(const Table& table, const UnreadParts& unread);
View asRead(const View& view, const UnreadParts& unread);
Domain asRead(const Domain& domain, const UnreadParts& unread);
Sequence asRead(const Sequence& sequence, const UnreadParts& unread);

/// A whole schema so. Two schemas that are both as read differ only in what is known of both.
///
/// cost  nothing where everything was read; else a copy of every relation
Schema asRead(const Schema& schema, const UnreadParts& unread);

/// `live` with what was not read of it as `promised` has it, for objects that both have: a database
/// as it is where nobody changed it by hand. For asking what would happen to it, never for saying
/// what it holds.
Schema completedWith(const Schema& live, const Schema& promised, const UnreadParts& unread);

/// How much of a schema can't be held against a database that was read with `unread`.
struct NotCompared
{
    UnreadKind kind = UnreadKind::Constraints;
    std::size_t promised = 0; ///< such things in the schema
    std::string why;
};

/// Parts that could hide a difference from `promised`: those that it has, and those that anybody
/// could have added to its tables.
std::vector<NotCompared> notCompared(const Schema& promised, const UnreadParts& unread);

} // namespace sightglass
