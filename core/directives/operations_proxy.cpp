// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/directives/operations_proxy.h"

#include "core/directives/batch.h"
#include "core/directives/directive_custom.h"
#include "core/directives/directive_entity.h"
#include "core/sqlalchemy/naming.h"

#include <array>

namespace sightglass {
namespace {

struct Member
{
    std::string_view name;
    Evaluated (*call)(Interpreter&, Emitter&, OperationsProxy&, const Arguments&);
};

Evaluated
execute(Interpreter& interpreter, Emitter& emitter, OperationsProxy&, const Arguments& given)
{
    return emitter.execute(interpreter, given, "execute");
}

Evaluated bindOf(Interpreter& interpreter, Emitter& emitter, OperationsProxy&, const Arguments&)
{
    return emitter.bind(interpreter);
}

Evaluated contextOf(Interpreter& interpreter, Emitter& emitter, OperationsProxy&, const Arguments&)
{
    return emitter.migrationContext(interpreter);
}

Evaluated batch(Interpreter& interpreter, Emitter&, OperationsProxy&, const Arguments& given)
{
    return makeBatch(interpreter, given);
}

Evaluated invoke(Interpreter& interpreter, Emitter&, OperationsProxy& self, const Arguments& given)
{
    return invokeOperation(interpreter, self, given);
}

constexpr std::array<Member, 5> members = {{{"execute", execute},
                                            {"get_bind", bindOf},
                                            {"get_context", contextOf},
                                            {"batch_alter_table", batch},
                                            {"invoke", invoke}}};

/// Operations(context), and Operations.context(…) as a context manager.
Evaluated makeProxy(Interpreter& interpreter, const Arguments&)
{
    return Value(static_cast<Object*>(interpreter.make<OperationsProxy>()));
}

} // namespace

Value unknownOperation(Interpreter& interpreter, std::string written)
{
    const std::string name = written;
    return interpreter.makeFunction(
        name, [written](Interpreter& inner, const Arguments& given) -> Evaluated {
            auto* emitter = inner.service<Emitter>();
            const std::string what = "calls the custom operation op." + written;
            if (emitter == nullptr)
                return Value(Unknown{what});
            if (auto raised = emitter->emitOpaque(
                    inner,
                    change::Opaque{.what = what, .table = {}, .structural = true},
                    EmitDetails{.directive = written,
                                .span = given.span,
                                .reason = {},
                                .circumstances = {},
                                .texts = {}}))
                return otherwise(std::move(*raised));
            return Value(Unknown{what});
        });
}

Evaluated runDirective(Interpreter& interpreter,
                       const Directive& directive,
                       const Arguments& arguments,
                       std::string written)
{
    auto* emitter = interpreter.service<Emitter>();
    if (emitter == nullptr)
        return Value(Unknown{"op." + written + " is called outside a migration"});
    const auto call = DirectiveCall::bind(interpreter,
                                          *emitter,
                                          directive.name,
                                          directive.parameters,
                                          arguments,
                                          nullptr,
                                          directive.takesMore);
    if (!call)
        return otherwise(call.error());
    auto made = directive.lower(*call);
    if (!made)
        return otherwise(made.error());
    for (Change& each : made->changes)
        settle(each);
    if (made->changes.empty())
        return made->value;
    if (auto raised = emitter->emit(interpreter,
                                    std::move(made->changes),
                                    EmitDetails{.directive = std::move(written),
                                                .span = arguments.span,
                                                .reason = {},
                                                .circumstances = {},
                                                .texts = std::move(made->texts)}))
        return otherwise(std::move(*raised));
    return made->value;
}

Evaluated OperationsProxy::attribute(Interpreter& interpreter, std::string_view name)
{
    if (const Directive* directive = findDirective(name)) {
        return interpreter.makeFunction(
            std::string(name),
            [directive](Interpreter& inner, const Arguments& given) -> Evaluated {
                return runDirective(inner, *directive, given, std::string(directive->name));
            });
    }
    auto* emitter = interpreter.service<Emitter>();
    if (emitter == nullptr)
        return Value(Unknown{"op." + std::string(name) + " is used outside a migration"});
    for (const Member& member : members) {
        if (member.name != name)
            continue;
        return interpreter.makeFunction(
            std::string(name),
            [this, member, emitter](Interpreter& inner, const Arguments& given) -> Evaluated {
                return member.call(inner, *emitter, *this, given);
            });
    }
    if (name == "migration_context")
        return emitter->migrationContext(interpreter);
    if (name == "register_operation" || name == "implementation_for") {
        if (OperationsModule* module = operationsModule(interpreter))
            return name == "register_operation" ? registerOperation(interpreter, *module)
                                                : implementationFor(interpreter, *module);
    }
    if (auto custom = customOperation(interpreter, *this, name))
        return *custom;
    if (name == "impl" || name.starts_with("_"))
        return Value(Unknown{"op." + std::string(name) + " is not known to this reader"});
    return unknownOperation(interpreter, std::string(name));
}

void addOperations(Interpreter& interpreter, NativeModule& module)
{
    if (module.name() != "alembic.operations")
        return;
    auto* operations = interpreter.make<NativeClass>(
        "Operations", std::vector<std::string>{"AbstractOperations"}, makeProxy);
    if (auto* known = dynamic_cast<OperationsModule*>(&module)) {
        operations->setClassAttribute("register_operation", registerOperation(interpreter, *known));
        operations->setClassAttribute("implementation_for", implementationFor(interpreter, *known));
    }
    operations->setClassAttribute("context", interpreter.makeFunction("context", makeProxy));
    module.set("Operations", Value(static_cast<Object*>(operations)));
    for (const std::string_view name : {"MigrateOperation", "BatchOperations"}) {
        module.set(std::string(name),
                   Value(static_cast<Object*>(interpreter.make<NativeClass>(
                       std::string(name),
                       std::vector<std::string>{},
                       [](Interpreter&, const Arguments&) -> Evaluated {
                           return Value(Unknown{"an operation object of Alembic's own"});
                       }))));
    }
}

Object* makeDirectiveModule(Interpreter& interpreter, std::string_view dotted)
{
    if (dotted == "alembic.op")
        return interpreter.make<OperationsProxy>();
    if (dotted == "alembic.operations") {
        auto* module = interpreter.make<OperationsModule>();
        addOperations(interpreter, *module);
        return module;
    }
    if (dotted == "alembic.operations.ops" || dotted == "alembic.operations.base")
        return interpreter.importModule("alembic.operations").asObject();
    return makeEntityModule(interpreter, dotted);
}

} // namespace sightglass
