// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluation/containers.h"
#include "core/evaluation/evaluator.h"
#include "core/evaluation/sorting.h"

#include <algorithm>
#include <array>

namespace sightglass {

namespace {

ListObject& list(const Value& value)
{
    return *value.as<ListObject>();
}

Value argument(const Arguments& arguments, std::size_t index)
{
    if (index < arguments.positional.size())
        return arguments.positional[index];
    return arguments.hidden ? Value(*arguments.hidden)
                            : Value(Unknown{"an argument that is missing"});
}

Evaluated append(Evaluator& evaluator, const Value& self, const Arguments& arguments)
{
    if (auto tooMuch = evaluator.charge(sizeof(Value)))
        return otherwise(std::move(*tooMuch));
    Items& items = list(self).change(evaluator.interpreter);
    if (arguments.positional.empty() && arguments.hidden)
        items.doubt = arguments.hidden;
    else
        items.items.push_back(argument(arguments, 0));
    return Value();
}

Evaluated extend(Evaluator& evaluator, const Value& self, const Arguments& arguments)
{
    const Value given = argument(arguments, 0);
    const auto why = evaluator.doubt(given);
    auto more = evaluator.elements(given);
    if (!more)
        return otherwise(std::move(more.error()));
    if (auto tooMuch = evaluator.charge(more->size() * sizeof(Value)))
        return otherwise(std::move(*tooMuch));
    Items& items = list(self).change(evaluator.interpreter);
    items.items.insert(items.items.end(), more->begin(), more->end());
    if (why)
        items.doubt = why;
    return Value();
}

Evaluated insert(Evaluator& evaluator, const Value& self, const Arguments& arguments)
{
    Items& items = list(self).change(evaluator.interpreter);
    const Value place = argument(arguments, 0);
    const auto size = static_cast<std::int64_t>(items.items.size());
    if (place.asInteger() == nullptr) {
        items.doubt = Unknown{place.isUnknown() ? place.reason() : "a place that is not known"};
        return Value();
    }
    std::int64_t at = std::max(*place.asInteger(), -size);
    at = at < 0 ? at + size : std::min(at, size);
    items.items.insert(items.items.begin() + at, argument(arguments, 1));
    return Value();
}

Evaluated popList(Evaluator& evaluator, const Value& self, const Arguments& arguments)
{
    if (const auto why = evaluator.doubt(self))
        return *why;
    Items& items = list(self).change(evaluator.interpreter);
    std::int64_t at = -1;
    if (!arguments.positional.empty()) {
        const auto* given = arguments.positional.front().asInteger();
        if (given == nullptr) {
            items.doubt = Unknown{"a place that is not known"};
            return *items.doubt;
        }
        at = *given;
    }
    const auto size = static_cast<std::int64_t>(items.items.size());
    if (at < -size || at >= size)
        return otherwise(evaluator.makeRaised("IndexError", "pop index out of range"));
    const auto place = items.items.begin() + (at < 0 ? at + size : at);
    Value result = std::move(*place);
    items.items.erase(place);
    return result;
}

Evaluated removeItem(Evaluator& evaluator, const Value& self, const Arguments& arguments)
{
    if (const auto why = evaluator.doubt(self))
        return *why;
    const Value wanted = argument(arguments, 0);
    Items& items = list(self).change(evaluator.interpreter);
    for (std::size_t at = 0; at < items.items.size(); ++at) {
        const Known<bool> same = evaluator.equal(items.items[at], wanted);
        if (!same.isKnown()) {
            items.doubt = Unknown{same.reason()};
            return Value();
        }
        if (same.value()) {
            items.items.erase(items.items.begin() + static_cast<std::ptrdiff_t>(at));
            return Value();
        }
    }
    return otherwise(evaluator.makeRaised("ValueError", "list.remove(x): x not in list"));
}

Evaluated reverse(Evaluator& evaluator, const Value& self, const Arguments&)
{
    std::ranges::reverse(list(self).change(evaluator.interpreter).items);
    return Value();
}

Evaluated sort(Evaluator& evaluator, const Value& self, const Arguments& arguments)
{
    std::vector<Value> items = list(self).now().items;
    auto unordered = sortValues(evaluator, items, arguments);
    if (!unordered)
        return otherwise(std::move(unordered.error()));
    Items& content = list(self).change(evaluator.interpreter);
    content.items = std::move(items);
    if (unordered->has_value())
        content.doubt = **unordered;
    return Value();
}

Evaluated index(Evaluator& evaluator, const Value& self, const Arguments& arguments)
{
    if (const auto why = evaluator.doubt(self))
        return *why;
    auto all = evaluator.elements(self);
    if (!all)
        return otherwise(std::move(all.error()));
    for (std::size_t at = 0; at < all->size(); ++at) {
        const Known<bool> same = evaluator.equal((*all)[at], argument(arguments, 0));
        if (!same.isKnown())
            return Unknown{same.reason()};
        if (same.value())
            return Value(static_cast<std::int64_t>(at));
    }
    return otherwise(evaluator.makeRaised("ValueError", "the value is not in the list"));
}

Evaluated countItems(Evaluator& evaluator, const Value& self, const Arguments& arguments)
{
    if (const auto why = evaluator.doubt(self))
        return *why;
    auto all = evaluator.elements(self);
    if (!all)
        return otherwise(std::move(all.error()));
    std::int64_t found = 0;
    for (const Value& each : *all) {
        const Known<bool> same = evaluator.equal(each, argument(arguments, 0));
        if (!same.isKnown())
            return Unknown{same.reason()};
        found += same.value() ? 1 : 0;
    }
    return Value(found);
}

Evaluated copyList(Evaluator& evaluator, const Value& self, const Arguments&)
{
    auto* made = evaluator.make<ListObject>(list(self).now().items);
    if (list(self).now().doubt)
        made->doubt(*list(self).now().doubt);
    return Value(made);
}

Evaluated clearList(Evaluator& evaluator, const Value& self, const Arguments&)
{
    list(self).change(evaluator.interpreter) = Items{};
    return Value();
}

constexpr std::array listMethods{
    Method{"append", append},
    Method{"clear", clearList},
    Method{"copy", copyList},
    Method{"count", countItems},
    Method{"extend", extend},
    Method{"index", index},
    Method{"insert", insert},
    Method{"pop", popList},
    Method{"remove", removeItem},
    Method{"reverse", reverse},
    Method{"sort", sort},
};

constexpr std::array tupleMethods{
    Method{"count", countItems},
    Method{"index", index},
};

Evaluated decode(Evaluator&, const Value& self, const Arguments& arguments)
{
    const Value* given = arguments.at(0, "encoding");
    const std::string& bytes = self.asBytes()->bytes;
    const std::string* name = given == nullptr ? nullptr : given->asText();
    const bool utf8 =
        given == nullptr ||
        (name != nullptr && (*name == "utf-8" || *name == "utf8" || *name == "ascii"));
    const bool plain = std::ranges::all_of(
        bytes, [](char each) { return static_cast<unsigned char>(each) < 0x80; });
    if (!utf8 || !plain)
        return Unknown{"bytes that are decoded"};
    return Value(bytes);
}

Evaluated hex(Evaluator&, const Value& self, const Arguments& arguments)
{
    if (!arguments.positional.empty())
        return Unknown{"hex() with a separator"};
    std::string made;
    for (const char each : self.asBytes()->bytes) {
        made += "0123456789abcdef"[static_cast<unsigned char>(each) >> 4U];
        made += "0123456789abcdef"[static_cast<unsigned char>(each) & 15U];
    }
    return Value(std::move(made));
}

Evaluated unknownOfBytes(Evaluator&, const Value&, const Arguments&)
{
    return Unknown{"a method of bytes that is not followed"};
}

Evaluated unknownOfNumber(Evaluator&, const Value&, const Arguments&)
{
    return Unknown{"a method of a number that is not followed"};
}

Evaluated bitLength(Evaluator&, const Value& self, const Arguments&)
{
    const auto* number = self.asInteger();
    if (number == nullptr || *number < 0)
        return Unknown{"a method of a number that is not followed"};
    std::int64_t bits = 0;
    for (auto rest = static_cast<std::uint64_t>(*number); rest != 0; rest >>= 1U)
        ++bits;
    return Value(bits);
}

constexpr std::array numberMethods{
    Method{"as_integer_ratio", unknownOfNumber},
    Method{"bit_length", bitLength},
    Method{"conjugate", unknownOfNumber},
    Method{"is_integer", unknownOfNumber},
    Method{"to_bytes", unknownOfNumber},
};

template <std::size_t Size>
std::optional<MethodBody>
inTable(const std::array<Method, Size>& table, std::string_view name, std::size_t count = Size)
{
    const auto end = table.begin() + static_cast<std::ptrdiff_t>(count);
    const auto found = std::ranges::find(table.begin(), end, name, &Method::name);
    return found == end ? std::nullopt : std::optional(found->run);
}

} // namespace

std::optional<MethodBody> listMethod(std::string_view name)
{
    return inTable(listMethods, name);
}

std::optional<MethodBody> tupleMethod(std::string_view name)
{
    return inTable(tupleMethods, name);
}

std::optional<MethodBody> bytesMethod(std::string_view name)
{
    if (name == "decode")
        return decode;
    if (name == "hex")
        return hex;
    return name.starts_with("__") ? std::nullopt : std::optional<MethodBody>(unknownOfBytes);
}

std::optional<MethodBody> numberMethod(std::string_view name)
{
    return inTable(numberMethods, name);
}

} // namespace sightglass
