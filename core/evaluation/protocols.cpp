// SPDX-License-Identifier: GPL-3.0-or-later
// What Python asks of any value: attributes, elements, truth, text, class.
#include "core/evaluation/builtins.h"
#include "core/evaluation/classes.h"
#include "core/evaluation/containers.h"
#include "core/evaluation/evaluator.h"
#include "core/evaluation/text_format.h"

#include <algorithm>
#include <cmath>

namespace sightglass {

namespace {

constexpr int deepest = 40; // of containers within each other

std::size_t placeOf(std::int64_t index, std::size_t size, bool& inside)
{
    const auto count = static_cast<std::int64_t>(size);
    inside = index >= -count && index < count;
    if (!inside)
        return 0;
    return static_cast<std::size_t>(index < 0 ? index + count : index);
}

Evaluated textSubscript(Evaluator& evaluator, const std::string& text, const Value& key)
{
    const auto size = static_cast<std::int64_t>(characterCount(text));
    const auto character = [&](std::int64_t at) {
        const std::size_t from = characterAt(text, static_cast<std::size_t>(at));
        const std::size_t to = characterAt(text, static_cast<std::size_t>(at) + 1);
        return text.substr(from, to - from);
    };
    if (const auto* slice = key.as<SliceObject>()) {
        const auto positions = slice->positions(size);
        if (!positions)
            return Unknown{"a slice whose bounds are not known"};
        if (positions->step == 1) {
            const std::size_t from = characterAt(text, static_cast<std::size_t>(positions->start));
            const std::size_t to =
                characterAt(text, static_cast<std::size_t>(positions->start + positions->count));
            return Value(text.substr(from, to - from));
        }
        if (auto tooMuch = evaluator.charge(text.size()))
            return otherwise(std::move(*tooMuch));
        // Characters once, as finding each from the start would be quadratic.
        std::vector<std::string> all;
        for (std::size_t at = 0; at < text.size();) {
            const std::size_t next = at + characterAt(std::string_view(text).substr(at), 1);
            all.push_back(text.substr(at, next - at));
            at = next;
        }
        std::string made;
        for (std::int64_t n = 0; n < positions->count; ++n)
            made += all[static_cast<std::size_t>(positions->start + n * positions->step)];
        return Value(std::move(made));
    }
    const auto* index = key.asInteger();
    if (index == nullptr)
        return Unknown{"an index that is not a number"};
    if (*index < -size || *index >= size)
        return otherwise(evaluator.makeRaised("IndexError", "string index out of range"));
    return Value(character(*index < 0 ? *index + size : *index));
}

Evaluated itemsSubscript(Evaluator& evaluator, const Value& object, const Value& key)
{
    const std::vector<Value>& items = *plainItems(object);
    const bool isList = object.as<ListObject>() != nullptr;
    if (const auto* slice = key.as<SliceObject>()) {
        const auto positions = slice->positions(static_cast<std::int64_t>(items.size()));
        if (!positions)
            return Unknown{"a slice whose bounds are not known"};
        std::vector<Value> made;
        for (std::int64_t n = 0; n < positions->count; ++n)
            made.push_back(items[static_cast<std::size_t>(positions->start + n * positions->step)]);
        return isList ? evaluator.interpreter.makeList(std::move(made))
                      : evaluator.interpreter.makeTuple(std::move(made));
    }
    std::int64_t number = 0;
    if (const auto* index = key.asInteger())
        number = *index;
    else if (const bool* flag = key.asBool())
        number = *flag ? 1 : 0;
    else
        return otherwise(evaluator.makeRaised("TypeError", "indices must be integers or slices"));
    bool inside = false;
    const std::size_t place = placeOf(number, items.size(), inside);
    if (!inside)
        return otherwise(evaluator.makeRaised("IndexError",
                                              object.as<ListObject>() != nullptr
                                                  ? "list index out of range"
                                                  : "tuple index out of range"));
    return items[place];
}

Evaluated dictSubscript(Evaluator& evaluator, DictObject& object, const Value& key)
{
    const auto found = object.find(evaluator, key);
    if (!found)
        return evaluator.doubt(Value(&object)).value_or(Unknown{"a key that is not followed"});
    if (*found != nullptr)
        return **found;
    if (object.kind() == DictObject::Kind::Counter)
        return Value(0);
    if (object.kind() == DictObject::Kind::Default && !object.factory.isNone()) {
        Evaluated made = evaluator.call(object.factory, {});
        if (made)
            object.set(evaluator, key, *made);
        return made;
    }
    const Known<std::string> name = evaluator.shown(key);
    return otherwise(evaluator.makeRaised("KeyError", name.isKnown() ? name.value() : "a key"));
}

} // namespace

Evaluated Evaluator::attribute(const Value& object, std::string_view name)
{
    if (object.isUnknown())
        return object;
    if (Object* held = object.asObject())
        return held->attribute(interpreter, name);
    if (const auto method = methodOf(object, name))
        return boundMethod(*this, name, *method, object);
    if (name == "__class__")
        return typeValue(*this, object);
    if (name == "real" && object.asInteger() != nullptr)
        return object;
    if (name.starts_with("__"))
        return Unknown{std::string(name) + " of a " + typeName(object) + " is not followed"};
    return otherwise(makeRaised("AttributeError",
                                "'" + typeName(object) + "' object has no attribute '" +
                                    std::string(name) + "'"));
}

std::optional<Raised>
Evaluator::setAttribute(const Value& object, std::string_view name, const Value& value)
{
    if (Object* held = object.asObject())
        return held->setAttribute(interpreter, name, value);
    if (object.isUnknown())
        return std::nullopt;
    return makeRaised("AttributeError",
                      "'" + typeName(object) + "' object has no attribute '" + std::string(name) +
                          "'");
}

Evaluated Evaluator::subscript(const Value& object, const Value& key)
{
    if (object.isUnknown())
        return object;
    if (const auto why = doubt(object))
        return *why;
    if (auto* dictionary = object.as<DictObject>())
        return key.isUnknown() ? Evaluated(key) : dictSubscript(*this, *dictionary, key);
    if (plainItems(object) != nullptr && object.as<SetObject>() == nullptr)
        return key.isUnknown() ? Evaluated(key) : itemsSubscript(*this, object, key);
    if (const auto* range = object.as<RangeObject>()) {
        auto all = elements(object);
        if (!all)
            return otherwise(std::move(all.error()));
        (void)range;
        return itemsSubscript(*this, interpreter.makeTuple(std::move(*all)), key);
    }
    if (Object* held = object.asObject())
        return held->subscript(interpreter, key);
    if (key.isUnknown())
        return key;
    if (const std::string* text = object.asText())
        return textSubscript(*this, *text, key);
    if (const BytesValue* held = object.asBytes()) {
        const auto* index = key.asInteger();
        const auto size = static_cast<std::int64_t>(held->bytes.size());
        if (index != nullptr && *index >= -size && *index < size)
            return Value(static_cast<std::int64_t>(static_cast<unsigned char>(
                held->bytes[static_cast<std::size_t>(*index < 0 ? *index + size : *index)])));
        return Unknown{"a part of bytes"};
    }
    return otherwise(
        makeRaised("TypeError", "'" + typeName(object) + "' object is not subscriptable"));
}

std::optional<Raised>
Evaluator::setSubscript(const Value& object, const Value& key, const Value& value)
{
    if (auto* dictionary = object.as<DictObject>()) {
        if (auto tooMuch = charge(2 * sizeof(Value)))
            return tooMuch;
        dictionary->set(*this, key, value);
        return std::nullopt;
    }
    if (auto* list = object.as<ListObject>()) {
        const auto* index = key.asInteger();
        Items& items = list->change(interpreter);
        if (index == nullptr) {
            items.doubt = Unknown{key.isUnknown() ? key.reason() : "a slice that is assigned to"};
            return std::nullopt;
        }
        bool inside = false;
        const std::size_t place = placeOf(*index, items.items.size(), inside);
        if (items.doubt)
            return std::nullopt;
        if (!inside)
            return makeRaised("IndexError", "list assignment index out of range");
        items.items[place] = value;
        return std::nullopt;
    }
    if (Object* held = object.asObject())
        return held->setSubscript(interpreter, key, value);
    if (object.isUnknown())
        return std::nullopt;
    return makeRaised("TypeError",
                      "'" + typeName(object) + "' object does not support item assignment");
}

std::optional<Raised> Evaluator::deleteSubscript(const Value& object, const Value& key)
{
    if (auto* dictionary = object.as<DictObject>()) {
        if (!dictionary->remove(*this, key) && !dictionary->now().doubt && !key.isUnknown()) {
            const Known<std::string> name = shown(key);
            return makeRaised("KeyError", name.isKnown() ? name.value() : "a key");
        }
        return std::nullopt;
    }
    if (auto* list = object.as<ListObject>()) {
        Items& items = list->change(interpreter);
        const auto* index = key.asInteger();
        if (index == nullptr) {
            items.doubt = Unknown{key.isUnknown() ? key.reason() : "a slice that is deleted"};
            return std::nullopt;
        }
        bool inside = false;
        const std::size_t place = placeOf(*index, items.items.size(), inside);
        if (!inside)
            return items.doubt ? std::nullopt
                               : std::optional(makeRaised("IndexError",
                                                          "list assignment index out of range"));
        items.items.erase(items.items.begin() + static_cast<std::ptrdiff_t>(place));
    }
    return std::nullopt;
}

Outcome<std::vector<Value>, Raised> Evaluator::elements(const Value& iterable)
{
    if (iterable.isUnknown())
        return std::vector<Value>{iterable};
    if (Object* object = iterable.asObject())
        return object->elements(interpreter);
    if (const std::string* text = iterable.asText()) {
        if (auto tooMuch = charge(text->size() * sizeof(Value)))
            return otherwise(std::move(*tooMuch));
        std::vector<Value> result;
        for (std::size_t at = 0; at < text->size();) {
            const std::size_t next = at + characterAt(std::string_view(*text).substr(at), 1);
            result.emplace_back(text->substr(at, next - at));
            at = next;
        }
        return result;
    }
    if (const BytesValue* held = iterable.asBytes()) {
        if (auto tooMuch = charge(held->bytes.size() * sizeof(Value)))
            return otherwise(std::move(*tooMuch));
        std::vector<Value> result;
        for (const char each : held->bytes)
            result.emplace_back(static_cast<std::int64_t>(static_cast<unsigned char>(each)));
        return result;
    }
    return otherwise(
        makeRaised("TypeError", "'" + typeName(iterable) + "' object is not iterable"));
}

std::optional<Unknown> Evaluator::doubt(const Value& value) const
{
    if (value.isUnknown())
        return Unknown{value.reason()};
    if (value.asObject() == nullptr)
        return std::nullopt;
    if (const auto* list = value.as<ListObject>())
        return list->now().doubt;
    if (const auto* dictionary = value.as<DictObject>())
        return dictionary->now().doubt;
    if (const auto* set = value.as<SetObject>())
        return set->now().doubt;
    if (const auto* iterator = value.as<IteratorObject>())
        return iterator->now().doubt;
    return std::nullopt;
}

Known<bool> Evaluator::truth(const Value& value)
{
    if (value.isUnknown())
        return Unknown{value.reason()};
    if (const bool* flag = value.asBool())
        return *flag;
    if (value.isNone())
        return false;
    if (const auto* number = value.asInteger())
        return *number != 0;
    if (const auto* number = value.asFloat())
        return *number != 0.0;
    if (const auto* text = value.asText())
        return !text->empty();
    if (const auto* held = value.asBytes())
        return !held->bytes.empty();
    Object* object = value.asObject();
    if (dynamic_cast<NativeFunction*>(object) != nullptr ||
        dynamic_cast<NativeClass*>(object) != nullptr ||
        dynamic_cast<NativeModule*>(object) != nullptr)
        return true;
    return object->truth(interpreter);
}

Known<std::string> Evaluator::text(const Value& value)
{
    if (value.isUnknown())
        return Unknown{value.reason()};
    if (const std::string* text = value.asText())
        return *text;
    const Object* object = value.asObject();
    const bool container =
        object != nullptr && (plainItems(value) != nullptr || value.as<DictObject>() != nullptr ||
                              value.as<RangeObject>() != nullptr);
    if (object == nullptr || container)
        return shown(value);
    return value.asObject()->text(interpreter);
}

Known<std::string> Evaluator::joinable(const Value& value)
{
    // Of a member of (str, Enum) it is the value, whatever str() says.
    if (const auto* member = value.as<FileEnumMember>();
        member != nullptr && member->asPlain() != nullptr)
        return text(*member->asPlain());
    return text(value);
}

namespace {

/// repr() of values within values.
class Shown
{
public:
    explicit Shown(Evaluator& evaluator)
        : m_evaluator(evaluator)
    {}

