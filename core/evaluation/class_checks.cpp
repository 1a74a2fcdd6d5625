// SPDX-License-Identifier: GPL-3.0-or-later
// isinstance(), issubclass(), and what makes two keys of a dictionary the same.
#include "core/evaluation/classes.h"
#include "core/evaluation/containers.h"
#include "core/evaluation/evaluator.h"
#include "core/evaluation/text_format.h"

#include <algorithm>
#include <cmath>

namespace sightglass {

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
