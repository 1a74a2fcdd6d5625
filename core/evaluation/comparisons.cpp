// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluation/classes.h"
#include "core/evaluation/containers.h"
#include "core/evaluation/evaluator.h"

namespace sightglass {

namespace {

constexpr int deepest = 60;

std::optional<std::int64_t> integerOf(const Value& value)
{
    if (const auto* number = value.asInteger())
        return *number;
    if (const bool* flag = value.asBool())
        return *flag ? 1 : 0;
    return std::nullopt;
}

std::optional<double> numberOf(const Value& value)
{
    if (const auto* number = value.asFloat())
        return *number;
    if (const auto number = integerOf(value))
        return static_cast<double>(*number);
    return std::nullopt;
}

/// Where a value is an enum's member that is a text or number, that one.
const Value& plain(const Value& value)
{
    const auto* member = value.as<FileEnumMember>();
    return member != nullptr && member->asPlain() != nullptr ? *member->asPlain() : value;
}

/// Left `is` right. A native class may have several objects here, one for each way to it.
Known<bool> isSame(const Value& left, const Value& right)
{
    if (left.storage() == right.storage())
        return true;
    const auto* one = left.as<NativeClass>();
    const auto* other = right.as<NativeClass>();
    if (one == nullptr || other == nullptr || one->name() != other->name())
        return false;
    if (one->bases() == other->bases())
        return true;
    return Unknown{"whether two classes " + one->name() + " are the same"};
}

} // namespace

Known<bool> Evaluator::equal(const Value& left, const Value& right, int level)
{
    if (left.isUnknown())
        return Unknown{left.reason()};
    if (right.isUnknown())
        return Unknown{right.reason()};
    if (level > deepest)
        return Unknown{"values too deep within each other"};
    if (left.asText() != nullptr && right.asText() != nullptr)
        return *left.asText() == *right.asText();
    if (const auto a = integerOf(left), b = integerOf(right); a && b)
        return *a == *b;
    if (const auto a = numberOf(left), b = numberOf(right); a && b)
        return *a == *b;
    Object* a = left.asObject();
    Object* b = right.asObject();
    if (a == nullptr && b == nullptr)
        return left.storage() == right.storage();
    if (const auto why = doubt(left) ? doubt(left) : doubt(right))
        return *why;
    const auto* pairs = left.as<DictObject>();
    const auto* others = right.as<DictObject>();
    if (pairs != nullptr && others != nullptr) {
        if (pairs->now().pairs.size() != others->now().pairs.size())
            return false;
        for (const auto& [key, value] : pairs->now().pairs) {
            const auto found = others->find(*this, key);
            if (!found)
                return Unknown{"a key that is not followed"};
            if (*found == nullptr)
                return false;
            const Known<bool> same = equal(value, **found, level + 1);
            if (!same.isKnown() || !same.value())
                return same;
        }
        return true;
    }
    const auto* items = plainItems(left);
    const auto* more = plainItems(right);
    if (items != nullptr && more != nullptr) {
        const auto kind = [](const Value& value) {
            return value.as<ListObject>() != nullptr    ? 0
                   : value.as<TupleObject>() != nullptr ? 1
                                                        : 2;
        };
        if (kind(left) != kind(right) || items->size() != more->size())
            return false;
        for (std::size_t at = 0; at < items->size(); ++at) {
            if (kind(left) == 2) {
                const auto has = contains(right, (*items)[at]);
                if (!has || !has->isKnown())
                    return Unknown{"items that are not followed"};
                if (!has->value())
                    return false;
                continue;
            }
            const Known<bool> same = equal((*items)[at], (*more)[at], level + 1);
            if (!same.isKnown() || !same.value())
                return same;
        }
        return true;
    }
    for (const bool reflected : {false, true}) {
        Object* asked = reflected ? b : a;
        if (asked == nullptr || plainItems(reflected ? right : left) != nullptr)
            continue;
        if (auto result = asked->binary(interpreter, "==", reflected ? left : right, reflected)) {
            if (!*result)
                return Unknown{"a comparison that raises"};
            if ((*result)->asBool() != nullptr)
                return *(*result)->asBool();
            return truth(**result);
        }
    }
    if (a != nullptr && a == b)
        return true;
    const bool builtin = (a == nullptr || items != nullptr || pairs != nullptr) &&
                         (b == nullptr || more != nullptr || others != nullptr);
    if (builtin || left.isNone() || right.isNone())
        return false;
    return a != nullptr && b != nullptr ? Known<bool>(a == b) : Known<bool>(false);
}

Known<bool> Evaluator::less(const Value& given, const Value& other, int level)
{
    const Value& left = plain(given);
    const Value& right = plain(other);
    if (left.isUnknown())
        return Unknown{left.reason()};
    if (right.isUnknown())
        return Unknown{right.reason()};
    if (level > deepest)
        return Unknown{"values too deep within each other"};
    if (left.asText() != nullptr && right.asText() != nullptr)
        return *left.asText() < *right.asText(); // UTF-8 keeps the order of code points
    if (const auto a = integerOf(left), b = integerOf(right); a && b)
        return *a < *b;
    if (const auto a = numberOf(left), b = numberOf(right); a && b)
        return *a < *b;
    if (left.asBytes() != nullptr && right.asBytes() != nullptr)
        return left.asBytes()->bytes < right.asBytes()->bytes;
    const auto* items = plainItems(left);
    const auto* more = plainItems(right);
    if (items != nullptr && more != nullptr && left.as<SetObject>() == nullptr) {
        for (std::size_t at = 0; at < items->size() && at < more->size(); ++at) {
            const Known<bool> same = equal((*items)[at], (*more)[at], level + 1);
            if (!same.isKnown())
                return same;
            if (!same.value())
                return less((*items)[at], (*more)[at], level + 1);
        }
        return items->size() < more->size();
    }
    if (Object* object = left.asObject()) {
        if (auto result = object->binary(interpreter, "<", right, false))
            return *result ? truth(**result) : Known<bool>(Unknown{"a comparison that raises"});
    }
    return Unknown{"which of a " + typeName(left) + " and a " + typeName(right) + " is less"};
}

Outcome<Known<bool>, Raised> Evaluator::contains(const Value& container, const Value& item)
{
    if (container.isUnknown())
        return Known<bool>(Unknown{container.reason()});
    if (const std::string* text = container.asText()) {
        const Value& part = plain(item);
        if (part.isUnknown())
            return Known<bool>(Unknown{part.reason()});
        if (part.asText() == nullptr)
            return otherwise(
                makeRaised("TypeError",
                           "'in <string>' requires string as left operand, not " + typeName(item)));
        return Known<bool>(text->find(*part.asText()) != std::string::npos);
    }
    const auto why = doubt(container);
    if (const auto* dictionary = container.as<DictObject>(); dictionary != nullptr && !why) {
        const auto found = dictionary->find(*this, item);
        if (!found)
            return Known<bool>(
                Unknown{item.isUnknown() ? item.reason() : "a key that is not followed"});
        return Known<bool>(*found != nullptr);
    }
    Object* object = container.asObject();
    if (object != nullptr && plainItems(container) == nullptr) {
        if (auto result = object->binary(interpreter, "in", item, true)) {
            if (!*result)
                return otherwise(std::move(result->error()));
            return truth(**result);
        }
    }
    if (why)
        return Known<bool>(*why);
    auto all = elements(container);
    if (!all)
        return otherwise(std::move(all.error()));
    std::optional<Unknown> open;
    for (const Value& each : *all) {
        const Known<bool> same = equal(each, item);
        if (same.isKnown() && same.value())
            return same;
        if (!same.isKnown() && !open)
            open = Unknown{same.reason()};
    }
    return open ? Known<bool>(*open) : Known<bool>(false);
}

Evaluated Evaluator::compare(std::string_view op, const Value& left, const Value& right)
{
    if (op == "in" || op == "not in") {
        auto has = contains(right, left);
        if (!has)
            return otherwise(std::move(has.error()));
        if (!has->isKnown())
            return Unknown{has->reason()};
        return Value(has->value() == (op == "in"));
    }
    if (op == "is" || op == "is not") {
        if (left.isUnknown())
            return left;
        if (right.isUnknown())
            return right;
        const Known<bool> same = isSame(left, right);
        if (!same.isKnown())
            return Unknown{same.reason()};
        return Value(same.value() == (op == "is"));
    }
    if (op == "<>")
        op = "!=";
    // Operators of objects give objects: column == 'x' is a clause.
    for (const bool reflected : {false, true}) {
        const Value& asked = reflected ? right : left;
        Object* object = asked.asObject();
        if (object == nullptr || plainItems(asked) != nullptr || asked.as<DictObject>() != nullptr)
            continue;
        const std::string_view sign = !reflected   ? op
                                      : op == "<"  ? ">"
                                      : op == ">"  ? "<"
                                      : op == "<=" ? ">="
                                      : op == ">=" ? "<="
                                                   : op;
        if (auto result = object->binary(interpreter, sign, reflected ? left : right, reflected))
            return std::move(*result);
    }
    if (op == "==" || op == "!=") {
        const Known<bool> same = equal(left, right);
        if (!same.isKnown())
            return Unknown{same.reason()};
        return Value(same.value() == (op == "=="));
    }
    const bool swapped = op == ">" || op == "<=";
    if (const auto* a = left.as<SetObject>(); a != nullptr && right.as<SetObject>() != nullptr)
        return Unknown{"whether a set is a part of another"};
    const Known<bool> is = swapped ? less(right, left) : less(left, right);
    if (!is.isKnown()) {
        const bool plainKinds = left.asObject() == nullptr && right.asObject() == nullptr &&
                                !left.isUnknown() && !right.isUnknown();
        if (plainKinds)
            return otherwise(makeRaised("TypeError",
                                        "'" + std::string(op) +
                                            "' not supported between instances of '" +
                                            typeName(left) + "' and '" + typeName(right) + "'"));
        return Unknown{is.reason()};
    }
    const bool strict = op == "<" || op == ">";
    return Value(strict ? is.value() : !is.value());
}

} // namespace sightglass
