// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sightglass::question {

/// A value in a question to the catalog.
struct Datum
{
    enum class Kind
    {
        Null,
        Flag,
        Number,
        Text,
        Object,     ///< an oid; `text` is what regclass and its kin would print
        List,       ///< an array
        SystemName, ///< something of PostgreSQL's own; `flag`: the name of an object, no code
        Unknown     ///< can't be told; `text` says why
    };
    Kind kind = Kind::Null;
    bool flag = false;
    std::int64_t number = 0; ///< of Number; the id of an Object
    std::string text;
    std::vector<Datum> items;

    static Datum ofFlag(bool value) { return {.kind = Kind::Flag, .flag = value}; }

    static Datum ofNumber(std::int64_t value) { return {.kind = Kind::Number, .number = value}; }

    static Datum ofText(std::string value)
    {
        return {.kind = Kind::Text, .text = std::move(value)};
    }

    static Datum systemName() { return {.kind = Kind::SystemName}; }

    static Datum systemObjectName() { return {.kind = Kind::SystemName, .flag = true}; }

    static Datum unknown(std::string reason)
    {
        return {.kind = Kind::Unknown, .text = std::move(reason)};
    }

    bool isUnknown() const { return kind == Kind::Unknown || kind == Kind::SystemName; }

    bool isNull() const { return kind == Kind::Null; }

    bool isTrue() const { return kind == Kind::Flag && flag; }

    friend bool operator==(const Datum&, const Datum&) = default;
};

/// Rows of a catalog or of a query, with the names of their columns.
struct Rows
{
    std::vector<std::string> columns;
    std::vector<std::vector<Datum>> rows;
};

/// As text, as the server prints it; absent for NULL and for what has no text here.
std::optional<std::string> printed(const Datum& value);

/// Whether LIKE's `pattern` fits all of `text`.
bool isLike(std::string_view text, std::string_view pattern, bool ignoreCase);

/// Whether PostgreSQL itself, or an extension of that name, may have a relation, type or function
/// called so.
bool maySystemHave(std::string_view name);

} // namespace sightglass::question
