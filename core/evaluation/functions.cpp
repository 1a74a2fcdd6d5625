// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluation/classes.h"
#include "core/evaluation/containers.h"

namespace sightglass {

Evaluated FunctionObject::attribute(Interpreter&, std::string_view wanted)
{
    if (const auto found = attributes.find(wanted); found != attributes.end())
        return found->second;
    if (wanted == "__name__" || wanted == "__qualname__")
        return Value(name);
    if (wanted == "__module__" && closure->module() != nullptr)
        return Value(closure->module()->dottedName());
    if (wanted.starts_with("__"))
        return Unknown{name + "." + std::string(wanted) + " is not followed"};
    return raising("AttributeError",
                   "'function' object has no attribute '" + std::string(wanted) + "'",
                   {"Exception", "BaseException"});
}

std::optional<Raised>
FunctionObject::setAttribute(Interpreter&, std::string_view wanted, const Value& value)
{
    attributes.insert_or_assign(std::string(wanted), value);
    return std::nullopt;
}

Evaluated FunctionObject::call(Interpreter& interpreter, const Arguments& arguments)
{
    return interpreter.evaluator().callFunction(*this, arguments, nullptr);
}

Evaluated MethodObject::attribute(Interpreter& interpreter, std::string_view name)
{
    if (name == "__self__")
        return self;
    if (name == "__func__")
        return function;
    return interpreter.attribute(function, name);
}

Evaluated MethodObject::call(Interpreter& interpreter, const Arguments& arguments)
{
    if (auto* own = function.as<FunctionObject>())
        return interpreter.evaluator().callFunction(*own, arguments, &self);
    Arguments all = arguments;
    all.positional.insert(all.positional.begin(), self);
    return interpreter.call(function, all);
}

Evaluated WrapperObject::attribute(Interpreter& interpreter, std::string_view name)
{
    if (name == "setter" || name == "deleter" || name == "getter") {
        WrapperObject* self = this;
        const bool sets = name == "setter";
        return interpreter.makeFunction(
            std::string(name),
            [self, sets](Interpreter& running, const Arguments& arguments) -> Evaluated {
                auto* made = running.make<WrapperObject>(self->kind, self->function);
                made->setter = sets && !arguments.positional.empty() ? arguments.positional.front()
                                                                     : self->setter;
                return Value(made);
            });
    }
    return interpreter.attribute(function, name);
}

Evaluated WrapperObject::call(Interpreter& interpreter, const Arguments& arguments)
{
    return interpreter.call(function, arguments);
}

Evaluated GeneratorObject::attribute(Interpreter& interpreter, std::string_view name)
{
    if (name == "close" || name == "send" || name == "throw" || name == "__next__")
        return interpreter.makeFunction(std::string(name),
                                        [](Interpreter&, const Arguments&) -> Evaluated {
                                            return Unknown{"a generator that is driven by hand"};
                                        });
    return Object::attribute(interpreter, name);
}

Outcome<std::vector<Value>, Raised> GeneratorObject::elements(Interpreter& interpreter)
{
    if (rest != nullptr)
        return rest->elements(interpreter);
    if (started)
        return std::vector<Value>{};
    std::vector<Value> result;
    Evaluator& evaluator = interpreter.evaluator();
    const Flow flow = evaluator.runGenerator(*this, [&](const Value& value) {
        if (auto tooMuch = evaluator.charge(sizeof(Value)))
            return evaluator.raise(std::move(*tooMuch));
        result.push_back(value);
        return Flow::Next;
    });
    if (flow == Flow::Raise)
        return otherwise(evaluator.take());
    return result;
}

Outcome<std::optional<Value>, Raised> GeneratorObject::next(Interpreter& interpreter)
{
    if (rest == nullptr) {
        auto all = elements(interpreter);
        if (!all)
            return otherwise(std::move(all.error()));
        rest = interpreter.make<IteratorObject>(std::move(*all), "generator");
    }
    return rest->next(interpreter);
}

Evaluated FileModule::attribute(Interpreter& interpreter, std::string_view name)
{
    Evaluator& evaluator = interpreter.evaluator();
    if (const Value* found = scope->find(evaluator.names.id(name)))
        return evaluator.resolved(*found);
    if (auto found = evaluator.importName(m_name, std::string(name)); found && !m_name.empty())
        return *found;
    if (failed)
        return *failed;
    if (name.starts_with("__"))
        return Unknown{std::string(name) + " of a module is not followed"};
    if (!m_name.empty()) // an application may set it: config.VERSION = …
        return Unknown{m_name + "." + std::string(name) + " is not set by its module"};
    return otherwise(evaluator.makeRaised(
        "AttributeError", "module '" + m_name + "' has no attribute '" + std::string(name) + "'"));
}

std::optional<Raised>
FileModule::setAttribute(Interpreter& interpreter, std::string_view name, const Value& value)
{
    Evaluator& evaluator = interpreter.evaluator();
    evaluator.bind(*scope, evaluator.names.id(name), value);
    return std::nullopt;
}

const std::string& FileModule::file() const
{
    return m_file->file;
}

std::vector<std::string> FileModule::names() const
{
    std::vector<std::string> result;
    for (const NameId name : scope->names()) {
        const std::string& text = interned->text(name);
        if (!(text.starts_with("__") && text.ends_with("__")))
            result.push_back(text);
    }
    return result;
}

Evaluated SuperObject::attribute(Interpreter& interpreter, std::string_view name)
{
    Evaluator& evaluator = interpreter.evaluator();
    if (const Value* found = m_type.lookUpAfter(&m_after, name))
        return bindAttribute(evaluator, *found, m_self, m_type);
    if (name == "__init__") {
        auto* instance = m_self.as<FileInstance>();
        return interpreter.makeFunction(
            "__init__", [instance](Interpreter&, const Arguments& arguments) -> Evaluated {
                if (instance != nullptr)
                    instance->setBaseArguments(arguments);
                return Value();
            });
    }
    if (name == "__new__") {
        FileClass* type = &m_type;
        return interpreter.makeFunction(
            "__new__", [type](Interpreter& running, const Arguments&) -> Evaluated {
                return Value(running.make<FileInstance>(*type));
            });
    }
    if (name == "__init_subclass__" || name == "__post_init__" || name == "__enter__" ||
        name == "__exit__" || name == "__setattr__")
        return interpreter.makeFunction(
            std::string(name), [](Interpreter&, const Arguments&) -> Evaluated { return Value(); });
    if (auto native = nativeAttribute(evaluator, m_type, m_self, name))
        return std::move(*native);
    if (const Unknown* why = m_type.unknownBase())
        return *why;
    return Unknown{"super()." + std::string(name) + " of a class that no file defines"};
}

} // namespace sightglass
