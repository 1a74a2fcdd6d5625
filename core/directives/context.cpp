// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/directives/context.h"

#include "core/directives/connection_objects.h"
#include "core/directives/revision_session.h"

#include <array>
#include <utility>

namespace sightglass {

namespace {

Value setByEnvironment(std::string_view what)
{
    return Value(Unknown{std::string(what) + " is set by the configuration"});
}

/// with op.get_context().autocommit_block(): …
class AutocommitBlock final : public NativeObject
{
public:
    std::string typeName() const override { return "_GeneratorContextManager"; }

    Evaluated enter(Interpreter& interpreter) override
    {
        if (auto raised = print(interpreter, "COMMIT"))
            return otherwise(std::move(*raised));
        sessionOf(interpreter)->enterAutocommit();
        return Value();
    }

    std::optional<Raised> exit(Interpreter& interpreter, const Raised*) override
    {
        sessionOf(interpreter)->leaveAutocommit();
        return print(interpreter, "BEGIN");
    }

private:
    /// Printed, a block has edges of its own, even where it is empty or another one follows.
    static std::optional<Raised> print(Interpreter& interpreter, std::string word)
    {
        if (!sessionOf(interpreter)->offline())
            return std::nullopt;
        return sendTransactionWord(interpreter, std::move(word), "autocommit_block");
    }
};

/// op.get_context().opts: what env.py hands to context.configure(…), as far as that can be read.
class ContextOptions final : public NativeObject
{
public:
    std::string typeName() const override { return "dict"; }

    Evaluated subscript(Interpreter& interpreter, const Value& key) override
    {
        if (key.asText() == nullptr)
            return setByEnvironment("an option of the context");
        return sessionOf(interpreter)->environmentOption(*key.asText());
    }

    Evaluated attribute(Interpreter& interpreter, std::string_view name) override
    {
        if (name != "get")
            return setByEnvironment("an option of the context");
        return interpreter.makeFunction(
            "get", [this](Interpreter& inner, const Arguments& given) -> Evaluated {
                const Value* key = given.at(0, "key");
                if (key == nullptr)
                    return setByEnvironment("an option of the context");
                return subscript(inner, *key);
            });
    }

    std::optional<Evaluated>
    binary(Interpreter&, std::string_view op, const Value&, bool reflected) override
    {
        if (op != "in" || !reflected)
            return std::nullopt;
        return Evaluated(setByEnvironment("an option of the context"));
    }
};

/// MigrationContext, and its impl, which answers to much the same questions.
class MigrationContextObject final : public NativeObject, public DatabaseHandle
{
public:
    explicit MigrationContextObject(bool impl)
        : m_impl(impl)
    {}

    std::string typeName() const override { return m_impl ? "PostgresqlImpl" : "MigrationContext"; }

    std::vector<std::string> classNames() const override
    {
        return m_impl ? std::vector<std::string>{"PostgresqlImpl", "DefaultImpl"}
                      : std::vector<std::string>{"MigrationContext"};
    }

    Evaluated attribute(Interpreter& interpreter, std::string_view name) override;

private:
    Evaluated dialect(Interpreter& interpreter) { return makeBindDialect(interpreter); }

    Evaluated asSql(Interpreter& interpreter) { return Value(sessionOf(interpreter)->offline()); }

    Evaluated bind(Interpreter& interpreter) { return makeConnection(interpreter); }

    Evaluated impl(Interpreter& interpreter)
    {
        return Value(interpreter.make<MigrationContextObject>(true));
    }

    Evaluated transactional(Interpreter&) { return Value(true); }

    Evaluated isTransactional(Interpreter&, const Arguments&) { return Value(true); }

    Evaluated implName(Interpreter&) { return Value("postgresql"); }

    Evaluated configuration(Interpreter&) { return setByEnvironment("an option of the context"); }

    Evaluated options(Interpreter& interpreter)
    {
        return Value(interpreter.make<ContextOptions>());
    }

    Evaluated versionTable(Interpreter& interpreter)
    {
        const Known<std::string>& name = sessionOf(interpreter)->surroundings().versionTable;
        return name.isKnown() ? Value(name.value()) : Value(Unknown{name.reason()});
    }

    Evaluated versionTableSchema(Interpreter& interpreter)
    {
        const Known<std::string>& name = sessionOf(interpreter)->surroundings().versionTableSchema;
        if (!name.isKnown())
            return Value(Unknown{name.reason()});
        return name.value().empty() ? Value() : Value(name.value());
    }

    Evaluated revision(Interpreter&, const Arguments&)
    {
        return Value(Unknown{"the database's revision at run time"});
    }

    Evaluated autocommitBlock(Interpreter& interpreter, const Arguments&)
    {
        return Value(interpreter.make<AutocommitBlock>());
    }

    Evaluated beginTransaction(Interpreter& interpreter, const Arguments&)
    {
        return makeTransaction(interpreter);
    }

    Evaluated execute(Interpreter& interpreter, const Arguments& arguments)
    {
        return executeStatement(interpreter, arguments, "context.execute");
    }

