// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluation/scope.h"

#include <algorithm>

namespace sightglass {

namespace {

constexpr std::size_t indexedFrom = 16;

} // namespace

Scope::Binding* Scope::binding(NameId name)
{
    if (m_bindings.size() >= indexedFrom) {
        const auto found = m_index.find(name);
        return found == m_index.end() ? nullptr : &m_bindings[found->second];
    }
    const auto found = std::ranges::find(m_bindings, name, &Binding::name);
    return found == m_bindings.end() ? nullptr : &*found;
}

const Value* Scope::find(NameId name) const
{
    const Binding* found = nullptr;
    if (m_bindings.size() >= indexedFrom) {
        const auto at = m_index.find(name);
        found = at == m_index.end() ? nullptr : &m_bindings[at->second];
    } else {
        for (const Binding& each : m_bindings) {
            if (each.name == name) {
                found = &each;
                break;
            }
        }
    }
    return found == nullptr || !found->value ? nullptr : &*found->value;
}

void Scope::bind(NameId name, Value value)
{
    if (Binding* known = binding(name)) {
        known->value = std::move(value);
        return;
    }
    m_bindings.push_back({.name = name, .value = std::move(value)});
    if (m_bindings.size() == indexedFrom) {
        for (std::size_t at = 0; at < m_bindings.size(); ++at)
            m_index.emplace(m_bindings[at].name, at);
    } else if (m_bindings.size() > indexedFrom) {
        m_index.emplace(name, m_bindings.size() - 1);
    }
}

void Scope::unbind(NameId name)
{
    if (Binding* known = binding(name))
        known->value.reset();
}

std::vector<NameId> Scope::names() const
{
    std::vector<NameId> result;
    for (const Binding& each : m_bindings) {
        if (each.value)
            result.push_back(each.name);
    }
    return result;
}

void Journal::note(Scope& scope, NameId name)
{
    for (const Name& each : names) {
        if (each.scope == &scope && each.name == name)
            return;
    }
    const Value* now = scope.find(name);
    names.push_back({.scope = &scope,
                     .name = name,
                     .before = now == nullptr ? std::nullopt : std::optional<Value>(*now)});
}

void Journal::note(Changeable& what)
{
    if (std::ranges::find(contents, &what, &Content::what) == contents.end())
        contents.push_back({.what = &what, .before = what.content()});
}

bool sameValue(const Value& a, const Value& b)
{
    return a.storage() == b.storage();
}

} // namespace sightglass
