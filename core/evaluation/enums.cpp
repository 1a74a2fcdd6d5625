// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluation/builtins.h"
#include "core/evaluation/classes.h"
#include "core/evaluation/containers.h"

#include <algorithm>
#include <string>

namespace sightglass {

namespace {

/// What stands for enum.auto() until the class is complete.
bool isAuto(const Value& value)
{
    const auto* object = value.as<ExceptionObject>();
    return object != nullptr && object->type == "auto";
}

std::string lowered(std::string text)
{
    for (char& each : text) {
        if (each >= 'A' && each <= 'Z')
            each = static_cast<char>(each - 'A' + 'a');
    }
    return text;
}

/// Names of an enum's body that are no members.
bool isOrdinary(const std::string& name, const Value& value)
{
    return name.starts_with('_') || value.as<FunctionObject>() != nullptr ||
           value.as<WrapperObject>() != nullptr || value.as<NativeFunction>() != nullptr ||
           value.as<FileClass>() != nullptr;
}

Value autoValue(Evaluator& evaluator, const FileClass& made, const std::string& name)
{
    if (const Value* own = made.lookUp("_generate_next_value_"); own != nullptr) {
        std::vector<Value> earlier;
        for (const auto& each : made.members)
            earlier.push_back(each.value);
        Value function = *own;
        if (const auto* wrapper = own->as<WrapperObject>())
            function = wrapper->function;
        Arguments arguments;
        arguments.positional = {Value(name),
                                Value(1),
                                Value(static_cast<std::int64_t>(made.members.size())),
                                evaluator.interpreter.makeList(std::move(earlier))};
        Evaluated result = evaluator.call(function, arguments);
        return result ? *result : Value(Unknown{"auto() of " + made.name()});
    }
    if (made.enumKind == FileClass::EnumKind::Text)
        return Value(lowered(name));
    std::int64_t most = 0;
    for (const auto& each : made.members) {
        const auto* number = each.value.asInteger();
        if (number == nullptr)
            return Unknown{"auto() beside values that are no numbers"};
        most = std::max(most, *number);
    }
    if (most == std::numeric_limits<std::int64_t>::max())
        return Unknown{"a number too large to follow"};
    return Value(most + 1);
}

Outcome<Value, Raised>
memberFor(Evaluator& evaluator, FileClass& made, const std::string& name, Value value)
{
    if (isAuto(value))
        value = autoValue(evaluator, made, name);
    for (const auto& each : made.members) {
        const Known<bool> same = evaluator.equal(each.value, value);
        if (same.isKnown() && same.value() && !value.isUnknown())
            return *made.lookUp(each.name); // another name for it
    }
    auto* member = evaluator.make<FileEnumMember>(made, name, value);
    if (const Value* initialize = made.lookUp("__init__");
        initialize != nullptr && initialize->as<FunctionObject>() != nullptr) {
        Arguments arguments;
        if (const auto* tuple = value.as<TupleObject>())
            arguments.positional = tuple->items();
        else
            arguments.positional.push_back(value);
        const Value self(member);
        Evaluated result =
            evaluator.callFunction(*initialize->as<FunctionObject>(), arguments, &self);
        if (!result)
            return otherwise(std::move(result.error()));
    }
    return Value(member);
}

} // namespace

std::optional<Raised> finishEnum(Evaluator& evaluator, FileClass& made)
{
    if (!made.isEnum())
        return std::nullopt;
    const auto body = made.body();
    for (const auto& [name, value] : body) {
        if (isOrdinary(name, value))
            continue;
        auto member = memberFor(evaluator, made, name, value);
        if (!member)
            return std::move(member.error());
        Value held = value;
        if (const auto* object = member->as<FileEnumMember>())
            held = object->value();
        made.members.push_back({.name = name, .value = std::move(held)});
        made.set(name, *member);
    }
    return std::nullopt;
}

Evaluated FileClass::memberOf(Interpreter& interpreter, const Arguments& arguments)
{
    Evaluator& evaluator = interpreter.evaluator();
    if (arguments.positional.empty() || arguments.hidden)
        return Unknown{"a member of " + m_name};
    const Value& wanted = arguments.positional.front();
    if (members.empty() && arguments.positional.size() > 1)
        return makeEnum(evaluator, *this, arguments);
    if (wanted.isUnknown())
        return wanted;
    if (wanted.as<FileEnumMember>() != nullptr)
        return wanted;
    std::optional<Unknown> open;
    for (const EnumMember& each : members) {
        const Known<bool> same = interpreter.equal(each.value, wanted);
        if (same.isKnown() && same.value())
            return *lookUp(each.name);
        if (!same.isKnown())
            open = Unknown{same.reason()};
    }
    if (open)
        return *open;
    if (lookUp("_missing_") != nullptr)
        return Unknown{m_name + " answers for values that it does not have"};
    const Known<std::string> shown = evaluator.shown(wanted);
    return otherwise(evaluator.makeRaised(
        "ValueError", (shown.isKnown() ? shown.value() : "a value") + " is not a valid " + m_name));
}

Evaluated makeEnum(Evaluator& evaluator, FileClass& base, const Arguments& arguments)
{
    const std::string* name = arguments.positional.front().asText();
    const Value& given = arguments.positional[1];
    if (name == nullptr || evaluator.doubt(given))
        return Unknown{"an enum whose members are not known"};
    FileClass* made =
        makeClass(evaluator, *name, {Value(&base)}, base.moduleName(), arguments.span);
    std::vector<std::pair<std::string, Value>> pairs;
    if (const auto* dictionary = given.as<DictObject>()) {
        for (const auto& [key, value] : dictionary->now().pairs) {
            if (const std::string* text = key.asText())
                pairs.emplace_back(*text, value);
        }
    } else {
        std::vector<Value> items;
        if (const std::string* text = given.asText()) {
            std::string word;
            for (const char each : *text + " ") {
                if (each != ' ' && each != ',') {
                    word.push_back(each);
                } else if (!word.empty()) {
                    items.emplace_back(std::exchange(word, {}));
                }
            }
        } else {
            auto all = evaluator.elements(given);
            if (!all)
                return otherwise(std::move(all.error()));
            items = std::move(*all);
        }
        for (const Value& each : items) {
            const auto* pair = plainItems(each);
            if (const std::string* text = each.asText())
                pairs.emplace_back(*text,
                                   base.enumKind == FileClass::EnumKind::Text
                                       ? Value(lowered(*text))
                                       : Value(static_cast<std::int64_t>(pairs.size() + 1)));
            else if (pair != nullptr && pair->size() == 2 && (*pair)[0].asText() != nullptr)
                pairs.emplace_back(*(*pair)[0].asText(), (*pair)[1]);
            else
                return Unknown{"an enum whose members are not known"};
        }
    }
    for (auto& [key, value] : pairs)
        made->set(key, std::move(value));
    if (auto failed = finishEnum(evaluator, *made))
        return otherwise(std::move(*failed));
    return Value(made);
}

std::vector<std::string> FileEnumMember::classNames() const
{
    std::vector<std::string> result = m_class.baseNames();
    result.insert(result.begin(), m_class.name());
    if (const Value* plain = asPlain()) {
        if (plain->asText() != nullptr)
            result.emplace_back("str");
        else if (plain->asInteger() != nullptr)
            result.emplace_back("int");
    }
    return result;
}

const Value* FileEnumMember::asPlain() const
{
    return m_class.enumKind == FileClass::EnumKind::Plain && !m_class.enumHoldsText ? nullptr
                                                                                    : &m_value;
}

Evaluated FileEnumMember::attribute(Interpreter& interpreter, std::string_view name)
{
    if (const auto own = attributes.find(name); own != attributes.end())
        return own->second;
    const Value* found = m_class.lookUp(name);
    const bool ordinary = found != nullptr && found->as<FileEnumMember>() == nullptr;
    if (name == "value" || name == "_value_")
        return ordinary && name == "value"
                   ? bindAttribute(interpreter.evaluator(), *found, Value(this), m_class)
                   : Evaluated(m_value);
    if (name == "name" || name == "_name_")
        return Value(m_name);
    if (found != nullptr)
        return bindAttribute(interpreter.evaluator(), *found, Value(this), m_class);
    if (name == "__class__")
        return Value(&m_class);
    if (const Value* plain = asPlain()) {
        Evaluated held = interpreter.attribute(*plain, name);
        if (held)
            return held;
    }
    if (const Unknown* why = m_class.unknownBase())
        return *why;
    if (name.starts_with("__"))
        return Unknown{std::string(name) + " of an enum's member"};
    return otherwise(interpreter.evaluator().makeRaised(
        "AttributeError",
        "'" + m_class.name() + "' object has no attribute '" + std::string(name) + "'"));
}

std::optional<Raised>
FileEnumMember::setAttribute(Interpreter&, std::string_view name, const Value& value)
{
    if (name == "_value_")
        m_value = value;
    else
        attributes.insert_or_assign(std::string(name), value);
    return std::nullopt;
}

Evaluated FileEnumMember::call(Interpreter& interpreter, const Arguments& arguments)
{
    const Value* found = m_class.lookUp("__call__");
    if (found == nullptr)
        return Unknown{"calling a member of " + m_class.name()};
    Evaluated bound = bindAttribute(interpreter.evaluator(), *found, Value(this), m_class);
    return bound ? interpreter.call(*bound, arguments) : bound;
}

std::optional<Evaluated> FileEnumMember::binary(Interpreter& interpreter,
                                                std::string_view op,
                                                const Value& other,
                                                bool reflected)
{
    Evaluator& evaluator = interpreter.evaluator();
    const auto* member = other.as<FileEnumMember>();
    if ((op == "==" || op == "!=") && m_class.lookUp("__eq__") == nullptr) {
        if (const Value* plain = asPlain(); plain != nullptr && member == nullptr)
            return evaluator.compare(op, *plain, other);
        if (member != nullptr && asPlain() != nullptr && member->asPlain() != nullptr)
            return evaluator.compare(op, *asPlain(), *member->asPlain());
        return Evaluated(Value((member == this) == (op == "==")));
    }
    if (const Value* plain = asPlain()) {
        const Value theirs =
            member != nullptr && member->asPlain() != nullptr ? *member->asPlain() : other;
        const Value& left = reflected ? theirs : *plain;
        const Value& right = reflected ? *plain : theirs;
        if (op == "<" || op == "<=" || op == ">" || op == ">=")
            return reflected ? evaluator.compare(op, right, left)
                             : evaluator.compare(op, left, right);
        if (op != "in")
            return evaluator.binary(op, left, right);
    }
    return std::nullopt;
}

Known<bool> FileEnumMember::truth(Interpreter& interpreter)
{
    if (m_class.lookUp("__bool__") != nullptr)
        return Unknown{"whether a member of " + m_class.name() + " is true"};
    if (const Value* plain = asPlain())
        return interpreter.truthOf(*plain);
    return true;
}

Known<std::string> FileEnumMember::text(Interpreter& interpreter)
{
    if (const Value* own = m_class.lookUp("__str__")) {
        Evaluated bound = bindAttribute(interpreter.evaluator(), *own, Value(this), m_class);
        const Evaluated result = bound ? interpreter.call(*bound, {}) : bound;
        if (result && result->asText() != nullptr)
            return *result->asText();
        return Unknown{"the text of a member of " + m_class.name()};
    }
    if (m_class.enumKind != FileClass::EnumKind::Plain)
        return interpreter.textOf(m_value);
    return m_class.name() + "." + m_name;
}

} // namespace sightglass
