// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/operations/operation.h"

#include <map>
#include <set>
#include <string>
#include <tuple>

namespace sightglass {

/// What the operations of one revision made so far, by full name; renames are followed. What is new
/// nobody uses yet, so nothing about it is dangerous.
class NewObjects
{
public:
    enum class Kind
    {
        Relation, ///< table, view, materialized view
        Type,     ///< enum, domain, other
        Index,
        Sequence,
        Function,
        Schema,
        Extension,
        Column,     ///< part: its name
        Constraint, ///< part: its name
        Trigger,    ///< part: its name
        Policy      ///< part: its name
    };

    bool contains(Kind kind, const QualifiedName& name, const std::string& part = {}) const;
    void add(Kind kind, QualifiedName name, std::string part = {});
    void remove(Kind kind, const QualifiedName& name, const std::string& part = {});
    /// Parts of a renamed relation follow it.
    void rename(Kind kind, const QualifiedName& from, const QualifiedName& to);
    void renamePart(Kind kind,
                    const QualifiedName& name,
                    const std::string& from,
                    const std::string& to);
    void clear();

    bool isTemporary(const QualifiedName& relation) const { return m_temporary.contains(relation); }

    void addTemporary(QualifiedName relation) { m_temporary.insert(std::move(relation)); }

private:
    using Key = std::tuple<Kind, QualifiedName, std::string>;
    std::set<Key> m_objects;
    std::set<QualifiedName> m_temporary;
};

} // namespace sightglass
