// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluation/containers.h"

#include "core/evaluation/classes.h"
#include "core/evaluation/evaluator.h"

#include <algorithm>
#include <limits>

namespace sightglass {

namespace {

Evaluated methodAttribute(Interpreter& interpreter, Object& self, std::string_view name)
{
    Evaluator& evaluator = interpreter.evaluator();
    if (const auto method = methodOf(Value(&self), name))
        return boundMethod(evaluator, name, *method, Value(&self));
    if (name == "__class__")
        return Unknown{"the class of a " + self.typeName() + " is not followed"};
    if (name.starts_with("__"))
        return Unknown{std::string(name) + " of a " + self.typeName() + " is not followed"};
    return raising("AttributeError",
                   "'" + self.typeName() + "' object has no attribute '" + std::string(name) + "'",
                   {"Exception", "BaseException"});
}

Known<bool> truthOfItems(const Items& items)
{
    if (items.doubt)
        return *items.doubt;
    return !items.items.empty();
}

} // namespace

void noteChange(Interpreter& interpreter, Changeable& what)
{
    interpreter.evaluator().noteChange(what);
}

std::vector<std::string> ListObject::classNames() const
{
    return {"list", "MutableSequence", "Sequence", "Collection", "Sized", "Iterable", "Container"};
}

Evaluated ListObject::attribute(Interpreter& interpreter, std::string_view name)
{
    return methodAttribute(interpreter, *this, name);
}

Outcome<std::vector<Value>, Raised> ListObject::elements(Interpreter&)
{
    return now().items;
}

Known<bool> ListObject::truth(Interpreter&)
{
    return truthOfItems(now());
}

std::string TupleObject::typeName() const
{
    const auto* type = dynamic_cast<const FileClass*>(m_type);
    return type == nullptr ? "tuple" : type->name();
}

std::vector<std::string> TupleObject::classNames() const
{
    std::vector<std::string> result{
        "tuple", "Sequence", "Collection", "Sized", "Iterable", "Container", "Hashable"};
    if (m_type != nullptr)
        result.insert(result.begin(), typeName());
    return result;
}

Evaluated TupleObject::attribute(Interpreter& interpreter, std::string_view name)
{
    if (auto* type = dynamic_cast<FileClass*>(m_type)) {
        const auto& fields = type->fields;
        for (std::size_t at = 0; at < fields.size() && at < m_items.size(); ++at) {
            if (fields[at].name == name)
                return m_items[at];
        }
        if (name == "_fields" || name == "_asdict" || name == "_replace")
            return type->tupleAttribute(interpreter, *this, name);
        if (const Value* found = type->lookUp(name))
            return bindAttribute(interpreter.evaluator(), *found, Value(this), *type);
    }
    return methodAttribute(interpreter, *this, name);
}

Outcome<std::vector<Value>, Raised> TupleObject::elements(Interpreter&)
{
    return m_items;
}

Known<bool> TupleObject::truth(Interpreter&)
{
    return !m_items.empty();
}

std::vector<std::string> SetObject::classNames() const
{
    if (m_frozen)
        return {"frozenset",
                "Set",
                "AbstractSet",
                "Collection",
                "Sized",
                "Iterable",
                "Container",
                "Hashable"};
    return {
        "set", "MutableSet", "Set", "AbstractSet", "Collection", "Sized", "Iterable", "Container"};
}

Evaluated SetObject::attribute(Interpreter& interpreter, std::string_view name)
{
    return methodAttribute(interpreter, *this, name);
}

Outcome<std::vector<Value>, Raised> SetObject::elements(Interpreter&)
{
    return now().items;
}

Known<bool> SetObject::truth(Interpreter&)
{
    return truthOfItems(now());
}

void addToSet(Evaluator& evaluator, Items& items, const Value& item)
{
    if (item.isUnknown()) {
        items.doubt = Unknown{item.reason()};
        items.items.push_back(item);
        return;
    }
    for (const Value& each : items.items) {
        const Known<bool> same = evaluator.equal(each, item);
        if (!same.isKnown())
            items.doubt = Unknown{same.reason()};
        else if (same.value())
            return;
    }
    items.items.push_back(item);
}

std::string DictObject::typeName() const
{
    switch (m_kind) {
    case Kind::Plain:
        return "dict";
    case Kind::Ordered:
        return "OrderedDict";
    case Kind::Default:
        return "defaultdict";
    case Kind::Counter:
        return "Counter";
    }
    return "dict";
}

std::vector<std::string> DictObject::classNames() const
{
    std::vector<std::string> result{
        "dict", "MutableMapping", "Mapping", "Collection", "Sized", "Iterable", "Container"};
    if (m_kind != Kind::Plain)
        result.insert(result.begin(), typeName());
    return result;
}

Evaluated DictObject::attribute(Interpreter& interpreter, std::string_view name)
{
    return methodAttribute(interpreter, *this, name);
}

Outcome<std::vector<Value>, Raised> DictObject::elements(Interpreter&)
{
    return *keys();
}

const std::vector<Value>* DictObject::keys() const
{
    m_keys.clear();
    m_keys.reserve(now().pairs.size());
    for (const auto& [key, value] : now().pairs)
        m_keys.push_back(key);
    return &m_keys;
}

Known<bool> DictObject::truth(Interpreter&)
{
    if (now().doubt)
        return *now().doubt;
    return !now().pairs.empty();
}

std::optional<const Value*> DictObject::find(Evaluator& evaluator, const Value& key) const
{
    const Pairs& content = now();
    const auto hash = evaluator.hashKey(key);
    if (!hash)
        return std::nullopt;
    const auto found = content.index.find(*hash);
    if (found != content.index.end()) {
        if (content.doubt)
            return std::nullopt;
        return &content.pairs[found->second].second;
    }
    if (content.doubt)
        return std::nullopt;
    return nullptr;
}

void DictObject::set(Evaluator& evaluator, const Value& key, Value value)
{
    Pairs& content = change(evaluator.interpreter);
    const auto hash = evaluator.hashKey(key);
    if (!hash) {
        if (!content.doubt)
            content.doubt = Unknown{key.isUnknown() ? key.reason() : "a key that is not followed"};
        return;
    }
    const auto [at, fresh] = content.index.emplace(*hash, content.pairs.size());
    if (fresh)
        content.pairs.emplace_back(key, std::move(value));
    else
        content.pairs[at->second].second = std::move(value);
}

bool DictObject::remove(Evaluator& evaluator, const Value& key)
{
    Pairs& content = change(evaluator.interpreter);
    const auto hash = evaluator.hashKey(key);
    const auto found = hash ? content.index.find(*hash) : content.index.end();
    if (found == content.index.end())
        return false;
    const std::size_t at = found->second;
    content.index.erase(found);
    content.pairs.erase(content.pairs.begin() + static_cast<std::ptrdiff_t>(at));
    for (auto& [name, place] : content.index) {
        if (place > at)
            --place;
    }
    return true;
}

std::vector<std::string> RangeObject::classNames() const
{
    return {"range", "Sequence", "Collection", "Sized", "Iterable", "Container", "Hashable"};
}

Evaluated RangeObject::attribute(Interpreter& interpreter, std::string_view name)
{
    if (name == "start")
        return Value(start);
    if (name == "stop")
        return Value(stop);
    if (name == "step")
        return Value(step);
    return methodAttribute(interpreter, *this, name);
}

std::int64_t RangeObject::size() const
{
    if (step == 0 || (step > 0 ? stop <= start : stop >= start))
        return 0;
    // Without signs, as the ends may be far apart.
    const auto low = static_cast<std::uint64_t>(step > 0 ? start : stop);
    const auto high = static_cast<std::uint64_t>(step > 0 ? stop : start);
    const std::uint64_t by = step > 0 ? static_cast<std::uint64_t>(step)
                                      : std::uint64_t{0} - static_cast<std::uint64_t>(step);
    const std::uint64_t count = (high - low) / by + ((high - low) % by != 0 ? 1 : 0);
    constexpr auto most = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
    return static_cast<std::int64_t>(std::min(count, most));
}

Outcome<std::vector<Value>, Raised> RangeObject::elements(Interpreter& interpreter)
{
    const std::int64_t count = size();
    const auto bytes = static_cast<std::size_t>(count) > SIZE_MAX / sizeof(Value)
                           ? SIZE_MAX
                           : static_cast<std::size_t>(count) * sizeof(Value);
    if (auto raised = interpreter.evaluator().charge(bytes))
        return otherwise(std::move(*raised));
    std::vector<Value> result;
    result.reserve(static_cast<std::size_t>(count));
    for (std::int64_t at = 0; at < count; ++at)
        result.emplace_back(start + at * step);
    return result;
}

Known<bool> RangeObject::truth(Interpreter&)
{
    return size() > 0;
}

std::optional<SliceObject::Positions> SliceObject::positions(std::int64_t size) const
{
    const auto bound = [](const Value& value,
                          std::int64_t otherwiseIs) -> std::optional<std::int64_t> {
        if (value.isNone())
            return otherwiseIs;
        if (const auto* number = value.asInteger())
            return *number;
        return std::nullopt;
    };
    const auto by = bound(step, 1);
    if (!by || *by == 0 || *by == std::numeric_limits<std::int64_t>::min())
        return std::nullopt;
    const std::int64_t lowest = *by > 0 ? 0 : -1;
    const std::int64_t highest = *by > 0 ? size : size - 1;
    const auto placed = [&](const Value& value,
                            std::int64_t otherwiseIs) -> std::optional<std::int64_t> {
        if (value.isNone())
            return otherwiseIs;
        auto place = bound(value, 0);
        if (!place)
            return std::nullopt;
        if (*place < 0)
            *place = *place < -size ? lowest : std::max(*place + size, lowest);
        return std::clamp(*place, lowest, std::max(lowest, highest));
    };
    const auto from = placed(start, *by > 0 ? lowest : highest);
    const auto to = placed(stop, *by > 0 ? highest : lowest);
    if (!from || !to)
        return std::nullopt;
    const RangeObject range(*from, *to, *by);
    return Positions{.start = *from, .step = *by, .count = range.size(), .stop = *to};
}

std::vector<std::string> IteratorObject::classNames() const
{
    return {m_type, "Iterator", "Iterable"};
}

Outcome<std::vector<Value>, Raised> IteratorObject::elements(Interpreter& interpreter)
{
    Items& content = change(interpreter);
    return std::exchange(content.items, {});
}

std::optional<Value> IteratorObject::next(Interpreter& interpreter)
{
    if (now().items.empty())
        return std::nullopt;
    Items& content = change(interpreter);
    Value first = std::move(content.items.front());
    content.items.erase(content.items.begin());
    return first;
}

Outcome<std::vector<Value>, Raised> EndlessObject::elements(Interpreter& interpreter)
{
    return otherwise(interpreter.evaluator().limitReached("a loop without an end"));
}

std::vector<Value> EndlessObject::take(std::size_t count)
{
    std::vector<Value> result;
    for (std::size_t at = 0; at < count; ++at) {
        result.push_back(m_first);
        if (const auto* number = m_first.asInteger(); number != nullptr && m_step != 0) {
            std::int64_t next = 0;
            if (__builtin_add_overflow(*number, m_step, &next))
                m_first = Unknown{"a number too large to follow"};
            else
                m_first = Value(next);
        }
    }
    return result;
}

const std::vector<Value>* plainItems(const Value& value)
{
    if (const auto* list = value.as<ListObject>())
        return &list->now().items;
    if (const auto* tuple = value.as<TupleObject>())
        return &tuple->items();
    if (const auto* set = value.as<SetObject>())
        return &set->now().items;
    return nullptr;
}

Value boundMethod(Evaluator& evaluator, std::string_view name, MethodBody body, Value self)
{
    return evaluator.make<NativeFunction>(
        std::string(name),
        [body, self = std::move(self)](Interpreter& interpreter, const Arguments& arguments) {
            return body(interpreter.evaluator(), self, arguments);
        });
}

std::optional<MethodBody> methodOf(const Value& value, std::string_view name)
{
    if (value.asText() != nullptr)
        return textMethod(name);
    if (value.asBytes() != nullptr)
        return bytesMethod(name);
    if (value.asInteger() != nullptr || value.asFloat() != nullptr || value.asBool() != nullptr)
        return numberMethod(name);
    if (value.as<ListObject>() != nullptr)
        return listMethod(name);
    if (value.as<TupleObject>() != nullptr || value.as<RangeObject>() != nullptr)
        return tupleMethod(name);
    if (value.as<DictObject>() != nullptr)
        return dictMethod(name);
    if (const auto* set = value.as<SetObject>())
        return setMethod(name, set->frozen());
    return std::nullopt;
}

std::optional<MethodBody> methodOfType(std::string_view type, std::string_view name)
{
    struct TypeMethods
    {
        std::string_view type;
        std::optional<MethodBody> (*find)(std::string_view);
    };

    static constexpr std::array table{
        TypeMethods{"str", textMethod},
        TypeMethods{"bytes", bytesMethod},
        TypeMethods{"int", numberMethod},
        TypeMethods{"float", numberMethod},
        TypeMethods{"list", listMethod},
        TypeMethods{"tuple", tupleMethod},
        TypeMethods{"dict", dictMethod},
        TypeMethods{"OrderedDict", dictMethod},
    };
    for (const TypeMethods& each : table) {
        if (each.type == type)
            return each.find(name);
    }
    if (type == "set" || type == "frozenset")
        return setMethod(name, type == "frozenset");
    return std::nullopt;
}

} // namespace sightglass
