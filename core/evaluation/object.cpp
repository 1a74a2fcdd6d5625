// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluation/object.h"

#include "core/evaluation/containers.h"
#include "core/evaluation/interpreter.h"

namespace sightglass {

namespace {

Unknown notKnown(const std::string& what)
{
    return Unknown{what + " is not known to this reader"};
}

} // namespace

Object::~Object() = default;

std::vector<std::string> Object::classNames() const
{
    return {typeName()};
}

Evaluated Object::attribute(Interpreter&, std::string_view name)
{
    return notKnown(typeName() + "." + std::string(name));
}

std::optional<Raised> Object::setAttribute(Interpreter&, std::string_view, const Value&)
{
    return std::nullopt;
}

Evaluated Object::call(Interpreter&, const Arguments&)
{
    return notKnown("the result of calling a " + typeName());
}

Evaluated Object::subscript(Interpreter&, const Value&)
{
    return notKnown("an element of a " + typeName());
}

std::optional<Raised> Object::setSubscript(Interpreter&, const Value&, const Value&)
{
    return std::nullopt;
}

std::optional<Evaluated> Object::binary(Interpreter&, std::string_view, const Value&, bool)
{
    return std::nullopt;
}

Evaluated Object::unary(Interpreter&, std::string_view op)
{
    return notKnown(std::string(op) + " of a " + typeName());
}

Outcome<std::vector<Value>, Raised> Object::elements(Interpreter&)
{
    return std::vector<Value>{notKnown("the elements of a " + typeName())};
}

Known<bool> Object::truth(Interpreter&)
{
    return notKnown("whether a " + typeName() + " is true");
}

Evaluated Object::enter(Interpreter&)
{
    return Value(this);
}

std::optional<Raised> Object::exit(Interpreter&, const Raised*)
{
    return std::nullopt;
}

Known<std::string> Object::text(Interpreter&)
{
    return notKnown("the text of a " + typeName());
}

Evaluated NativeFunction::attribute(Interpreter&, std::string_view name)
{
    if (name == "__name__" || name == "__qualname__")
        return Value(m_name);
    if (name == "__doc__")
        return Value();
    return notKnown(m_name + "." + std::string(name));
}

NativeClass::NativeClass(std::string name,
                         std::vector<std::string> bases,
                         NativeFunction::Body construct)
    : m_name(std::move(name))
    , m_bases(std::move(bases))
    , m_construct(std::move(construct))
{}

namespace {

/// Methods of a built-in type rely on what they are called for.
bool isOfType(const Value& value, const std::string& type)
{
    if (const Object* object = value.asObject())
        return object->typeName() == type;
    return (type == "str" && value.asText() != nullptr) ||
           (type == "bytes" && value.asBytes() != nullptr) ||
           (type == "int" && value.asInteger() != nullptr) ||
           (type == "float" && value.asFloat() != nullptr);
}

} // namespace

Evaluated NativeClass::attribute(Interpreter& interpreter, std::string_view name)
{
    if (const auto found = m_attributes.find(name); found != m_attributes.end())
        return found->second;
    if (name == "__name__" || name == "__qualname__")
        return Value(m_name);
    if (name == "__doc__")
        return Value();
    // str.join(", ", names): a method without its object.
    if (const auto method = methodOfType(m_name, name)) {
        const MethodBody body = *method;
        return interpreter.makeFunction(
            std::string(name),
            [body, type = m_name](Interpreter& running, const Arguments& arguments) -> Evaluated {
                if (arguments.positional.empty() || !isOfType(arguments.positional.front(), type))
                    return notKnown("a method of " + type + " without an object of that type");
                Arguments rest = arguments;
                rest.positional.erase(rest.positional.begin());
                return body(running.evaluator(), arguments.positional.front(), rest);
            });
    }
    return notKnown(m_name + "." + std::string(name));
}

void NativeClass::setClassAttribute(std::string name, Value value)
{
    m_attributes.insert_or_assign(std::move(name), std::move(value));
}

Evaluated NativeModule::attribute(Interpreter& interpreter, std::string_view name)
{
    if (const Value* found = find(interpreter, name))
        return *found;
    if (name == "__name__")
        return Value(m_name);
    const std::string dotted = m_name + "." + std::string(name);
    if (!name.starts_with("__")) {
        const Value module = interpreter.importModule(dotted);
        if (!module.isUnknown())
            return module;
    }
    return notKnown(dotted);
}

void NativeModule::set(std::string name, Value value)
{
    if (!isWanted(name))
        return;
    Names& names = m_filling != nullptr ? *m_filling : m_names;
    names.insert_or_assign(std::move(name), std::move(value));
}

const Value* NativeModule::find(Interpreter& interpreter, std::string_view name)
{
    if (m_filling != nullptr) {
        if (const auto offered = m_filling->find(name); offered != m_filling->end())
            return &offered->second;
    }
    auto found = m_names.find(name);
    if (found == m_names.end() && !name.empty()) {
        fill(interpreter, name);
        found = m_names.find(name);
    }
    return found == m_names.end() ? nullptr : &found->second;
}

const NativeModule::Names& NativeModule::names(Interpreter& interpreter)
{
    fill(interpreter, {});
    if (m_filling == nullptr)
        m_fill = nullptr;
    return m_names;
}

void NativeModule::fill(Interpreter& interpreter, std::string_view wanted)
{
    if (!m_fill || m_filling != nullptr)
        return;
    Names offered;
    m_filling = &offered;
    m_wanted = wanted;
    m_fill(interpreter, *this);
    m_filling = nullptr;
    m_names.merge(offered); // names that were made or set before stay
}

} // namespace sightglass
