// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/evaluation/program.h"
#include "core/evaluation/value.h"

#include <memory>
#include <optional>
#include <unordered_map>
#include <vector>

namespace sightglass {

class FileModule;

/// Names and what they are bound to, in order of first binding.
class Scope
{
public:
    enum class Kind
    {
        Module,
        Function,
        Class,
        Comprehension
    };

    Scope(Kind kind, Scope* parent, FileModule* module)
        : m_kind(kind)
        , m_parent(parent)
        , m_module(module)
    {}

    Kind kind() const { return m_kind; }

    Scope* parent() const { return m_parent; }

    FileModule* module() const { return m_module; }

    /// Null when it is not bound.
    const Value* find(NameId name) const;
    void bind(NameId name, Value value);
    void unbind(NameId name);
    /// Names that are bound, in order.
    std::vector<NameId> names() const;

    std::vector<NameId> globals;   ///< declared global
    std::vector<NameId> nonlocals; ///< declared nonlocal
    std::optional<Unknown> hides;  ///< why more names may be bound than reading sees

private:
    struct Binding
    {
        NameId name = 0;
        std::optional<Value> value;
    };

    Binding* binding(NameId name);

    Kind m_kind;
    Scope* m_parent;
    FileModule* m_module;
    std::vector<Binding> m_bindings;
    std::unordered_map<NameId, std::size_t> m_index; ///< once there are many
};

/// Something whose content a branch can change, and that can be put back.
class Changeable
{
public:
    virtual ~Changeable() = default;
    virtual std::shared_ptr<const void> content() const = 0;
    virtual void restore(const std::shared_ptr<const void>& content) = 0;
    virtual bool same(const std::shared_ptr<const void>& content) const = 0; ///< as it is now
    virtual void doubt(Unknown reason) = 0; ///< it may be as it is now, or not
};

/// What was changed since a branch began, and what it was before.
class Journal
{
public:
    struct Name
    {
        Scope* scope;
        NameId name;
        std::optional<Value> before;
    };

    struct Content
    {
        Changeable* what;
        std::shared_ptr<const void> before;
    };

    void note(Scope& scope, NameId name);
    void note(Changeable& what);

    std::vector<Name> names;
    std::vector<Content> contents;
};

/// The same number, text, object, or reason; not Python's ==.
bool sameValue(const Value& a, const Value& b);

} // namespace sightglass
