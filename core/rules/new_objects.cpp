// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/new_objects.h"

#include <utility>
#include <vector>

namespace sightglass {

namespace {

bool isPart(NewObjects::Kind kind)
{
    using Kind = NewObjects::Kind;
    return kind == Kind::Column || kind == Kind::Constraint || kind == Kind::Trigger ||
           kind == Kind::Policy;
}

} // namespace

bool NewObjects::contains(Kind kind, const QualifiedName& name, const std::string& part) const
{
    return m_objects.contains({kind, name, part});
}

void NewObjects::add(Kind kind, QualifiedName name, std::string part)
{
    m_objects.insert({kind, std::move(name), std::move(part)});
}

void NewObjects::remove(Kind kind, const QualifiedName& name, const std::string& part)
{
    m_objects.erase({kind, name, part});
    if (kind != Kind::Relation)
        return;
    std::erase_if(m_objects, [&](const Key& key) {
        return isPart(std::get<0>(key)) && std::get<1>(key) == name;
    });
    m_temporary.erase(name);
}

void NewObjects::rename(Kind kind, const QualifiedName& from, const QualifiedName& to)
{
    std::vector<Key> moved;
    std::erase_if(m_objects, [&](const Key& key) {
        const auto& [each, name, part] = key;
        const bool follows = each == kind || (kind == Kind::Relation && isPart(each));
        if (!follows || name != from)
            return false;
        moved.emplace_back(each, to, part);
        return true;
    });
    m_objects.insert(moved.begin(), moved.end());
    if (kind == Kind::Relation && m_temporary.erase(from) > 0)
        m_temporary.insert(to);
}

void NewObjects::renamePart(Kind kind,
                            const QualifiedName& name,
                            const std::string& from,
                            const std::string& to)
{
    if (m_objects.erase({kind, name, from}) > 0)
        m_objects.insert({kind, name, to});
}

void NewObjects::clear()
{
    m_objects.clear();
    m_temporary.clear();
}

} // namespace sightglass