    Known<std::string> of(const Value& value, int depth)
    {
        if (value.isUnknown())
            return Unknown{value.reason()};
        if (depth > deepest)
            return Unknown{"values too deep within each other"};
        if (value.isNone())
            return std::string("None");
        if (const bool* flag = value.asBool())
            return std::string(*flag ? "True" : "False");
        if (const auto* number = value.asInteger())
            return std::to_string(*number);
        if (const auto* number = value.asFloat())
            return shownFloat(*number);
        if (const auto* text = value.asText())
            return shownText(*text);
        if (value.asBytes() != nullptr)
            return Unknown{"bytes as text"};
        if (const auto why = m_evaluator.doubt(value))
            return *why;
        if (const auto* dictionary = value.as<DictObject>())
            return ofPairs(*dictionary, depth);
        if (const auto* items = plainItems(value))
            return ofItems(value, *items, depth);
        return other(value);
    }

private:
    Known<std::string> other(const Value& value)
    {
        if (value.as<ExceptionObject>() != nullptr || value.as<FileEnumMember>() != nullptr)
            return Unknown{"how a " + m_evaluator.typeName(value) + " is shown"};
        if (auto* instance = value.as<FileInstance>();
            instance != nullptr && instance->has("__repr__")) {
            Evaluated made = instance->special(m_evaluator.interpreter, "__repr__", {});
            if (made && made->asText() != nullptr)
                return *made->asText();
        }
        return Unknown{"how a " + m_evaluator.typeName(value) + " is shown"};
    }

