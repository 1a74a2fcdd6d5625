// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/directives/connection.h"
#include "core/directives/native_object.h"

#include <string>

namespace sightglass {

/// SQLAlchemy's MockConnection: stands where a connection would while Alembic prints SQL. It writes
/// what it is given, answers nothing, and has little else of a connection.
class PrintedConnection final : public NativeObject, public DatabaseHandle
{
public:
    std::string typeName() const override { return "MockConnection"; }

    std::vector<std::string> classNames() const override
    {
        return {"MockConnection", "Connectable"};
    }

    Evaluated attribute(Interpreter& interpreter, std::string_view name) override;
    Evaluated enter(Interpreter& interpreter) override;
};

/// What happens to whoever wants a real connection while SQL is printed: inspectors, sessions,
/// reflection.
Raised noConnectionToPrint(const Interpreter& interpreter, std::string_view wanted = "close");

} // namespace sightglass
