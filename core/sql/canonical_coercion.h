// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sql/canonical_tree.h"

#include <span>
#include <string_view>
#include <vector>

namespace sightglass::canonical {

enum class CoercionContext
{
    Implicit,
    Assignment,
    Explicit
};

enum class CoercionPath
{
    None,
    Function,
    Relabel,
    Array,
    ThroughText
};

/// parse_coerce.c of PostgreSQL 15.
class Coercion
{
public:
    explicit Coercion(TypeSpace& types)
        : m_types(types)
    {}

    CoercionPath path(TypeId target, TypeId source, CoercionContext context, int depth = 0);
    bool canCoerce(TypeId source, TypeId target, CoercionContext context);
    /// Together, for polymorphic targets have to agree.
    bool canCoerce(std::span<const TypeId> sources, std::span<const TypeId> targets);
    bool binaryCoercible(TypeId source, TypeId target);

    /// Null with trouble when it can't be; null without when there is no way.
    ExpressionPtr coerce(ExpressionPtr node, TypeUse target, CoercionContext context, Form form);
    /// With the length coercion that the target's modifier asks for.
    ExpressionPtr coerceTo(ExpressionPtr node, TypeUse target, CoercionContext context, Form form);

    /// 0: the types have nothing in common. With a `context` word that is trouble.
    TypeId commonType(const std::vector<TypeId>& types, std::string_view context);
    ExpressionPtr coerceToCommon(ExpressionPtr node, TypeId target, std::string_view context);

    struct Resolved
    {
        bool possible = false;
        bool undetermined = false; ///< nothing but unknown literals
        std::vector<TypeId> declared;
        TypeId result = 0;
    };

    /// What polymorphic types stand for in a call with arguments of these types.
    Resolved
    resolve(std::span<const TypeId> actual, std::span<const TypeId> declared, TypeId result);

    TypeSpace& types() { return m_types; }

    /// A conversion was used whose result may change.
    bool changeable() const { return m_changeable; }

private:
    ExpressionPtr literal(const ExpressionPtr& node, TypeUse target, Form form);
    ExpressionPtr converted(ExpressionPtr node, TypeUse target, CoercionPath way, Form form);
    ExpressionPtr toDomain(ExpressionPtr node, TypeUse base, TypeId target, Form form, bool hide);
    ExpressionPtr
    withLength(ExpressionPtr node, TypeUse target, CoercionContext context, Form form, bool hide);
    bool hasLengthFunction(TypeId id);

    void watch(TypeId source, TypeId target, CoercionPath way);

    TypeSpace& m_types;
    bool m_changeable = false;
};

bool isPolymorphic(TypeId id);

/// exprTypmod.
std::int32_t modifierOf(const Expression& node);

} // namespace sightglass::canonical
