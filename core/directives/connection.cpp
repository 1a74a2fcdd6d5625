// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/directives/connection.h"

#include "core/directives/connection_objects.h"
#include "core/directives/inspector.h"
#include "core/directives/printed_connection.h"
#include "core/directives/revision_session.h"
#include "core/sqlalchemy/clause.h"

#include <algorithm>
#include <array>
#include <utility>

namespace sightglass {

Value makeConnection(Interpreter& interpreter)
{
    RevisionSession* session = sessionOf(interpreter);
    if (session == nullptr)
        return Value(Unknown{"a connection outside a migration"});
    return Value(session->shared("connection", [&]() -> Object* {
        if (session->offline())
            return interpreter.make<PrintedConnection>();
        return interpreter.make<ConnectionObject>(ConnectionObject::Kind::Connection);
    }));
}

bool reachesDatabase(const Value& value)
{
    return dynamic_cast<DatabaseHandle*>(value.asObject()) != nullptr;
}

std::optional<Raised>
sendTransactionWord(Interpreter& interpreter, std::string word, std::string directive)
{
    RevisionSession* session = sessionOf(interpreter);
    if (session == nullptr)
        return std::nullopt;
    if (word.starts_with("ROLLBACK") || word == "COMMIT")
        session->transactionEnded();
    std::vector<Change> changes;
    changes.emplace_back(change::Transaction{std::move(word)});
    return session->run(interpreter, std::move(changes), std::move(directive), interpreter.here());
}

std::string ConnectionObject::typeName() const
{
    switch (m_kind) {
    case Kind::Connection:
        return "Connection";
    case Kind::Engine:
        return "Engine";
    case Kind::Driver:
        break;
    }
    return "connection";
}

std::vector<std::string> ConnectionObject::classNames() const
{
    switch (m_kind) {
    case Kind::Connection:
        return {"Connection", "Connectable", "Inspectable"};
    case Kind::Engine:
        return {"Engine", "Connectable", "Inspectable"};
    case Kind::Driver:
        break;
    }
    return {"connection", "cursor"};
}

ExecuteCall ConnectionObject::callOf(std::string_view method, StringRule rule) const
{
    constexpr std::array<std::string_view, 3> owners{"connection.", "engine.", "cursor."};
    return ExecuteCall{.directive = std::string(owners[static_cast<std::size_t>(m_kind)]) +
                                    std::string(method),
                       .rule = rule,
                       .autocommit = m_autocommit,
                       .parameters = true,
                       .reason = {}};
}

Evaluated ConnectionObject::execute(Interpreter& interpreter, const Arguments& arguments)
{
    const Evaluated result =
        executeCall(interpreter, arguments, callOf("execute", StringRule::Driver));
    if (result && m_kind == Kind::Driver)
        m_lastResult = *result;
    return result;
}

Evaluated ConnectionObject::execDriverSql(Interpreter& interpreter, const Arguments& arguments)
{
    return executeCall(interpreter, arguments, callOf("exec_driver_sql", StringRule::Driver));
}

Evaluated ConnectionObject::fetched(Interpreter& interpreter, std::string_view method)
{
    return interpreter.attribute(m_lastResult, method);
}

Evaluated ConnectionObject::scalar(Interpreter& interpreter, const Arguments& arguments)
{
    const Evaluated result = execute(interpreter, arguments);
    if (!result || result->isUnknown() || result->isNone())
        return result;
    const Evaluated method = interpreter.attribute(*result, "scalar");
    return method ? interpreter.call(*method, Arguments{}) : method;
}

Evaluated ConnectionObject::scalars(Interpreter& interpreter, const Arguments& arguments)
{
    const Evaluated result = execute(interpreter, arguments);
    if (!result || result->isUnknown() || result->isNone())
        return result;
    const Evaluated method = interpreter.attribute(*result, "scalars");
    return method ? interpreter.call(*method, Arguments{}) : method;
}

Evaluated ConnectionObject::begin(Interpreter& interpreter, const Arguments&)
{
    return makeTransaction(interpreter, m_kind == Kind::Engine ? *opened(interpreter) : Value());
}

Evaluated ConnectionObject::beginNested(Interpreter& interpreter, const Arguments&)
{
    return makeSavepoint(interpreter);
}

Evaluated ConnectionObject::commit(Interpreter& interpreter, const Arguments&)
{
    if (auto raised = sendTransactionWord(interpreter, "COMMIT", callOf("commit", {}).directive))
        return otherwise(std::move(*raised));
    return Value();
}

Evaluated ConnectionObject::rollback(Interpreter& interpreter, const Arguments&)
{
    if (auto raised =
            sendTransactionWord(interpreter, "ROLLBACK", callOf("rollback", {}).directive))
        return otherwise(std::move(*raised));
    return Value();
}

Evaluated ConnectionObject::executionOptions(Interpreter& interpreter, const Arguments& arguments)
{
    const Value* level = arguments.keyword("isolation_level");
    if (level == nullptr)
        return Value(this);
    const std::string* word = level->asText();
    if (word == nullptr)
        return Value(this);
    return Value(interpreter.make<ConnectionObject>(m_kind, *word == "AUTOCOMMIT"));
}

Evaluated ConnectionObject::connect(Interpreter& interpreter, const Arguments&)
{
    return opened(interpreter);
}

/// AsyncConnection.run_sync(function, …): calls it with the connection.
Evaluated ConnectionObject::runSync(Interpreter& interpreter, const Arguments& arguments)
{
    if (arguments.positional.empty())
        return Value(Unknown{"run_sync() of a function that is not known"});
    Arguments passed = arguments;
    const Value function = passed.positional.front();
    passed.positional.front() = Value(this);
    return interpreter.call(function, passed);
}

Evaluated ConnectionObject::itself(Interpreter&, const Arguments&)
{
    return Value(this);
}

Evaluated ConnectionObject::nothing(Interpreter&, const Arguments&)
{
    return Value();
}

Evaluated ConnectionObject::yes(Interpreter&, const Arguments&)
{
    return Value(true);
}

Evaluated ConnectionObject::hasTable(Interpreter& interpreter, const Arguments& arguments)
{
    const Evaluated inspector = makeInspector(interpreter);
    if (!inspector)
        return inspector;
    const Evaluated method = interpreter.attribute(*inspector, "has_table");
    return method ? interpreter.call(*method, arguments) : method;
}

Evaluated ConnectionObject::dialect(Interpreter& interpreter)
{
    return makeBindDialect(interpreter);
}

Evaluated ConnectionObject::engine(Interpreter& interpreter)
{
    if (m_kind == Kind::Engine)
        return Value(this);
    return Value(interpreter.make<ConnectionObject>(Kind::Engine, m_autocommit));
}

Evaluated ConnectionObject::driver(Interpreter& interpreter)
{
    return Value(interpreter.make<ConnectionObject>(Kind::Driver, m_autocommit));
}

Evaluated ConnectionObject::opened(Interpreter& interpreter)
{
    if (m_kind == Kind::Connection)
        return Value(this);
    return Value(interpreter.make<ConnectionObject>(Kind::Connection, m_autocommit));
}

Evaluated ConnectionObject::name(Interpreter&)
{
    return Value("postgresql");
}

Evaluated ConnectionObject::url(Interpreter& interpreter)
{
    return Value(sessionOf(interpreter)->shared("url", [&]() -> Object* {
        auto* url = interpreter.make<NativeModule>("the database's URL");
        url->set("drivername", Value("postgresql"));
        url->set("get_dialect",
                 constantFunction(interpreter, "get_dialect", makeBindDialect(interpreter)));
        url->set("get_backend_name",
                 constantFunction(interpreter, "get_backend_name", Value("postgresql")));
        return url;
    }));
}

std::optional<Raised>
ConnectionObject::setAttribute(Interpreter&, std::string_view name, const Value& value)
{
    if (name == "autocommit" && m_kind == Kind::Driver)
        m_autocommit = value.asBool() != nullptr && *value.asBool();
    return std::nullopt;
}

Outcome<std::vector<Value>, Raised> ConnectionObject::elements(Interpreter& interpreter)
{
    if (m_kind == Kind::Driver)
        return interpreter.elementsOf(m_lastResult);
    return NativeObject::elements(interpreter);
}

Evaluated ConnectionObject::attribute(Interpreter& interpreter, std::string_view name)
{
    using C = ConnectionObject;
    using M = Member<C>;
    static constexpr std::array members{
        M{"execute", &C::execute},
        M{"exec_driver_sql", &C::execDriverSql},
        M{"scalar", &C::scalar},
        M{"scalars", &C::scalars},
        M{"begin", &C::begin},
        M{"begin_nested", &C::beginNested},
        M{"commit", &C::commit},
        M{"rollback", &C::rollback},
        M{"execution_options", &C::executionOptions},
        M{"connect", &C::connect},
        M{"contextual_connect", &C::connect},
        M{"run_sync", &C::runSync},
        M{"in_transaction", &C::yes},
        M{"close", &C::nothing},
        M{"detach", &C::nothing},
        M{"dispose", &C::nothing},
        M{"invalidate", &C::nothing},
        M{"has_table", &C::hasTable},
        M{"dialect", nullptr, &C::dialect},
        M{"engine", nullptr, &C::engine},
        M{"bind", nullptr, &C::engine},
        M{"sync_connection", nullptr, &C::opened},
        M{"sync_engine", nullptr, &C::engine},
        M{"connection", nullptr, &C::driver},
        M{"raw_connection", &C::itself},
        M{"name", nullptr, &C::name},
        M{"url", nullptr, &C::url},
    };
    static constexpr std::array driverMembers{
        M{"cursor", &C::itself},
        M{"execute", &C::execute},
        M{"commit", &C::commit},
        M{"rollback", &C::rollback},
        M{"close", &C::nothing},
        M{"set_isolation_level", &C::nothing},
        M{"connection", nullptr, &C::driver},
        M{"dbapi_connection", nullptr, &C::driver},
        M{"driver_connection", nullptr, &C::driver},
    };
    if (m_kind == Kind::Driver) {
        if (name.starts_with("fetch") || name == "rowcount" || name == "description")
            return fetched(interpreter, name);
        if (auto member = memberOf<C>(interpreter, *this, driverMembers, name))
            return *member;
        return NativeObject::attribute(interpreter, name);
    }
    if (name == "raw_connection")
        return constantFunction(interpreter, "raw_connection", *driver(interpreter));
    if (auto member = memberOf<C>(interpreter, *this, members, name))
        return *member;
    return NativeObject::attribute(interpreter, name);
}

} // namespace sightglass
