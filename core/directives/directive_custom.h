// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/directives/emitter.h"

#include <map>
#include <string>
#include <string_view>

namespace sightglass {

/// The module alembic.operations; it knows the operations that the project registers.
class OperationsModule final : public NativeModule
{
public:
    OperationsModule()
        : NativeModule("alembic.operations")
    {}

    struct Registered
    {
        Value type;
        std::string method;
    };

    std::map<std::string, Registered, std::less<>> operations; ///< by name on op
    std::map<const Object*, Value> implementations;            ///< by class
};

/// Operations.register_operation and Operations.implementation_for.
Value registerOperation(Interpreter& interpreter, OperationsModule& module);
Value implementationFor(Interpreter& interpreter, OperationsModule& module);

/// The module of this interpreter; null when there is none.
OperationsModule* operationsModule(Interpreter& interpreter);

/// op.NAME of an operation that the project registered, as a function; nothing when there is none.
std::optional<Value>
customOperation(Interpreter& interpreter, Object& operations, std::string_view name);

/// op.invoke(operation): runs its implementation, or says that it is not known.
Evaluated invokeOperation(Interpreter& interpreter, Object& operations, const Arguments& arguments);

} // namespace sightglass
