// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/directives/connection.h"
#include "core/directives/directive_call.h"

#include <string>
#include <string_view>

namespace sightglass {

/// alembic.op, and what Operations(context) makes: its attributes are the directives.
class OperationsProxy final : public Object, public DatabaseHandle
{
public:
    std::string typeName() const override { return "Operations"; }

    std::vector<std::string> classNames() const override
    {
        return {"Operations", "AbstractOperations"};
    }

    Evaluated attribute(Interpreter& interpreter, std::string_view name) override;

    Known<bool> truth(Interpreter&) override { return true; }
};

/// Adds Operations, BatchOperations, MigrateOperation, ops, … to the module alembic.operations.
/// Nothing for others.
void addOperations(Interpreter& interpreter, NativeModule& module);

/// A native module that belongs to directives ("alembic.op", "alembic.operations",
/// "alembic_utils.pg_view", "alembic_postgresql_enum"), or null. The interpreter keeps it; ask once
/// for each name.
Object* makeDirectiveModule(Interpreter& interpreter, std::string_view dotted);

/// Runs a directive: binds, lowers and emits at once. `written` is what the author calls it.
Evaluated runDirective(Interpreter& interpreter,
                       const Directive& directive,
                       const Arguments& arguments,
                       std::string written);

/// A function that stands for a custom operation nobody knows.
Value unknownOperation(Interpreter& interpreter, std::string written);

} // namespace sightglass
