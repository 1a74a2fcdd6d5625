// SPDX-License-Identifier: GPL-3.0-or-later
// Functions of Python's over elements: zip, sorted, map, any …
#include "core/evaluation/builtins.h"
#include "core/evaluation/containers.h"
#include "core/evaluation/sorting.h"

#include <algorithm>
#include <array>

namespace sightglass {

namespace {

Evaluated missing(const Arguments& arguments, std::string_view name)
{
    if (arguments.hidden)
        return *arguments.hidden;
    return Unknown{std::string(name) + "() with arguments that are not followed"};
}

/// The arguments' elements; a reason when one is not known.
Outcome<Known<std::vector<std::vector<Value>>>, Raised>
columnsOf(Evaluator& evaluator, const std::vector<Value>& iterables)
{
    std::vector<std::vector<Value>> columns;
    std::size_t shortest = SIZE_MAX;
    for (const Value& each : iterables) {
        if (const auto why = evaluator.doubt(each))
            return Known<std::vector<std::vector<Value>>>(*why);
        if (each.as<EndlessObject>() != nullptr) {
            columns.emplace_back();
            continue;
        }
        auto all = evaluator.elements(each);
        if (!all)
            return otherwise(std::move(all.error()));
        shortest = std::min(shortest, all->size());
        columns.push_back(std::move(*all));
    }
    for (std::size_t at = 0; at < iterables.size() && shortest != SIZE_MAX; ++at) {
        if (auto* endless = iterables[at].as<EndlessObject>())
            columns[at] = endless->take(shortest);
    }
    return Known<std::vector<std::vector<Value>>>(std::move(columns));
}

Evaluated iteratorOf(Evaluator& evaluator, std::vector<Value> items, std::string type)
{
    if (auto tooMuch = evaluator.charge(items.size() * sizeof(Value)))
        return otherwise(std::move(*tooMuch));
    return Value(evaluator.make<IteratorObject>(std::move(items), std::move(type)));
}

Evaluated zip(Evaluator& evaluator, const Arguments& arguments)
{
    if (arguments.hidden)
        return *arguments.hidden;
    auto columns = columnsOf(evaluator, arguments.positional);
    if (!columns)
        return otherwise(std::move(columns.error()));
    if (!columns->isKnown())
        return Unknown{columns->reason()};
    std::vector<Value> rows;
    std::size_t count = columns->value().empty() ? 0 : SIZE_MAX;
    for (const auto& column : columns->value())
        count = std::min(count, column.size());
    for (std::size_t at = 0; at < count; ++at) {
        std::vector<Value> row;
        for (const auto& column : columns->value())
            row.push_back(column[at]);
        rows.push_back(evaluator.interpreter.makeTuple(std::move(row)));
    }
    return iteratorOf(evaluator, std::move(rows), "zip");
}

Evaluated enumerate(Evaluator& evaluator, const Arguments& arguments)
{
    if (arguments.positional.empty())
        return missing(arguments, "enumerate");
    if (const auto why = evaluator.doubt(arguments.positional.front()))
        return *why;
    auto all = evaluator.elements(arguments.positional.front());
    if (!all)
        return otherwise(std::move(all.error()));
    const Value* start = arguments.at(1, "start");
    if (start != nullptr && start->asInteger() == nullptr)
        return Unknown{"enumerate() from a number that is not known"};
    std::int64_t number = start == nullptr ? 0 : *start->asInteger();
    std::vector<Value> rows;
    for (const Value& each : *all) {
        rows.push_back(evaluator.interpreter.makeTuple({Value(number), each}));
        if (__builtin_add_overflow(number, 1, &number))
            return Unknown{"a number too large to follow"};
    }
    return iteratorOf(evaluator, std::move(rows), "enumerate");
}

Evaluated range(Evaluator& evaluator, const Arguments& arguments)
{
    std::array<std::int64_t, 3> numbers{0, 0, 1};
    const std::size_t count = arguments.positional.size();
    if (count == 0 || count > 3)
        return missing(arguments, "range");
    for (std::size_t at = 0; at < count; ++at) {
        const Value& each = arguments.positional[at];
        if (each.isUnknown())
            return each;
        if (each.asInteger() == nullptr)
            return otherwise(evaluator.makeRaised(
                "TypeError",
                "'" + evaluator.typeName(each) + "' object cannot be interpreted as an integer"));
        numbers[count == 1 ? 1 : at] = *each.asInteger();
    }
    if (numbers[2] == 0)
        return otherwise(evaluator.makeRaised("ValueError", "range() arg 3 must not be zero"));
    return Value(evaluator.make<RangeObject>(numbers[0], numbers[1], numbers[2]));
}

Evaluated sorted(Evaluator& evaluator, const Arguments& arguments)
{
    if (arguments.positional.empty())
        return missing(arguments, "sorted");
    const Value& given = arguments.positional.front();
    const auto why = evaluator.doubt(given);
    auto all = evaluator.elements(given);
    if (!all)
        return otherwise(std::move(all.error()));
    if (given.isUnknown())
        return given;
    auto open = sortValues(evaluator, *all, arguments);
    if (!open)
        return otherwise(std::move(open.error()));
    auto* made = evaluator.make<ListObject>(std::move(*all));
    if (why)
        made->doubt(*why);
    else if (open->has_value())
        made->doubt(**open);
    return Value(made);
}

Evaluated reversed(Evaluator& evaluator, const Arguments& arguments)
{
    if (arguments.positional.empty())
        return missing(arguments, "reversed");
    if (const auto why = evaluator.doubt(arguments.positional.front()))
        return *why;
    auto all = evaluator.elements(arguments.positional.front());
    if (!all)
        return otherwise(std::move(all.error()));
    std::ranges::reverse(*all);
    return iteratorOf(evaluator, std::move(*all), "reversed");
}

Evaluated map(Evaluator& evaluator, const Arguments& arguments)
{
    if (arguments.positional.size() < 2)
        return missing(arguments, "map");
    auto columns =
        columnsOf(evaluator, {arguments.positional.begin() + 1, arguments.positional.end()});
    if (!columns)
        return otherwise(std::move(columns.error()));
    if (!columns->isKnown())
        return Unknown{columns->reason()};
    std::size_t count = SIZE_MAX;
    for (const auto& column : columns->value())
        count = std::min(count, column.size());
    std::vector<Value> made;
    for (std::size_t at = 0; at < count; ++at) {
        Arguments one;
        for (const auto& column : columns->value())
            one.positional.push_back(column[at]);
        Evaluated value = evaluator.call(arguments.positional.front(), one);
        if (!value)
            return value;
        made.push_back(std::move(*value));
    }
    return iteratorOf(evaluator, std::move(made), "map");
}

Evaluated filter(Evaluator& evaluator, const Arguments& arguments)
{
    if (arguments.positional.size() != 2)
        return missing(arguments, "filter");
    if (const auto why = evaluator.doubt(arguments.positional[1]))
        return *why;
    auto all = evaluator.elements(arguments.positional[1]);
    if (!all)
        return otherwise(std::move(all.error()));
    std::vector<Value> kept;
    for (const Value& each : *all) {
        Value by = each;
        if (!arguments.positional[0].isNone()) {
            Arguments one;
            one.positional.push_back(each);
            Evaluated value = evaluator.call(arguments.positional[0], one);
            if (!value)
                return value;
            by = std::move(*value);
        }
        const Known<bool> wanted = evaluator.truth(by);
        if (!wanted.isKnown())
            return Unknown{wanted.reason()};
        if (wanted.value())
            kept.push_back(each);
    }
    return iteratorOf(evaluator, std::move(kept), "filter");
}

template <bool All>
Evaluated anyOrAll(Evaluator& evaluator, const Arguments& arguments)
{
    if (arguments.positional.empty())
        return missing(arguments, All ? "all" : "any");
    const Value& given = arguments.positional.front();
    std::optional<Unknown> open = evaluator.doubt(given);
    if (given.isUnknown())
        return given;
    auto all = evaluator.elements(given);
    if (!all)
        return otherwise(std::move(all.error()));
    if (open)
        return *open;
    for (const Value& each : *all) {
        const Known<bool> known = evaluator.truth(each);
        if (!known.isKnown())
            open = Unknown{known.reason()};
        else if (known.value() != All)
            return Value(!All);
    }
    return open ? Evaluated(*open) : Evaluated(Value(All));
}

template <bool Largest>
Evaluated minOrMax(Evaluator& evaluator, const Arguments& arguments)
{
    if (arguments.positional.empty())
        return missing(arguments, Largest ? "max" : "min");
    std::vector<Value> all = arguments.positional;
    if (all.size() == 1) {
        if (const auto why = evaluator.doubt(all.front()))
            return *why;
        auto items = evaluator.elements(all.front());
        if (!items)
            return otherwise(std::move(items.error()));
        all = std::move(*items);
    }
    if (all.empty()) {
        if (const Value* fallback = arguments.keyword("default"))
            return *fallback;
        return otherwise(evaluator.makeRaised("ValueError", "max() arg is an empty sequence"));
    }
    const Value* key = arguments.keyword("key");
    std::vector<Value> keys;
    for (const Value& each : all) {
        Arguments one;
        one.positional.push_back(each);
        Evaluated by =
            key == nullptr || key->isNone() ? Evaluated(each) : evaluator.call(*key, one);
        if (!by)
            return by;
        keys.push_back(std::move(*by));
    }
    std::size_t best = 0;
    for (std::size_t at = 1; at < all.size(); ++at) {
        const Known<bool> better =
            Largest ? evaluator.less(keys[best], keys[at]) : evaluator.less(keys[at], keys[best]);
        if (!better.isKnown())
            return Unknown{better.reason()};
        best = better.value() ? at : best;
    }
    return all[best];
}

Evaluated sum(Evaluator& evaluator, const Arguments& arguments)
{
    if (arguments.positional.empty())
        return missing(arguments, "sum");
    if (const auto why = evaluator.doubt(arguments.positional.front()))
        return *why;
    auto all = evaluator.elements(arguments.positional.front());
    if (!all)
        return otherwise(std::move(all.error()));
    const Value* start = arguments.at(1, "start");
    Evaluated total = start == nullptr ? Value(0) : *start;
    for (const Value& each : *all) {
        if (!total)
            return total;
        total = evaluator.binary("+", *total, each);
    }
    return total;
}

constexpr std::array functions{
    BuiltinFunction{"all", anyOrAll<true>},
    BuiltinFunction{"any", anyOrAll<false>},
    BuiltinFunction{"enumerate", enumerate},
    BuiltinFunction{"filter", filter},
    BuiltinFunction{"map", map},
    BuiltinFunction{"max", minOrMax<true>},
    BuiltinFunction{"min", minOrMax<false>},
    BuiltinFunction{"range", range},
    BuiltinFunction{"reversed", reversed},
    BuiltinFunction{"sorted", sorted},
    BuiltinFunction{"sum", sum},
    BuiltinFunction{"zip", zip},
};

} // namespace

std::span<const BuiltinFunction> iterationFunctions()
{
    return functions;
}

} // namespace sightglass
