// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sql/canonical_coercion.h"

#include <algorithm>
#include <array>

namespace sightglass::canonical {

namespace {

enum class Part
{
    Element,
    Array,
    Range,
    Multirange
};

struct PolymorphicType
{
    TypeId id;
    Part part;
    bool compatible; ///< of the family that takes a common type
};

constexpr auto polymorphicTypes = std::to_array<PolymorphicType>({
    {type::anyElement, Part::Element, false},
    {type::anyNonArray, Part::Element, false},
    {type::anyEnum, Part::Element, false},
    {type::anyArray, Part::Array, false},
    {type::anyRange, Part::Range, false},
    {type::anyMultirange, Part::Multirange, false},
    {type::anyCompatible, Part::Element, true},
    {type::anyCompatibleNonArray, Part::Element, true},
    {type::anyCompatibleArray, Part::Array, true},
    {type::anyCompatibleRange, Part::Range, true},
    {type::anyCompatibleMultirange, Part::Multirange, true},
});

const PolymorphicType* polymorphic(TypeId id)
{
    const auto* const found = std::ranges::find(polymorphicTypes, id, &PolymorphicType::id);
    return found == polymorphicTypes.end() ? nullptr : &*found;
}

/// What one family of polymorphic types stands for in a call.
struct Family
{
    TypeId element = 0;
    TypeId array = 0;
    TypeId range = 0;
    TypeId multirange = 0;
    bool unknown = false; ///< an unknown literal stands for one of them
    bool known = false;
    std::vector<TypeId> elements; ///< of the compatible family

    bool take(TypeId& place, TypeId actual)
    {
        known = true;
        if (place != 0 && place != actual)
            return false;
        place = actual;
        return true;
    }

    bool add(const PolymorphicType& declared, TypeId actual, TypeSpace& types)
    {
        if (actual == type::unknown) {
            unknown = true;
            return true;
        }
        const TypeId base = types.baseOf(actual);
        switch (declared.part) {
        case Part::Array:
            if (!declared.compatible)
                return types.facts(base).element != 0 && take(array, base);
            known = true;
            elements.push_back(types.facts(base).element);
            return elements.back() != 0;
        case Part::Range:
            return types.facts(base).kind == 'r' && take(range, base);
        case Part::Multirange:
            return types.facts(base).kind == 'm' && take(multirange, base);
        case Part::Element:
            break;
        }
        if (declared.compatible) {
            known = true;
            elements.push_back(actual);
            return true;
        }
        return take(element, actual);
    }

    bool completeRange()
    {
        for (const RangeType& row : rangeTypes()) {
            if (multirange != 0 && row.multirange == multirange) {
                if (range != 0 && range != row.range)
                    return false;
                range = row.range;
            }
        }
        for (const RangeType& row : rangeTypes()) {
            if (range != 0 && row.range == range) {
                multirange = row.multirange;
                return take(element, row.element);
            }
        }
        return range == 0;
    }

    bool complete(TypeSpace& types)
    {
        if (array != 0 && !take(element, types.facts(array).element))
            return false;
        if (!completeRange())
            return false;
        if (array == 0 && element != 0)
            array = types.facts(element).array;
        return true;
    }

    TypeId of(Part part) const
    {
        switch (part) {
        case Part::Element:
            return element;
        case Part::Array:
            return array;
        case Part::Range:
            return range;
        case Part::Multirange:
            return multirange;
        }
        return 0;
    }
};

bool completeCompatible(Family& family, Coercion& coercion)
{
    if (!family.known && family.unknown)
        family.element = type::text;
    if (!family.elements.empty()) {
        const TypeId common = coercion.commonType(family.elements, {});
        if (common == 0)
            return false;
        for (const TypeId id : family.elements) {
            if (!coercion.canCoerce(id, common, CoercionContext::Implicit))
                return false;
        }
        family.element = common;
    }
    return family.complete(coercion.types());
}

bool fits(TypeId declared, const Family& family, TypeSpace& types)
{
    if (family.element == 0)
        return true;
    const TypeFacts& facts = types.facts(family.element);
    if (declared == type::anyNonArray || declared == type::anyCompatibleNonArray)
        return facts.element == 0;
    return declared != type::anyEnum || facts.kind == 'e';
}

} // namespace

bool isPolymorphic(TypeId id)
{
    return polymorphic(id) != nullptr;
}

Coercion::Resolved
Coercion::resolve(std::span<const TypeId> actual, std::span<const TypeId> declared, TypeId result)
{
    Resolved resolved{.declared = {declared.begin(), declared.end()}, .result = result};
    Family same;
    Family compatible;
    for (std::size_t i = 0; i < actual.size(); ++i) {
        const PolymorphicType* const part = polymorphic(declared[i]);
        if (part != nullptr &&
            !(part->compatible ? compatible : same).add(*part, actual[i], m_types))
            return resolved;
    }
    if (!same.complete(m_types) || !completeCompatible(compatible, *this))
        return resolved;
    for (std::size_t i = 0; i < actual.size(); ++i) {
        const PolymorphicType* const part = polymorphic(declared[i]);
        if (part == nullptr)
            continue;
        const Family& family = part->compatible ? compatible : same;
        if (!fits(part->id, family, m_types))
            return resolved;
        const TypeId meant = family.of(part->part);
        if (meant != 0 && (part->compatible || actual[i] == type::unknown))
            resolved.declared[i] = meant;
    }
    resolved.undetermined = same.unknown && !same.known;
    if (const PolymorphicType* const part = polymorphic(result); part != nullptr)
        resolved.result = (part->compatible ? compatible : same).of(part->part);
    resolved.possible = true;
    return resolved;
}

} // namespace sightglass::canonical
