// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/directives/printed_connection.h"

#include "core/directives/connection_objects.h"

#include <utility>

namespace sightglass {

namespace {

Evaluated print(Interpreter& interpreter, const Arguments& arguments)
{
    return executeCall(interpreter,
                       arguments,
                       ExecuteCall{.directive = "connection.execute",
                                   .rule = StringRule::Text,
                                   .autocommit = false,
                                   .parameters = false,
                                   .reason = {}});
}

Evaluated notImplemented(Interpreter&, const Arguments&)
{
    return raising("NotImplementedError", "", {"RuntimeError", "Exception", "BaseException"});
}

} // namespace

Raised noConnectionToPrint(const Interpreter& interpreter, std::string_view wanted)
{
    return Raised{.type = "AttributeError",
                  .bases = {"Exception", "BaseException"},
                  .message =
                      "'MockConnection' object has no attribute '" + std::string(wanted) + "'",
                  .span = interpreter.here(),
                  .exception = {},
                  .stopsReading = false};
}

Evaluated PrintedConnection::attribute(Interpreter& interpreter, std::string_view name)
{
    if (name == "execute")
        return interpreter.makeFunction("execute", &print);
    if (name == "scalar")
        return interpreter.makeFunction("scalar", &notImplemented);
    if (name == "connect" || name == "execution_options")
        return constantFunction(interpreter, std::string(name), Value(this));
    if (name == "engine")
        return Value(this);
    if (name == "dialect")
        return makeBindDialect(interpreter);
    if (name == "name")
        return Value("postgresql");
    if (name.starts_with("_") || name == "create" || name == "drop" || name == "compiler" ||
        name == "schema_for_object")
        return NativeObject::attribute(interpreter, name);
    return otherwise(noConnectionToPrint(interpreter, name));
}

Evaluated PrintedConnection::enter(Interpreter& interpreter)
{
    return otherwise(noConnectionToPrint(interpreter, "__enter__"));
}

} // namespace sightglass
