// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/known.h"
#include "core/base/result.h"
#include "core/base/source_span.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace sightglass {

class Interpreter;
class Object;

struct NoneValue
{
    friend bool operator==(const NoneValue&, const NoneValue&) = default;
};

struct BytesValue
{
    std::string bytes;
    friend bool operator==(const BytesValue&, const BytesValue&) = default;
};

/// A Python value as far as reading knows it. Unknown is a value like any other: whatever is made
/// from it is Unknown for the same reason. Objects belong to the interpreter that made them.
class Value
{
public:
    using Storage = std::
        variant<NoneValue, bool, std::int64_t, double, std::string, BytesValue, Object*, Unknown>;

    Value() = default; ///< None

    Value(bool value)
        : m_storage(value)
    {}

    Value(std::int64_t value)
        : m_storage(value)
    {}

    Value(int value)
        : m_storage(std::int64_t{value})
    {}

    Value(double value)
        : m_storage(value)
    {}

    Value(std::string value)
        : m_storage(std::move(value))
    {}

    Value(std::string_view value)
        : m_storage(std::string(value))
    {}

    Value(const char* value)
        : m_storage(std::string(value))
    {}

    Value(BytesValue value)
        : m_storage(std::move(value))
    {}

    Value(Object* object); ///< never null

    Value(Unknown unknown)
        : m_storage(std::move(unknown))
    {}

    bool isNone() const { return m_storage.index() == 0; }

    bool isUnknown() const { return std::holds_alternative<Unknown>(m_storage); }

    const std::string& reason() const { return std::get<Unknown>(m_storage).reason; }

    const bool* asBool() const { return std::get_if<bool>(&m_storage); }

    const std::int64_t* asInteger() const { return std::get_if<std::int64_t>(&m_storage); }

    const double* asFloat() const { return std::get_if<double>(&m_storage); }

    const std::string* asText() const { return std::get_if<std::string>(&m_storage); }

    const BytesValue* asBytes() const { return std::get_if<BytesValue>(&m_storage); }

    Object* asObject() const
    {
        const auto* object = std::get_if<Object*>(&m_storage);
        return object != nullptr ? *object : nullptr;
    }

    /// The object when it is of class T; else null.
    template <typename T>
    T* as() const
    {
        return dynamic_cast<T*>(asObject());
    }

    const Storage& storage() const { return m_storage; }

private:
    Storage m_storage;
};

/// A Python exception on its way up. `type` is the class's own name; `bases` are the names of all
/// its base classes, nearest first, as `except` sees them.
struct Raised
{
    std::string type;
    std::vector<std::string> bases;
    std::string message;
    SourceSpan span;
    Value exception; ///< the object, when the program made one
    /// Not an exception of the program: reading itself has to stop (a limit, the wish to stop, a
    /// question to a schema that is not at hand). No `except` or `finally` sees it.
    bool stopsReading = false;
};

using Evaluated = Outcome<Value, Raised>;

/// Raises what `raise TypeName(message)` would.
inline auto
raising(std::string type, std::string message, std::vector<std::string> bases = {"Exception"})
{
    return otherwise(Raised{.type = std::move(type),
                            .bases = std::move(bases),
                            .message = std::move(message),
                            .span = {},
                            .exception = {},
                            .stopsReading = false});
}

/// What a call passes.
struct Arguments
{
    std::vector<Value> positional;
    std::vector<std::pair<std::string, Value>> keywords;
    /// Why more arguments may hide in an unknown *args or **kwargs.
    std::optional<Unknown> hidden;
    SourceSpan span; ///< of the whole call expression

    const Value* keyword(std::string_view name) const;
    /// Positional number `index`, else keyword `name`; null when neither is given.
    const Value* at(std::size_t index, std::string_view name) const;
};

} // namespace sightglass
