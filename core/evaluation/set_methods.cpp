// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluation/containers.h"
#include "core/evaluation/evaluator.h"

#include <algorithm>
#include <array>

namespace sightglass {

namespace {

SetObject& set(const Value& value)
{
    return *value.as<SetObject>();
}

Value argument(const Arguments& arguments, std::size_t index)
{
    if (index < arguments.positional.size())
        return arguments.positional[index];
    return arguments.hidden ? Value(*arguments.hidden)
                            : Value(Unknown{"an argument that is missing"});
}

Evaluated addItem(Evaluator& evaluator, const Value& self, const Arguments& arguments)
{
    if (auto tooMuch = evaluator.charge(sizeof(Value)))
        return otherwise(std::move(*tooMuch));
    addToSet(evaluator, set(self).change(evaluator.interpreter), argument(arguments, 0));
    return Value();
}

template <bool Raises>
Evaluated discard(Evaluator& evaluator, const Value& self, const Arguments& arguments)
{
    Items& content = set(self).change(evaluator.interpreter);
    const Value wanted = argument(arguments, 0);
    for (std::size_t at = 0; at < content.items.size(); ++at) {
        const Known<bool> same = evaluator.equal(content.items[at], wanted);
        if (!same.isKnown()) {
            content.doubt = Unknown{same.reason()};
            return Value();
        }
        if (same.value()) {
            content.items.erase(content.items.begin() + static_cast<std::ptrdiff_t>(at));
            return Value();
        }
    }
    if (Raises && !content.doubt)
        return otherwise(evaluator.makeRaised("KeyError", "an item that is not in the set"));
    return Value();
}

/// The argument as a set.
Outcome<Value, Raised> asSet(Evaluator& evaluator, const Value& given)
{
    if (given.as<SetObject>() != nullptr)
        return given;
    const auto why = evaluator.doubt(given);
    auto all = evaluator.elements(given);
    if (!all)
        return otherwise(std::move(all.error()));
    Value made = evaluator.interpreter.makeSet(std::move(*all));
    if (why)
        made.as<SetObject>()->doubt(*why);
    return made;
}

template <std::size_t Op, bool InPlace>
Evaluated combined(Evaluator& evaluator, const Value& self, const Arguments& arguments)
{
    Value result = self;
    if (arguments.positional.empty())
        result = evaluator.make<SetObject>(set(self).now().items, set(self).frozen());
    for (const Value& each : arguments.positional) {
        auto other = asSet(evaluator, each);
        if (!other)
            return otherwise(std::move(other.error()));
        Evaluated next = evaluator.binary(std::string_view("|&-^").substr(Op, 1), result, *other);
        if (!next)
            return next;
        result = std::move(*next);
    }
    if (!InPlace || result.as<SetObject>() == nullptr)
        return result;
    const Items made = result.as<SetObject>()->now();
    set(self).change(evaluator.interpreter) = made;
    return Value();
}

template <int How>
Evaluated compared(Evaluator& evaluator, const Value& self, const Arguments& arguments)
{
    auto other = asSet(evaluator, argument(arguments, 0));
    if (!other)
        return otherwise(std::move(other.error()));
    const Value& from = How == 1 ? *other : self; // superset: the other one's items
    const Value& in = How == 1 ? self : *other;
    if (const auto why = evaluator.doubt(from) ? evaluator.doubt(from) : evaluator.doubt(in))
        return *why;
    for (const Value& each : set(from).now().items) {
        auto has = evaluator.contains(in, each);
        if (!has)
            return otherwise(std::move(has.error()));
        if (!has->isKnown())
            return Unknown{has->reason()};
        if (has->value() == (How == 2))
            return Value(false);
    }
    return Value(true);
}

Evaluated copySet(Evaluator& evaluator, const Value& self, const Arguments&)
{
    auto* made = evaluator.make<SetObject>(set(self).now().items, set(self).frozen());
    if (set(self).now().doubt)
        made->doubt(*set(self).now().doubt);
    return Value(made);
}

Evaluated popSet(Evaluator&, const Value&, const Arguments&)
{
    return Unknown{"which item of a set pop() takes"};
}

Evaluated clearSet(Evaluator& evaluator, const Value& self, const Arguments&)
{
    set(self).change(evaluator.interpreter) = Items{};
    return Value();
}

constexpr std::array setMethods{
    Method{"copy", copySet},
    Method{"difference", combined<2, false>},
    Method{"intersection", combined<1, false>},
    Method{"isdisjoint", compared<2>},
    Method{"issubset", compared<0>},
    Method{"issuperset", compared<1>},
    Method{"symmetric_difference", combined<3, false>},
    Method{"union", combined<0, false>},
    // of sets that are not frozen
    Method{"add", addItem},
    Method{"clear", clearSet},
    Method{"difference_update", combined<2, true>},
    Method{"discard", discard<false>},
    Method{"intersection_update", combined<1, true>},
    Method{"pop", popSet},
    Method{"remove", discard<true>},
    Method{"symmetric_difference_update", combined<3, true>},
    Method{"update", combined<0, true>},
};

constexpr std::size_t frozenMethods = 8;

} // namespace

std::optional<MethodBody> setMethod(std::string_view name, bool frozen)
{
    const auto end = setMethods.begin() +
                     static_cast<std::ptrdiff_t>(frozen ? frozenMethods : setMethods.size());
    const auto* found = std::ranges::find(setMethods.begin(), end, name, &Method::name);
    return found == end ? std::nullopt : std::optional(found->run);
}

} // namespace sightglass
