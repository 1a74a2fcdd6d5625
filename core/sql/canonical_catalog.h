// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

/// What PostgreSQL 15 brings of types, casts, operators and functions, and some extensions of its
/// contrib folder. Generated; see core/sql/data.
namespace sightglass::canonical {

using TypeId = std::uint32_t;

/// pg_type.oid of what the rules of parse analysis name.
namespace type {
inline constexpr TypeId none = 0;
inline constexpr TypeId boolean = 16;
inline constexpr TypeId bytea = 17;
inline constexpr TypeId internalChar = 18;
inline constexpr TypeId name = 19;
inline constexpr TypeId int8 = 20;
inline constexpr TypeId int2 = 21;
inline constexpr TypeId int2Vector = 22;
inline constexpr TypeId int4 = 23;
inline constexpr TypeId regproc = 24;
inline constexpr TypeId text = 25;
inline constexpr TypeId oid = 26;
inline constexpr TypeId oidVector = 30;
inline constexpr TypeId json = 114;
inline constexpr TypeId xml = 142;
inline constexpr TypeId cidr = 650;
inline constexpr TypeId float4 = 700;
inline constexpr TypeId float8 = 701;
inline constexpr TypeId unknown = 705;
inline constexpr TypeId macaddr = 829;
inline constexpr TypeId inet = 869;
inline constexpr TypeId bpchar = 1042;
inline constexpr TypeId varchar = 1043;
inline constexpr TypeId date = 1082;
inline constexpr TypeId time = 1083;
inline constexpr TypeId timestamp = 1114;
inline constexpr TypeId timestampTz = 1184;
inline constexpr TypeId interval = 1186;
inline constexpr TypeId timeTz = 1266;
inline constexpr TypeId bit = 1560;
inline constexpr TypeId varbit = 1562;
inline constexpr TypeId numeric = 1700;
inline constexpr TypeId regclass = 2205;
inline constexpr TypeId regtype = 2206;
inline constexpr TypeId record = 2249;
inline constexpr TypeId cstring = 2275;
inline constexpr TypeId any = 2276;
inline constexpr TypeId anyArray = 2277;
inline constexpr TypeId anyElement = 2283;
inline constexpr TypeId recordArray = 2287;
inline constexpr TypeId anyNonArray = 2776;
inline constexpr TypeId uuid = 2950;
inline constexpr TypeId tsvector = 3614;
inline constexpr TypeId tsquery = 3615;
inline constexpr TypeId regconfig = 3734;
inline constexpr TypeId anyEnum = 3500;
inline constexpr TypeId jsonb = 3802;
inline constexpr TypeId anyRange = 3831;
inline constexpr TypeId jsonpath = 4072;
inline constexpr TypeId anyMultirange = 4537;
inline constexpr TypeId anyCompatibleMultirange = 4538;
inline constexpr TypeId anyCompatible = 5077;
inline constexpr TypeId anyCompatibleArray = 5078;
inline constexpr TypeId anyCompatibleNonArray = 5079;
inline constexpr TypeId anyCompatibleRange = 5080;
} // namespace type

struct CatalogType
{
    std::string_view name;
    std::string_view spelled; ///< by format_type
    std::uint16_t id;
    std::uint16_t element; ///< of a true array
    std::uint16_t array;
    char category;
    char kind; ///< b, p, r, m
    bool preferred;
    bool modifiers; ///< takes type modifiers
    bool collatable;
    bool steadyInput; ///< its input function is immutable
    bool steadyOutput;
    std::uint8_t origin; ///< place in origins(); 0: PostgreSQL itself
};

struct RangeType
{
    std::uint16_t range;
    std::uint16_t element;
    std::uint16_t multirange;
};

struct CatalogCast
{
    std::uint16_t source;
    std::uint16_t target;
    char context; ///< i, a, e: implicit, assignment, explicit
    char method;  ///< f, b, i: function, binary coercible, input and output
    char volatility;
};

struct CatalogOperator
{
    std::string_view name;
    std::uint16_t left; ///< 0: prefix operator
    std::uint16_t right;
    std::uint16_t result;
    char volatility;
    std::uint8_t origin;
};

struct CatalogFunction
{
    std::string_view name;
    std::uint16_t result;
    std::uint16_t firstArgument;
    std::uint8_t arguments;
    std::uint8_t withDefault;
    std::uint16_t variadic; ///< element type, 0: not variadic
    char kind;              ///< f, a, w
    char volatility;
    bool set;
    std::uint8_t origin;
};

struct CatalogOperatorClass
{
    std::string_view method;
    std::string_view name;
    std::uint16_t type;
    bool isDefault;
    std::uint8_t origin;
};

/// Names of extensions that the tables know in full; the first is empty.
std::span<const std::string_view> origins();
const CatalogType* catalogType(TypeId id);
/// By pg_type.typname, which is an internal name ("int4").
std::span<const CatalogType> catalogTypes();
std::span<const RangeType> rangeTypes();
const CatalogCast* catalogCast(TypeId source, TypeId target);
std::span<const CatalogOperator> operatorsNamed(std::string_view name);
std::span<const CatalogFunction> functionsNamed(std::string_view name);
std::span<const std::uint16_t> argumentsOf(const CatalogFunction& function);
std::span<const CatalogOperatorClass> operatorClasses();

} // namespace sightglass::canonical
