// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/evaluation/interpreter.h"

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace sightglass {

/// A native object that Python takes for true, as it does objects without __bool__ and __len__.
class NativeObject : public Object
{
public:
    Known<bool> truth(Interpreter&) override { return true; }
};

/// A method or a property of a native class. One of the two is set.
template <typename Self>
struct Member
{
    std::string_view name;
    Evaluated (Self::*call)(Interpreter&, const Arguments&) = nullptr;
    Evaluated (Self::*get)(Interpreter&) = nullptr;
};

/// The member's value for `self`; nothing when the table has no such name.
template <typename Self>
std::optional<Evaluated> memberOf(Interpreter& interpreter,
                                  Self& self,
                                  std::span<const Member<Self>> members,
                                  std::string_view name)
{
    for (const Member<Self>& member : members) {
        if (member.name != name)
            continue;
        if (member.get != nullptr)
            return (self.*member.get)(interpreter);
        const auto method = member.call;
        return interpreter.makeFunction(
            std::string(name),
            [&self, method](Interpreter& inner, const Arguments& arguments) -> Evaluated {
                return (self.*method)(inner, arguments);
            });
    }
    return std::nullopt;
}

/// A function that answers with the same value whatever it is given.
inline Value constantFunction(Interpreter& interpreter, std::string name, Value value)
{
    return interpreter.makeFunction(
        std::move(name),
        [value = std::move(value)](Interpreter&, const Arguments&) -> Evaluated { return value; });
}

} // namespace sightglass