    Known<std::string> ofPairs(const DictObject& dictionary, int depth)
    {
        if (dictionary.kind() != DictObject::Kind::Plain)
            return Unknown{"how a " + dictionary.typeName() + " is shown"};
        std::string made = "{";
        for (const auto& [key, value] : dictionary.now().pairs) {
            const auto name = of(key, depth + 1);
            const auto held = of(value, depth + 1);
            if (!name.isKnown())
                return name;
            if (!held.isKnown())
                return held;
            made += (made.size() > 1 ? ", " : "") + name.value() + ": " + held.value();
        }
        return made + "}";
    }

    Known<std::string> ofItems(const Value& value, const std::vector<Value>& items, int depth)
    {
        std::string made;
        for (const Value& each : items) {
            const auto one = of(each, depth + 1);
            if (!one.isKnown())
                return one;
            if (!made.empty())
                made += ", ";
            made += one.value();
            if (made.size() > m_evaluator.limits.textBytes)
                return Unknown{"a text that is too long"};
        }
        if (value.as<ListObject>() != nullptr)
            return "[" + made + "]";
        if (const auto* tuple = value.as<TupleObject>()) {
            if (tuple->type() != nullptr)
                return Unknown{"how a " + tuple->typeName() + " is shown"};
            return "(" + made + (items.size() == 1 ? ",)" : ")");
        }
        // The order of a set's elements changes from run to run.
        if (items.size() > 1)
            return Unknown{"the order of a set"};
        const bool frozen = value.as<SetObject>()->frozen();
        if (items.empty())
            return std::string(frozen ? "frozenset()" : "set()");
        return frozen ? "frozenset({" + made + "})" : "{" + made + "}";
    }