    bool m_impl;
};

Evaluated MigrationContextObject::attribute(Interpreter& interpreter, std::string_view name)
{
    using C = MigrationContextObject;
    using M = Member<C>;
    static constexpr std::array members{
        M{"dialect", nullptr, &C::dialect},
        M{"as_sql", nullptr, &C::asSql},
        M{"bind", nullptr, &C::bind},
        M{"connection", nullptr, &C::bind},
        M{"impl", nullptr, &C::impl},
        M{"opts", nullptr, &C::options},
        M{"config", nullptr, &C::configuration},
        M{"environment_context", nullptr, &C::configuration},
        M{"script", nullptr, &C::configuration},
        M{"version_table", nullptr, &C::versionTable},
        M{"version_table_schema", nullptr, &C::versionTableSchema},
        M{"transactional_ddl", nullptr, &C::transactional},
        M{"is_transactional_ddl", &C::isTransactional},
        M{"__dialect__", nullptr, &C::implName},
        M{"get_current_revision", &C::revision},
        M{"get_current_heads", &C::revision},
        M{"autocommit_block", &C::autocommitBlock},
        M{"begin_transaction", &C::beginTransaction},
        M{"execute", &C::execute},
        M{"_exec", &C::execute},
    };
    if (auto member = memberOf<C>(interpreter, *this, members, name))
        return *member;
    return NativeObject::attribute(interpreter, name);
}

using Body = Evaluated (*)(Interpreter&, const Arguments&);

struct ContextFunction
{
    std::string_view name;
    Body body;
};

Evaluated isOffline(Interpreter& interpreter, const Arguments&)
{
    const RevisionSession* session = sessionOf(interpreter);
    return session == nullptr ? setByEnvironment("the mode") : Value(session->offline());
}

Evaluated contextOf(Interpreter& interpreter, const Arguments&)
{
    return makeMigrationContext(interpreter);
}

Evaluated bindOf(Interpreter& interpreter, const Arguments&)
{
    return makeConnection(interpreter);
}

Evaluated implOf(Interpreter& interpreter, const Arguments&)
{
    if (sessionOf(interpreter) == nullptr)
        return Value(Unknown{"an impl outside a migration"});
    return Value(interpreter.make<MigrationContextObject>(true));
}

Evaluated execute(Interpreter& interpreter, const Arguments& arguments)
{
    const Evaluated result = executeStatement(interpreter, arguments, "context.execute");
    return result ? Evaluated(Value()) : result;
}

Evaluated transaction(Interpreter& interpreter, const Arguments&)
{
    return makeTransaction(interpreter);
}

Evaluated givenWithX(Interpreter&, const Arguments&)
{
    return Value(Unknown{"what is given with -x on the command line"});
}

Evaluated revisionArgument(Interpreter&, const Arguments&)
{
    return Value(Unknown{"the revision that the command names"});
}

Evaluated transactionalDdl(Interpreter&, const Arguments&)
{
    return Value(true);
}

constexpr std::array contextFunctions{
    ContextFunction{"is_offline_mode", &isOffline},
    ContextFunction{"get_context", &contextOf},
    ContextFunction{"get_bind", &bindOf},
    ContextFunction{"get_impl", &implOf},
    ContextFunction{"execute", &execute},
    ContextFunction{"begin_transaction", &transaction},
    ContextFunction{"get_x_argument", &givenWithX},
    ContextFunction{"get_revision_argument", &revisionArgument},
    ContextFunction{"get_starting_revision_argument", &revisionArgument},
    ContextFunction{"get_head_revision", &revisionArgument},
    ContextFunction{"get_head_revisions", &revisionArgument},
    ContextFunction{"get_tag_argument", &revisionArgument},
    ContextFunction{"is_transactional_ddl", &transactionalDdl},
};

} // namespace

Value makeMigrationContext(Interpreter& interpreter)
{
    RevisionSession* session = sessionOf(interpreter);
    if (session == nullptr)
        return Value(Unknown{"a migration context outside a migration"});
    return Value(session->shared(
        "context", [&]() -> Object* { return interpreter.make<MigrationContextObject>(false); }));
}

void addContext(Interpreter& interpreter, NativeModule& module)
{
    for (const ContextFunction& each : contextFunctions)
        module.offer(each.name,
                     [&] { return interpreter.makeFunction(std::string(each.name), each.body); });
    for (std::string_view name : {"config", "script"})
        module.set(std::string(name), setByEnvironment(name));
}

void addMigrationContext(Interpreter& interpreter, NativeModule& module)
{
    auto* type =
        interpreter.make<NativeClass>("MigrationContext",
                                      std::vector<std::string>{},
                                      [](Interpreter& inner, const Arguments&) -> Evaluated {
                                          return makeMigrationContext(inner);
                                      });
    type->setClassAttribute("configure", interpreter.makeFunction("configure", &contextOf));
    module.set("MigrationContext", Value(type));
}

} // namespace sightglass
