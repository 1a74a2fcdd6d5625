// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sqlalchemy/declarative.h"

#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sightglass {

/// A class that is being mapped, seen together with its bases.
class MappedView
{
public:
    MappedView(Interpreter& interpreterOf,
               ModelRegistry& registryOf,
               ClassObject& madeOf,
               const DeclarativeRules& rulesOf);

    struct Found
    {
        const Value* value = nullptr;
        ClassObject* owner = nullptr;
    };

    bool isArtificial(const ClassObject& owner, std::string_view name) const;
    const Mapping* mappingOf(const ClassObject& each) const;
    /// The nearest class that has the attribute; only those without a table but the class itself.
    Found find(std::string_view name, bool unmappedOnly) const;
    /// The mapping of the nearest base that has one.
    const Mapping* parent() const;
    /// An attribute as the class sees it: declared_attr is called with the class.
    Evaluated resolved(const Value& value) const;
    void put(const std::string& name, const Value& value) const;
    Value typeMap() const;
    Value metadata() const;
    std::string schema() const;

    Interpreter& interpreter;
    ModelRegistry& registry;
    ClassObject& made;
    const DeclarativeRules& rules;
    const std::vector<ClassObject*> order;
};

/// What the bodies and annotations of a class and its unmapped bases give to its table.
struct CollectedColumns
{
    struct Open
    {
        std::string name;
        std::string reason;
    };

    std::vector<std::pair<std::string, ColumnItem*>> columns; ///< by attribute, in their order
    std::vector<Value> loose; ///< indexes and constraints that stand in a body
    std::vector<Open> unknown;
    std::vector<Open> failed; ///< declared attributes that are columns nobody knows
};

CollectedColumns collectColumns(const MappedView& view);

} // namespace sightglass
