// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/directives/native_modules.h"
#include "core/directives/server_exception.h"
#include "core/evaluation/classes.h"

namespace sightglass {

void addExceptions(Interpreter& interpreter, NativeModule& module)
{
    for (const ExceptionClass& each : exceptionClasses()) {
        module.offer(each.name, [&] {
            const std::string name(each.name);
            return Value(interpreter.make<NativeClass>(
                name,
                basesOfException(name),
                [name](Interpreter& inner, const Arguments& given) -> Evaluated {
                    return Value(inner.make<ExceptionObject>(
                        name, basesOfException(name), given.positional));
                }));
        });
    }
}

} // namespace sightglass
