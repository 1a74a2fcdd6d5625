// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/directives/native_modules.h"
#include "core/directives/orm_declarative.h"
#include "core/directives/orm_session.h"
#include "core/directives/revision_session.h"

#include <array>
#include <utility>

namespace sightglass {

namespace {

Evaluated makeSession(Interpreter& interpreter, const Arguments&)
{
    if (sessionOf(interpreter) == nullptr)
        return Value(Unknown{"a session outside a migration"});
    return Value(interpreter.make<SessionObject>());
}

/// sessionmaker(…) and scoped_session(…): makes sessions; what is asked of it goes to one.
class SessionFactory final : public NativeObject, public DatabaseHandle
{
public:
    std::string typeName() const override { return "sessionmaker"; }

    Evaluated call(Interpreter& interpreter, const Arguments& arguments) override
    {
        return makeSession(interpreter, arguments);
    }

    Evaluated attribute(Interpreter& interpreter, std::string_view name) override
    {
        if (m_session.isNone()) {
            const Evaluated made = makeSession(interpreter, Arguments{});
            m_session = *made;
        }
        return interpreter.attribute(m_session, name);
    }

private:
    Value m_session;
};

Evaluated makeFactory(Interpreter& interpreter, const Arguments&)
{
    return Value(interpreter.make<SessionFactory>());
}

/// relationship(…), backref(…): nothing that a table has.
Evaluated makeRelation(Interpreter&, const Arguments&)
{
    return Value(Unknown{"a relationship of a mapped class"});
}

Evaluated firstArgument(Interpreter&, const Arguments& arguments)
{
    if (arguments.positional.empty())
        return Value(Unknown{"what a call without arguments gives"});
    return arguments.positional.front();
}

Evaluated makeOption(Interpreter&, const Arguments&)
{
    return Value(Unknown{"an option of a query"});
}

Evaluated nothing(Interpreter&, const Arguments&)
{
    return Value();
}

struct OrmFunction
{
    std::string_view name;
    Evaluated (*body)(Interpreter&, const Arguments&);
};

constexpr std::array ormFunctions{
    OrmFunction{"sessionmaker", &makeFactory},
    OrmFunction{"scoped_session", &makeFactory},
    OrmFunction{"create_session", &makeSession},
    OrmFunction{"declarative_base", &makeDeclarativeBase},
    OrmFunction{"mapped_column", &makeMappedColumn},
    OrmFunction{"relationship", &makeRelation},
    OrmFunction{"relation", &makeRelation},
    OrmFunction{"dynamic_loader", &makeRelation},
    OrmFunction{"backref", &makeRelation},
    OrmFunction{"synonym", &makeRelation},
    OrmFunction{"column_property", &firstArgument},
    OrmFunction{"deferred", &firstArgument},
    OrmFunction{"aliased", &firstArgument},
    OrmFunction{"foreign", &firstArgument},
    OrmFunction{"remote", &firstArgument},
    OrmFunction{"declarative_mixin", &firstArgument},
    OrmFunction{"joinedload", &makeOption},
    OrmFunction{"selectinload", &makeOption},
    OrmFunction{"subqueryload", &makeOption},
    OrmFunction{"lazyload", &makeOption},
    OrmFunction{"load_only", &makeOption},
    OrmFunction{"defer", &makeOption},
    OrmFunction{"undefer", &makeOption},
    OrmFunction{"noload", &makeOption},
    OrmFunction{"contains_eager", &makeOption},
    OrmFunction{"configure_mappers", &nothing},
    OrmFunction{"close_all_sessions", &nothing},
};

} // namespace

void addOrm(Interpreter& interpreter, NativeModule& module)
{
    for (const OrmFunction& each : ormFunctions)
        module.offer(each.name,
                     [&] { return interpreter.makeFunction(std::string(each.name), each.body); });
    module.offer("Session", [&] {
        return Value(interpreter.make<NativeClass>(
            "Session", std::vector<std::string>{}, NativeFunction::Body(&makeSession)));
    });
    module.offer("DeclarativeBase", [&] { return makeDeclarativeBaseClass(interpreter); });
}

} // namespace sightglass
