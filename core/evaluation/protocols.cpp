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
    const auto size = static_cast<std::int64_t>(countOfCharacters(text));
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

} // namespace sightglass
