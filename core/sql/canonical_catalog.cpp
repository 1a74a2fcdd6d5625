// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sql/canonical_catalog.h"

#include <algorithm>
#include <utility>

namespace sightglass::canonical {

namespace {

#include "core/sql/data/catalog_tables.inc"

template <typename Row>
std::span<const Row> named(std::span<const Row> rows, std::string_view name)
{
    const auto found = std::ranges::equal_range(rows, name, {}, &Row::name);
    return {found.begin(), found.end()};
}

} // namespace

std::span<const std::string_view> origins()
{
    return originTable;
}

std::span<const CatalogType> catalogTypes()
{
    return typeTable;
}

const CatalogType* catalogType(TypeId id)
{
    const auto* const found = std::ranges::lower_bound(typeTable, id, {}, &CatalogType::id);
    return found != std::end(typeTable) && found->id == id ? found : nullptr;
}

std::span<const RangeType> rangeTypes()
{
    return rangeTable;
}

const CatalogCast* catalogCast(TypeId source, TypeId target)
{
    const std::pair<TypeId, TypeId> key(source, target);
    const auto pairOf = [](const CatalogCast& cast) {
        return std::pair<TypeId, TypeId>(cast.source, cast.target);
    };
    const auto* const found = std::ranges::lower_bound(castTable, key, {}, pairOf);
    return found != std::end(castTable) && pairOf(*found) == key ? found : nullptr;
}

std::span<const CatalogOperator> operatorsNamed(std::string_view name)
{
    return named(std::span<const CatalogOperator>(operatorTable), name);
}

std::span<const CatalogFunction> functionsNamed(std::string_view name)
{
    return named(std::span<const CatalogFunction>(functionTable), name);
}

std::span<const std::uint16_t> argumentsOf(const CatalogFunction& function)
{
    return std::span<const std::uint16_t>(argumentTable)
        .subspan(function.firstArgument, function.arguments);
}

std::span<const CatalogOperatorClass> operatorClasses()
{
    return operatorClassTable;
}

} // namespace sightglass::canonical
