// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluation/containers.h"
#include "core/evaluation/evaluator.h"

#include <algorithm>
#include <array>

namespace sightglass {

namespace {

DictObject& dictionary(const Value& value)
{
    return *value.as<DictObject>();
}

Value argument(const Arguments& arguments, std::size_t index)
{
    if (index < arguments.positional.size())
        return arguments.positional[index];
    return arguments.hidden ? Value(*arguments.hidden)
                            : Value(Unknown{"an argument that is missing"});
}

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

} // namespace

std::optional<MethodBody> dictMethod(std::string_view name)
{
    const auto* found = std::ranges::find(dictMethods, name, &Method::name);
    return found == dictMethods.end() ? std::nullopt : std::optional(found->run);
}

} // namespace sightglass
