// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/directives/directive_custom.h"

#include "core/directives/operations_proxy.h"
#include "core/evaluation/objects.h"
#include "core/sqlalchemy/naming.h"

namespace sightglass {
namespace {

Arguments withFirst(Object& first, const Arguments& arguments)
{
    Arguments passed = arguments;
    passed.positional.insert(passed.positional.begin(), Value(&first));
    return passed;
}

} // namespace

Value registerOperation(Interpreter& interpreter, OperationsModule& module)
{
    return interpreter.makeFunction(
        "register_operation", [&module](Interpreter& inner, const Arguments& given) -> Evaluated {
            const auto name = givenText(given.at(0, "name"));
            const auto source = givenText(given.at(1, "sourcename"));
            if (!name || !name->isKnown())
                return Value(Unknown{"an operation is registered under a name that is not known"});
            const std::string method =
                source && source->isKnown() ? source->value() : name->value();
            return inner.makeFunction(
                "register",
                [&module, name = name->value(), method](Interpreter&,
                                                        const Arguments& decorated) -> Evaluated {
                    if (decorated.positional.empty())
                        return Value();
                    module.operations.insert_or_assign(
                        name, OperationsModule::Registered{decorated.positional.front(), method});
                    return decorated.positional.front();
                });
        });
}

Value implementationFor(Interpreter& interpreter, OperationsModule& module)
{
    return interpreter.makeFunction(
        "implementation_for", [&module](Interpreter& inner, const Arguments& given) -> Evaluated {
            const Value* type = given.at(0, "op_cls");
            const Object* key = type == nullptr ? nullptr : type->asObject();
            return inner.makeFunction(
                "decorate", [&module, key](Interpreter&, const Arguments& decorated) -> Evaluated {
                    if (decorated.positional.empty())
                        return Value();
                    if (key != nullptr)
                        module.implementations.insert_or_assign(key, decorated.positional.front());
                    return decorated.positional.front();
                });
        });
}

OperationsModule* operationsModule(Interpreter& interpreter)
{
    return interpreter.importModule("alembic.operations").as<OperationsModule>();
}

std::optional<Value>
customOperation(Interpreter& interpreter, Object& operations, std::string_view name)
{
    OperationsModule* module = operationsModule(interpreter);
    if (module == nullptr)
        return std::nullopt;
    const auto found = module->operations.find(name);
    if (found == module->operations.end())
        return std::nullopt;
    const OperationsModule::Registered registered = found->second;
    return interpreter.makeFunction(
        std::string(name),
        [&operations, registered](Interpreter& inner, const Arguments& given) -> Evaluated {
            auto method = inner.attribute(registered.type, registered.method);
            if (!method)
                return method;
            return inner.call(*method, withFirst(operations, given));
        });
}

Evaluated invokeOperation(Interpreter& interpreter, Object& operations, const Arguments& arguments)
{
    const Value* operation = arguments.at(0, "operation");
    OperationsModule* module = operationsModule(interpreter);
    const auto* instance = operation == nullptr ? nullptr : operation->as<InstanceObject>();
    if (module != nullptr && instance != nullptr) {
        const auto found = module->implementations.find(&instance->classObject());
        if (found != module->implementations.end()) {
            Arguments passed;
            passed.span = arguments.span;
            passed.positional = {Value(&operations), *operation};
            return interpreter.call(found->second, passed);
        }
    }
    const std::string what = instance != nullptr ? "operation " + instance->classObject().name()
                                                 : std::string("an operation");
    return interpreter.call(unknownOperation(interpreter, "invoke(" + what + ")"), arguments);
}

} // namespace sightglass
