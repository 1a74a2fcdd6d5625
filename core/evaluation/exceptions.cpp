// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluation/builtins.h"
#include "core/evaluation/classes.h"
#include "core/evaluation/containers.h"

#include <algorithm>
#include <array>

namespace sightglass {

namespace {

struct ExceptionName
{
    std::string_view name;
    std::string_view base;
};

/// Python's exceptions; a base stands before what derives from it.
constexpr std::array exceptionNames{
    ExceptionName{"BaseException", ""},
    ExceptionName{"Exception", "BaseException"},
    ExceptionName{"KeyboardInterrupt", "BaseException"},
    ExceptionName{"SystemExit", "BaseException"},
    ExceptionName{"GeneratorExit", "BaseException"},
    ExceptionName{"ArithmeticError", "Exception"},
    ExceptionName{"OverflowError", "ArithmeticError"},
    ExceptionName{"ZeroDivisionError", "ArithmeticError"},
    ExceptionName{"FloatingPointError", "ArithmeticError"},
    ExceptionName{"AssertionError", "Exception"},
    ExceptionName{"AttributeError", "Exception"},
    ExceptionName{"FrozenInstanceError", "AttributeError"},
    ExceptionName{"BufferError", "Exception"},
    ExceptionName{"EOFError", "Exception"},
    ExceptionName{"ImportError", "Exception"},
    ExceptionName{"ModuleNotFoundError", "ImportError"},
    ExceptionName{"LookupError", "Exception"},
    ExceptionName{"IndexError", "LookupError"},
    ExceptionName{"KeyError", "LookupError"},
    ExceptionName{"MemoryError", "Exception"},
    ExceptionName{"NameError", "Exception"},
    ExceptionName{"UnboundLocalError", "NameError"},
    ExceptionName{"OSError", "Exception"},
    ExceptionName{"FileNotFoundError", "OSError"},
    ExceptionName{"FileExistsError", "OSError"},
    ExceptionName{"PermissionError", "OSError"},
    ExceptionName{"IsADirectoryError", "OSError"},
    ExceptionName{"NotADirectoryError", "OSError"},
    ExceptionName{"ConnectionError", "OSError"},
    ExceptionName{"ConnectionRefusedError", "ConnectionError"},
    ExceptionName{"ConnectionResetError", "ConnectionError"},
    ExceptionName{"BrokenPipeError", "ConnectionError"},
    ExceptionName{"TimeoutError", "OSError"},
    ExceptionName{"InterruptedError", "OSError"},
    ExceptionName{"BlockingIOError", "OSError"},
    ExceptionName{"ReferenceError", "Exception"},
    ExceptionName{"RuntimeError", "Exception"},
    ExceptionName{"NotImplementedError", "RuntimeError"},
    ExceptionName{"RecursionError", "RuntimeError"},
    ExceptionName{"StopIteration", "Exception"},
    ExceptionName{"StopAsyncIteration", "Exception"},
    ExceptionName{"SyntaxError", "Exception"},
    ExceptionName{"IndentationError", "SyntaxError"},
    ExceptionName{"SystemError", "Exception"},
    ExceptionName{"TypeError", "Exception"},
    ExceptionName{"ValueError", "Exception"},
    ExceptionName{"JSONDecodeError", "ValueError"},
    ExceptionName{"UnicodeError", "ValueError"},
    ExceptionName{"UnicodeDecodeError", "UnicodeError"},
    ExceptionName{"UnicodeEncodeError", "UnicodeError"},
    ExceptionName{"Warning", "Exception"},
    ExceptionName{"DeprecationWarning", "Warning"},
    ExceptionName{"PendingDeprecationWarning", "Warning"},
    ExceptionName{"RuntimeWarning", "Warning"},
    ExceptionName{"SyntaxWarning", "Warning"},
    ExceptionName{"UserWarning", "Warning"},
    ExceptionName{"FutureWarning", "Warning"},
    ExceptionName{"ImportWarning", "Warning"},
    ExceptionName{"UnicodeWarning", "Warning"},
    ExceptionName{"BytesWarning", "Warning"},
    ExceptionName{"ResourceWarning", "Warning"},
    ExceptionName{"ExceptionGroup", "Exception"},
};

bool isException(const std::vector<std::string>& bases)
{
    return std::ranges::find(bases, "BaseException") != bases.end();
}

/// The name and bases that a class raises with.
Raised raisedOfClass(Evaluator& evaluator, const Value& type)
{
    Raised result = evaluator.makeRaised("Exception", {});
    if (const auto* native = type.as<NativeClass>()) {
        result.type = native->name();
        result.bases = native->bases();
    } else if (const auto* own = type.as<FileClass>()) {
        result.type = own->name();
        result.bases = own->baseNames();
        if (!isException(result.bases)) { // through a base that is not known
            result.bases.emplace_back("Exception");
            result.bases.emplace_back("BaseException");
        }
    }
    return result;
}

std::string messageOf(Evaluator& evaluator, const std::vector<Value>& arguments)
{
    if (arguments.empty())
        return {};
    const Known<std::string> text = evaluator.text(
        arguments.size() == 1 ? arguments.front() : evaluator.interpreter.makeTuple(arguments));
    return text.isKnown() ? text.value() : "…";
}

} // namespace

std::vector<std::string> exceptionBases(std::string_view type)
{
    std::vector<std::string> result;
    while (true) {
        const auto* found = std::ranges::find(exceptionNames, type, &ExceptionName::name);
        if (found == exceptionNames.end()) {
            if (result.empty())
                return {"Exception", "BaseException"};
            return result;
        }
        if (found->base.empty())
            return result;
        result.emplace_back(found->base);
        type = found->base;
    }
}

bool isBuiltinException(std::string_view name)
{
    return name == "EnvironmentError" || name == "IOError" ||
           std::ranges::find(exceptionNames, name, &ExceptionName::name) != exceptionNames.end();
}

Value makeExceptionClass(Evaluator& evaluator, std::string name, std::vector<std::string> bases)
{
    const std::string type = name;
    const std::vector<std::string> above = bases;
    return evaluator.make<NativeClass>(
        std::move(name),
        std::move(bases),
        [type, above](Interpreter& interpreter, const Arguments& arguments) -> Evaluated {
            return Value(interpreter.make<ExceptionObject>(type, above, arguments.positional));
        });
}

Raised raisedFrom(Evaluator& evaluator, const Value& value)
{
    Raised result = evaluator.makeRaised("Exception", {});
    result.exception = value;
    if (value.isUnknown()) {
        result.exception = Value();
        return result;
    }
    if (const auto* object = value.as<ExceptionObject>()) {
        result.type = object->type;
        result.bases = object->bases;
        result.message = messageOf(evaluator, object->arguments);
        return result;
    }
    if (auto* instance = value.as<FileInstance>()) {
        Raised own = raisedOfClass(evaluator, Value(&instance->type()));
        own.exception = value;
        const Known<std::string> text = instance->text(evaluator.interpreter);
        if (text.isKnown())
            own.message = text.value();
        else if (instance->baseArguments() != nullptr)
            own.message = messageOf(evaluator, instance->baseArguments()->positional);
        return own;
    }
    if (value.as<FileClass>() != nullptr) {
        Evaluated made = evaluator.call(value, {});
        if (!made)
            return std::move(made.error());
        if (made->as<FileInstance>() != nullptr) {
            Raised own = raisedOfClass(evaluator, value);
            own.exception = *made;
            return own;
        }
    }
    Raised own = raisedOfClass(evaluator, value);
    if (value.as<NativeClass>() == nullptr && value.asObject() != nullptr) {
        // An exception of natives: its class is in its names.
        const auto names = evaluator.classNames(value);
        if (!names.empty()) {
            own.type = names.front();
            own.bases.assign(names.begin() + 1, names.end());
            if (!isException(own.bases)) {
                own.bases.emplace_back("Exception");
                own.bases.emplace_back("BaseException");
            }
            own.exception = value;
        }
        const Known<std::string> text = evaluator.text(value);
        if (text.isKnown())
            own.message = text.value();
    }
    return own;
}

std::optional<bool> isCaughtBy(Evaluator& evaluator, const Raised& raised, const Value& type)
{
    if (type.isUnknown())
        return std::nullopt;
    if (const auto* several = plainItems(type)) {
        bool open = false;
        for (const Value& each : *several) {
            const auto one = isCaughtBy(evaluator, raised, each);
            if (one && *one)
                return true;
            open = open || !one;
        }
        return open ? std::nullopt : std::optional(false);
    }
    if (const auto* own = type.as<FileClass>()) {
        if (const auto* instance = raised.exception.as<FileInstance>())
            return instance->type().derivesFrom(*own);
        return false;
    }
    const auto* native = type.as<NativeClass>();
    if (native == nullptr)
        return std::nullopt;
    const std::string& name = native->name();
    if (raised.type == name || std::ranges::find(raised.bases, name) != raised.bases.end())
        return true;
    // Everything but what ends a program is an Exception, named so or not.
    return name == "BaseException" ||
           (name == "Exception" && raised.type != "SystemExit" &&
            raised.type != "KeyboardInterrupt" && raised.type != "GeneratorExit");
}

std::vector<std::string> ExceptionObject::classNames() const
{
    std::vector<std::string> result = bases;
    result.insert(result.begin(), type);
    return result;
}

Evaluated ExceptionObject::attribute(Interpreter& interpreter, std::string_view name)
{
    if (const auto own = attributes.find(name); own != attributes.end())
        return own->second;
    if (name == "args")
        return interpreter.makeTuple(arguments);
    if (name == "__cause__" || name == "__context__" || name == "__traceback__")
        return Unknown{"the cause of an exception"};
    return Unknown{type + "." + std::string(name) + " is not known"};
}

std::optional<Raised>
ExceptionObject::setAttribute(Interpreter&, std::string_view name, const Value& value)
{
    attributes.insert_or_assign(std::string(name), value);
    return std::nullopt;
}

Known<std::string> ExceptionObject::text(Interpreter& interpreter)
{
    if (arguments.empty())
        return std::string();
    if (type == "KeyError")
        return interpreter.evaluator().shown(arguments.front());
    if (arguments.size() == 1)
        return interpreter.textOf(arguments.front());
    return interpreter.textOf(interpreter.makeTuple(arguments));
}

} // namespace sightglass
