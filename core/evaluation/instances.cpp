// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluation/classes.h"
#include "core/evaluation/containers.h"

#include <algorithm>
#include <array>

namespace sightglass {

namespace {

struct OperatorName
{
    std::string_view op;
    std::string_view method;
    std::string_view reflected;
};

constexpr std::array operatorNames{
    OperatorName{"+", "__add__", "__radd__"},
    OperatorName{"-", "__sub__", "__rsub__"},
    OperatorName{"*", "__mul__", "__rmul__"},
    OperatorName{"/", "__truediv__", "__rtruediv__"},
    OperatorName{"//", "__floordiv__", "__rfloordiv__"},
    OperatorName{"%", "__mod__", "__rmod__"},
    OperatorName{"|", "__or__", "__ror__"},
    OperatorName{"&", "__and__", "__rand__"},
    OperatorName{"^", "__xor__", "__rxor__"},
    OperatorName{"==", "__eq__", "__eq__"},
    OperatorName{"!=", "__ne__", "__ne__"},
    OperatorName{"<", "__lt__", "__gt__"},
    OperatorName{"<=", "__le__", "__ge__"},
    OperatorName{">", "__gt__", "__lt__"},
    OperatorName{">=", "__ge__", "__le__"},
    OperatorName{"in", "__contains__", "__contains__"},
};

} // namespace

std::vector<std::string> FileInstance::classNames() const
{
    std::vector<std::string> result = m_class.baseNames();
    result.insert(result.begin(), m_class.name());
    return result;
}

FileInstance::Attributes& FileInstance::writable(Interpreter& interpreter)
{
    interpreter.evaluator().noteChange(*this);
    if (m_attributes.use_count() > 1)
        m_attributes = std::make_shared<Attributes>(*m_attributes);
    return *m_attributes;
}

void FileInstance::put(Interpreter& interpreter, std::string_view name, Value value)
{
    writable(interpreter).insert_or_assign(std::string(name), std::move(value));
}

void FileInstance::remove(Interpreter& interpreter, std::string_view name)
{
    Attributes& own = writable(interpreter);
    if (const auto found = own.find(name); found != own.end())
        own.erase(found);
}

void FileInstance::doubt(Unknown reason)
{
    doubted = std::move(reason);
}

bool FileInstance::has(std::string_view special) const
{
    return m_class.lookUp(special) != nullptr;
}

Evaluated
FileInstance::special(Interpreter& interpreter, std::string_view name, std::vector<Value> arguments)
{
    const Value* found = m_class.lookUp(name);
    if (found == nullptr)
        return Unknown{std::string(name) + " of a " + typeName() + " is not followed"};
    Evaluated bound = bindAttribute(interpreter.evaluator(), *found, Value(this), m_class);
    if (!bound)
        return bound;
    Arguments all;
    all.positional = std::move(arguments);
    return interpreter.call(*bound, all);
}

Evaluated FileInstance::attribute(Interpreter& interpreter, std::string_view name)
{
    Evaluator& evaluator = interpreter.evaluator();
    const Value* found = m_class.lookUp(name);
    const auto* wrapper = found == nullptr ? nullptr : found->as<WrapperObject>();
    if (wrapper != nullptr && wrapper->kind == WrapperObject::Kind::Property)
        return bindAttribute(evaluator, *found, Value(this), m_class);
    // Attributes may be others than these; a method stays what the class says.
    if (doubted && (m_attributes->find(name) != m_attributes->end() || found == nullptr ||
                    found->as<FunctionObject>() == nullptr))
        return *doubted;
    if (const auto own = m_attributes->find(name); own != m_attributes->end())
        return own->second;
    if (found != nullptr) {
        Evaluated value = bindAttribute(evaluator, *found, Value(this), m_class);
        if (value && wrapper != nullptr && wrapper->kind == WrapperObject::Kind::CachedProperty)
            put(interpreter, name, *value);
        return value;
    }
    if (name == "__class__")
        return Value(&m_class);
    if (name == "__dict__") {
        std::vector<std::pair<Value, Value>> pairs;
        for (const auto& [key, value] : *m_attributes)
            pairs.emplace_back(Value(key), value);
        return interpreter.makeDictionary(std::move(pairs));
    }
    if (name == "args" && m_base)
        return interpreter.makeTuple(m_base->positional);
    if (has("__getattr__"))
        return special(interpreter, "__getattr__", {Value(name)});
    if (!name.starts_with("__")) {
        if (auto native = nativeAttribute(evaluator, m_class, Value(this), name))
            return std::move(*native);
    }
    if (const Unknown* why = m_class.unknownBase())
        return *why;
    if (m_class.decorated)
        return *m_class.decorated;
    if (!m_class.nativeBases().empty() || !m_class.keywords.empty() || name.starts_with("__"))
        return Unknown{typeName() + "." + std::string(name) + " is not known"};
    return otherwise(evaluator.makeRaised("AttributeError",
                                          "'" + typeName() + "' object has no attribute '" +
                                              std::string(name) + "'"));
}

std::optional<Raised>
FileInstance::setAttribute(Interpreter& interpreter, std::string_view name, const Value& value)
{
    if (m_class.frozen)
        return interpreter.evaluator().makeRaised(
            "FrozenInstanceError", "cannot assign to field '" + std::string(name) + "'");
    const Value* found = m_class.lookUp(name);
    const auto* wrapper = found == nullptr ? nullptr : found->as<WrapperObject>();
    if (wrapper != nullptr && wrapper->kind == WrapperObject::Kind::Property) {
        if (wrapper->setter.isNone())
            return interpreter.evaluator().makeRaised(
                "AttributeError", "property '" + std::string(name) + "' has no setter");
        Arguments arguments;
        arguments.positional = {Value(this), value};
        Evaluated result = interpreter.call(wrapper->setter, arguments);
        return result ? std::nullopt : std::optional(std::move(result.error()));
    }
    put(interpreter, name, value);
    return std::nullopt;
}

Evaluated FileInstance::call(Interpreter& interpreter, const Arguments& arguments)
{
    const Value* found = m_class.lookUp("__call__");
    if (found == nullptr) {
        if (m_class.unknownBase() != nullptr || !m_class.nativeBases().empty())
            return interpreter.evaluator().unknownCall(
                typeName(), "what calling a " + typeName() + " does is not known", arguments);
        return otherwise(interpreter.evaluator().makeRaised(
            "TypeError", "'" + typeName() + "' object is not callable"));
    }
    Evaluated bound = bindAttribute(interpreter.evaluator(), *found, Value(this), m_class);
    return bound ? interpreter.call(*bound, arguments) : bound;
}

Evaluated FileInstance::subscript(Interpreter& interpreter, const Value& key)
{
    return special(interpreter, "__getitem__", {key});
}

std::optional<Raised>
FileInstance::setSubscript(Interpreter& interpreter, const Value& key, const Value& value)
{
    Evaluated result = special(interpreter, "__setitem__", {key, value});
    return result ? std::nullopt : std::optional(std::move(result.error()));
}

std::optional<Evaluated> FileInstance::binary(Interpreter& interpreter,
                                              std::string_view op,
                                              const Value& other,
                                              bool reflected)
{
    const auto* known = std::ranges::find(operatorNames, op, &OperatorName::op);
    if (known == operatorNames.end())
        return std::nullopt;
    const std::string_view method = reflected ? known->reflected : known->method;
    if (has(method))
        return special(interpreter, method, {other});
    if (op == "!=" && has("__eq__")) {
        Evaluated same = special(interpreter, "__eq__", {other});
        if (!same)
            return same;
        const Known<bool> truth = interpreter.truthOf(*same);
        return truth.isKnown() ? Evaluated(Value(!truth.value()))
                               : Evaluated(Unknown{truth.reason()});
    }
    if (m_class.unknownBase() != nullptr || !m_class.nativeBases().empty())
        return Evaluated(Unknown{std::string(op) + " of a " + typeName() + " is not known"});
    if (op == "==" || op == "!=") {
        const auto* same = other.as<FileInstance>();
        if (m_class.shape == FileClass::Shape::DataClass && same != nullptr &&
            &same->m_class == &m_class) {
            for (const auto& field : m_class.fields) {
                const auto mine = m_attributes->find(field.name);
                const auto theirs = same->m_attributes->find(field.name);
                if (mine == m_attributes->end() || theirs == same->m_attributes->end())
                    return Evaluated(Unknown{"fields that are not set"});
                const Known<bool> equal = interpreter.equal(mine->second, theirs->second);
                if (!equal.isKnown())
                    return Evaluated(Unknown{equal.reason()});
                if (!equal.value())
                    return Evaluated(Value(op == "!="));
            }
            return Evaluated(Value(op == "=="));
        }
        return Evaluated(Value((other.asObject() == this) == (op == "==")));
    }
    return std::nullopt;
}

Evaluated FileInstance::unary(Interpreter& interpreter, std::string_view op)
{
    const std::string_view method = op == "-" ? "__neg__" : op == "~" ? "__invert__" : "__pos__";
    return special(interpreter, method, {});
}

Outcome<std::vector<Value>, Raised> FileInstance::elements(Interpreter& interpreter)
{
    if (!has("__iter__")) {
        if (m_class.unknownBase() == nullptr && m_class.nativeBases().empty() &&
            !has("__getitem__") && !has("__getattr__") && !m_class.decorated)
            return otherwise(interpreter.evaluator().makeRaised(
                "TypeError", "'" + typeName() + "' object is not iterable"));
        return std::vector<Value>{Unknown{"the elements of a " + typeName()}};
    }
    Evaluated made = special(interpreter, "__iter__", {});
    if (!made)
        return otherwise(std::move(made.error()));
    if (made->asObject() == this)
        return std::vector<Value>{Unknown{"the elements of a " + typeName()}};
    return interpreter.elementsOf(*made);
}

Known<bool> FileInstance::truth(Interpreter& interpreter)
{
    for (const std::string_view method : {"__bool__", "__len__"}) {
        if (!has(method))
            continue;
        const Evaluated result = special(interpreter, method, {});
        if (!result)
            return Unknown{"whether a " + typeName() + " is true"};
        return interpreter.truthOf(*result);
    }
    if (m_class.unknownBase() != nullptr || !m_class.nativeBases().empty())
        return Unknown{"whether a " + typeName() + " is true"};
    return true;
}

Evaluated FileInstance::enter(Interpreter& interpreter)
{
    if (has("__enter__"))
        return special(interpreter, "__enter__", {});
    if (has("__aenter__"))
        return special(interpreter, "__aenter__", {});
    return Unknown{"what entering a " + typeName() + " gives"};
}

std::optional<Raised> FileInstance::exit(Interpreter& interpreter, const Raised* raised)
{
    exitSwallowed = false;
    const std::string_view method = has("__exit__") ? "__exit__" : "__aexit__";
    if (!has(method))
        return std::nullopt;
    std::vector<Value> arguments(3);
    if (raised != nullptr) {
        arguments[0] = Unknown{"the class of an exception"};
        arguments[1] =
            raised->exception.isNone()
                ? Value(interpreter.make<ExceptionObject>(
                      raised->type, raised->bases, std::vector<Value>{Value(raised->message)}))
                : raised->exception;
        arguments[2] = Unknown{"a traceback"};
    }
    Evaluated result = special(interpreter, method, std::move(arguments));
    if (!result)
        return std::move(result.error());
    const Known<bool> swallowed = interpreter.truthOf(*result);
    exitSwallowed = swallowed.isKnown() && swallowed.value();
    return std::nullopt;
}

Known<std::string> FileInstance::text(Interpreter& interpreter)
{
    for (const std::string_view method : {"__str__", "__repr__"}) {
        if (!has(method))
            continue;
        const Evaluated result = special(interpreter, method, {});
        if (result && result->asText() != nullptr)
            return *result->asText();
        return Unknown{result && result->isUnknown() ? result->reason()
                                                     : "the text of a " + typeName()};
    }
    const auto bases = m_class.baseNames();
    if (std::ranges::find(bases, "BaseException") != bases.end() && m_base &&
        m_base->positional.size() == 1)
        return interpreter.textOf(m_base->positional.front());
    return Unknown{"the text of a " + typeName()};
}

} // namespace sightglass
