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

DictObject& dictionary(const Value& value)
{
    return *value.as<DictObject>();
}

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

Evaluated listOf(Evaluator& evaluator, const DictObject& source, std::vector<Value> items)
{
    auto* made = evaluator.make<ListObject>(std::move(items));
    if (source.now().doubt)
        made->doubt(*source.now().doubt);
    return Value(made);
}

/// keys(), as a set, which has the operators of one.
Evaluated keys(Evaluator& evaluator, const Value& self, const Arguments&)
{
    auto* made = evaluator.make<SetObject>(*dictionary(self).keys(), true);
    if (dictionary(self).now().doubt)
        made->doubt(*dictionary(self).now().doubt);
    made->ordered = true;
    return Value(made);
}

Evaluated values(Evaluator& evaluator, const Value& self, const Arguments&)
{
    std::vector<Value> items;
    for (const auto& [key, value] : dictionary(self).now().pairs)
        items.push_back(value);
    return listOf(evaluator, dictionary(self), std::move(items));
}

Evaluated items(Evaluator& evaluator, const Value& self, const Arguments&)
{
    std::vector<Value> all;
    for (const auto& [key, value] : dictionary(self).now().pairs)
        all.push_back(evaluator.interpreter.makeTuple({key, value}));
    return listOf(evaluator, dictionary(self), std::move(all));
}

Unknown doubtOf(Evaluator& evaluator, const Value& self, const Value& key)
{
    if (key.isUnknown())
        return Unknown{key.reason()};
    return evaluator.doubt(self).value_or(Unknown{"a key that is not followed"});
}

Evaluated get(Evaluator& evaluator, const Value& self, const Arguments& arguments)
{
    const Value key = argument(arguments, 0);
    const auto found = dictionary(self).find(evaluator, key);
    if (!found)
        return doubtOf(evaluator, self, key);
    if (*found != nullptr)
        return **found;
    const Value* fallback = arguments.at(1, "default");
    return fallback == nullptr ? Value() : *fallback;
}

Evaluated setdefault(Evaluator& evaluator, const Value& self, const Arguments& arguments)
{
    const Value key = argument(arguments, 0);
    const auto found = dictionary(self).find(evaluator, key);
    if (!found)
        return doubtOf(evaluator, self, key);
    if (*found != nullptr)
        return **found;
    const Value* fallback = arguments.at(1, "default");
    const Value value = fallback == nullptr ? Value() : *fallback;
    dictionary(self).set(evaluator, key, value);
    return value;
}

Evaluated popKey(Evaluator& evaluator, const Value& self, const Arguments& arguments)
{
    const Value key = argument(arguments, 0);
    const auto found = dictionary(self).find(evaluator, key);
    if (!found)
        return doubtOf(evaluator, self, key);
    if (*found == nullptr) {
        if (const Value* fallback = arguments.at(1, "default"))
            return *fallback;
        const Known<std::string> name = evaluator.shown(key);
        return otherwise(evaluator.makeRaised("KeyError", name.isKnown() ? name.value() : "a key"));
    }
    Value result = **found;
    dictionary(self).remove(evaluator, key);
    return result;
}

Evaluated popitem(Evaluator& evaluator, const Value& self, const Arguments&)
{
    if (const auto why = evaluator.doubt(self))
        return *why;
    const Pairs& content = dictionary(self).now();
    if (content.pairs.empty())
        return otherwise(evaluator.makeRaised("KeyError", "'popitem(): dictionary is empty'"));
    const auto [key, value] = content.pairs.back();
    dictionary(self).remove(evaluator, key);
    return evaluator.interpreter.makeTuple({key, value});
}

Evaluated update(Evaluator& evaluator, const Value& self, const Arguments& arguments)
{
    DictObject& own = dictionary(self);
    if (arguments.hidden)
        own.doubt(*arguments.hidden);
    for (const Value& given : arguments.positional) {
        if (const auto* other = given.as<DictObject>()) {
            if (auto tooMuch = evaluator.charge(other->now().pairs.size() * 2 * sizeof(Value)))
                return otherwise(std::move(*tooMuch));
            for (const auto& [key, value] : std::vector(other->now().pairs))
                own.set(evaluator, key, value);
            if (other->now().doubt) {
                own.change(evaluator.interpreter);
                own.doubt(*other->now().doubt);
            }
            continue;
        }
        const auto why = evaluator.doubt(given);
        auto all = evaluator.elements(given);
        if (!all)
            return otherwise(std::move(all.error()));
        own.change(evaluator.interpreter);
        if (why)
            own.doubt(*why);
        for (const Value& each : *all) {
            const auto* pair = plainItems(each);
            if (own.kind() == DictObject::Kind::Counter)
                own.doubt(Unknown{"what a Counter counts"});
            else if (pair != nullptr && pair->size() == 2)
                own.set(evaluator, (*pair)[0], (*pair)[1]);
            else if (!why)
                own.doubt(Unknown{"pairs that are not followed"});
        }
    }
    for (const auto& [name, value] : arguments.keywords)
        own.set(evaluator, Value(name), value);
    return Value();
}

Evaluated copyDictionary(Evaluator& evaluator, const Value& self, const Arguments&)
{
    auto* made = evaluator.make<DictObject>(dictionary(self).kind());
    made->factory = dictionary(self).factory;
    for (const auto& [key, value] : dictionary(self).now().pairs)
        made->set(evaluator, key, value);
    if (dictionary(self).now().doubt)
        made->doubt(*dictionary(self).now().doubt);
    return Value(made);
}

Evaluated clearDictionary(Evaluator& evaluator, const Value& self, const Arguments&)
{
    dictionary(self).change(evaluator.interpreter) = Pairs{};
    return Value();
}

Evaluated unknownMethod(Evaluator&, const Value& self, const Arguments&)
{
    (void)self;
    return Unknown{"a method of a dictionary that is not followed"};
}

constexpr std::array dictMethods{
    Method{"clear", clearDictionary},
    Method{"copy", copyDictionary},
    Method{"fromkeys", unknownMethod},
    Method{"get", get},
    Method{"items", items},
    Method{"keys", keys},
    Method{"most_common", unknownMethod},
    Method{"move_to_end", unknownMethod},
    Method{"pop", popKey},
    Method{"popitem", popitem},
    Method{"setdefault", setdefault},
    Method{"update", update},
    Method{"values", values},
};

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

std::optional<MethodBody> dictMethod(std::string_view name)
{
    return inTable(dictMethods, name);
}

std::optional<MethodBody> setMethod(std::string_view name, bool frozen)
{
    return inTable(setMethods, name, frozen ? frozenMethods : setMethods.size());
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