    Evaluator& m_evaluator;
};

} // namespace

Known<std::string> Evaluator::shown(const Value& value)
{
    if (const auto* range = value.as<RangeObject>())
        return "range(" + std::to_string(range->start) + ", " + std::to_string(range->stop) +
               (range->step == 1 ? std::string() : ", " + std::to_string(range->step)) + ")";
    return Shown(*this).of(value, 0);
}

std::vector<std::string> Evaluator::classNames(const Value& value) const
{
    if (value.isUnknown())
        return {};
    if (const Object* object = value.asObject())
        return object->classNames();
    if (value.isNone())
        return {"NoneType"};
    if (value.asBool() != nullptr)
        return {"bool", "int", "Integral", "Number"};
    if (value.asInteger() != nullptr)
        return {"int", "Integral", "Number"};
    if (value.asFloat() != nullptr)
        return {"float", "Real", "Number"};
    if (value.asText() != nullptr)
        return {"str", "Sequence", "Collection", "Sized", "Iterable", "Container", "Hashable"};
    return {"bytes", "Sequence", "Collection", "Sized", "Iterable", "Container", "Hashable"};
}

std::string Evaluator::typeName(const Value& value) const
{
    const auto all = classNames(value);
    return all.empty() ? "unknown" : all.front();
}

Known<bool> Evaluator::isInstance(const Value& value, const Value& type)
{
    if (value.isUnknown())
        return Unknown{value.reason()};
    if (type.isUnknown())
        return Unknown{type.reason()};
    if (const auto* several = type.as<TupleObject>()) {
        std::optional<Unknown> open;
        for (const Value& each : several->items()) {
            const Known<bool> one = isInstance(value, each);
            if (one.isKnown() && one.value())
                return true;
            if (!one.isKnown())
                open = Unknown{one.reason()};
        }
        return open ? Known<bool>(*open) : Known<bool>(false);
    }
    const FileClass* own = nullptr;
    if (const auto* instance = value.as<FileInstance>())
        own = &instance->type();
    else if (const auto* member = value.as<FileEnumMember>())
        own = &member->type();
    if (const auto* wanted = type.as<FileClass>()) {
        if (const auto* tuple = value.as<TupleObject>())
            return tuple->type() == wanted;
        if (own == nullptr)
            return false;
        if (own->derivesFrom(*wanted))
            return true;
        if (const Unknown* why = own->unknownBase())
            return *why;
        return false;
    }
    const auto* native = type.as<NativeClass>();
    if (native == nullptr)
        return Unknown{"a type that is not followed"};
    if (native->name() == "object")
        return true;
    if (native->name() == "type")
        return value.as<FileClass>() != nullptr || value.as<NativeClass>() != nullptr;
    const auto all = classNames(value);
    if (std::ranges::find(all, native->name()) != all.end())
        return true;
    if (own != nullptr && own->unknownBase() != nullptr)
        return *own->unknownBase();
    return false;
}

Known<bool> Evaluator::isSubclass(const Value& type, const Value& base)
{
    if (type.isUnknown())
        return Unknown{type.reason()};
    if (base.isUnknown())
        return Unknown{base.reason()};
    if (const auto* several = base.as<TupleObject>()) {
        for (const Value& each : several->items()) {
            const Known<bool> one = isSubclass(type, each);
            if (!one.isKnown() || one.value())
                return one;
        }
        return false;
    }
    if (type.asObject() == base.asObject())
        return true;
    const auto* native = base.as<NativeClass>();
    if (native != nullptr && native->name() == "object")
        return true;
    if (const auto* own = type.as<FileClass>()) {
        if (const auto* wanted = base.as<FileClass>();
            wanted != nullptr && own->derivesFrom(*wanted))
            return true;
        const auto all = own->baseNames();
        if (native != nullptr && std::ranges::find(all, native->name()) != all.end())
            return true;
        if (const Unknown* why = own->unknownBase())
            return *why;
        return false;
    }
    if (const auto* own = type.as<NativeClass>()) {
        return native != nullptr &&
               std::ranges::find(own->bases(), native->name()) != own->bases().end();
    }
    return Unknown{"a type that is not followed"};
}

std::optional<std::string> Evaluator::hashKey(const Value& value)
{
    if (value.isUnknown())
        return std::nullopt;
    if (const auto* text = value.asText())
        return "t" + *text;
    if (const auto* number = value.asInteger())
        return "n" + std::to_string(*number);
    if (const bool* flag = value.asBool())
        return *flag ? "n1" : "n0";
    if (const auto* number = value.asFloat()) {
        if (std::abs(*number) < 1e15 && std::floor(*number) == *number)
            return "n" + std::to_string(static_cast<std::int64_t>(*number));
        return "f" + shownFloat(*number);
    }
    if (value.isNone())
        return "N";
    if (const auto* held = value.asBytes())
        return "b" + held->bytes;
    if (const auto* tuple = value.as<TupleObject>()) {
        if (tuple->items().size() > 1'000)
            return std::nullopt;
        std::string made = "(";
        const Deeper deeper(depth);
        if (depth > limits.depth * 6)
            return std::nullopt;
        for (const Value& each : tuple->items()) {
            const auto one = hashKey(each);
            if (!one)
                return std::nullopt;
            made += std::to_string(one->size()) + ":" + *one;
        }
        return made;
    }
    if (const auto* member = value.as<FileEnumMember>()) {
        if (member->asPlain() != nullptr)
            return hashKey(*member->asPlain());
    }
    if (const auto* instance = value.as<FileInstance>();
        instance != nullptr && instance->has("__eq__"))
        return std::nullopt;
    return "o" + std::to_string(reinterpret_cast<std::uintptr_t>(value.asObject()));
}

} // namespace sightglass
