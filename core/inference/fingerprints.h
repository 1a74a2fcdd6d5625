// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/history/history.h"
#include "core/inference/object_facts.h"
#include "core/inference/schema_doubts.h"
#include "core/revisions/revision_graph.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <unordered_set>
#include <vector>

namespace sightglass {

/// What is under one name after some revision, as numbers.
struct ObjectVersion
{
    enum class Sure
    {
        Everything,  ///< but for `doubted`
        ItsPresence, ///< it is there; its parts count neither way
        Nothing      ///< it counts neither way
    };
    std::uint64_t object = 0;
    Sure sure = Sure::Everything;
    std::vector<Fact> facts;            ///< that are sure; the object's own line first
    std::vector<std::uint64_t> doubted; ///< keys of lines that count neither way
    friend bool operator==(const ObjectVersion&, const ObjectVersion&) = default;
};

/// What is under `name`, as far as it is sure. Without facts and sure of everything: nothing.
ObjectVersion versionOf(const Schema& schema,
                        const QualifiedName& name,
                        const ObjectDoubt* doubt = nullptr,
                        const UnreadParts& unread = {});

/// Every object of a schema, also those of which only doubts are left.
std::vector<ObjectVersion>
versionsOf(const Schema& schema, const SchemaDoubts& doubts, const UnreadParts& unread = {});

/// A number that two states have in common when they hold the same facts.
std::uint64_t sumOf(const ObjectVersion& version);

/// One object before and after a step; indexes into Fingerprints::versions().
struct ObjectChange
{
    static constexpr std::uint32_t none = UINT32_MAX;
    std::uint32_t before = none;
    std::uint32_t after = none;
};

/// What one revision's state differs in from that of its first down revision.
struct RevisionPrint
{
    std::optional<RevisionIndex> base; ///< absent: the empty database
    std::vector<ObjectChange> merged;  ///< what the other down revisions and dependencies bring
    std::vector<ObjectChange> own;     ///< what the revision itself does
    std::uint64_t sum = 0;             ///< of the whole state; equal: the same schema
    bool afterUnread = false; ///< something ran before of which not even the object is known
};

/// What the schema at every revision holds, object by object, as the steps from one to the next.
/// Immutable.
class Fingerprints
{
public:
    /// Replays the chain once.
    ///
    /// unread  what is not known of the schema that it will be held against: the states are as a
    ///         reading without it would show them
    /// cost  that of its operations, a look at every object for each revision, and the lines of
    ///       those that change
    static Fingerprints
    of(const History& history, const RevisionGraph& graph, UnreadParts unread = {});

    const std::vector<ObjectVersion>& versions() const { return m_versions; }

    const RevisionPrint& print(RevisionIndex revision) const { return m_prints[revision]; }

    /// Oldest first.
    const std::vector<RevisionIndex>& order() const { return m_order; }

    const UnreadParts& unread() const { return m_unread; }

    /// Whether any revision has anything under the name, or leaves a doubt about it.
    bool knowsObject(std::uint64_t object) const { return m_objects.contains(object); }

    /// Whether the line is there after any revision.
    bool knowsLine(std::uint64_t key) const { return m_lines.contains(key); }

    /// Whether some revision leaves open what the object holds: any line of it may be one's.
    bool isOpen(std::uint64_t object) const { return m_open.contains(object); }

private:
    class Walker;

    UnreadParts m_unread;
    std::vector<ObjectVersion> m_versions;
    std::vector<RevisionPrint> m_prints;
    std::vector<RevisionIndex> m_order;
    std::unordered_set<std::uint64_t> m_objects;
    std::unordered_set<std::uint64_t> m_lines;
    std::unordered_set<std::uint64_t> m_open;
};

} // namespace sightglass
