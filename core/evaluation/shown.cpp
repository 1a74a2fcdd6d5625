// SPDX-License-Identifier: GPL-3.0-or-later
// repr(): how a program shows values.
#include "core/evaluation/classes.h"
#include "core/evaluation/containers.h"
#include "core/evaluation/evaluator.h"
#include "core/evaluation/text_format.h"

namespace sightglass {

namespace {

constexpr int deepest = 40; // of containers within each other

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

} // namespace sightglass
