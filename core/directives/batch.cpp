// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/directives/batch.h"

#include "core/directives/operations_proxy.h"
#include "core/sqlalchemy/naming.h"

#include <array>

namespace sightglass {
namespace {

using Role = DirectiveParameter::Role;

constexpr std::array<DirectiveParameter, 10> batchParameters = {{{"table_name", Role::Plain, true},
                                                                 {"schema"},
                                                                 {"recreate"},
                                                                 {"partial_reordering"},
                                                                 {"copy_from"},
                                                                 {"table_args"},
                                                                 {"table_kwargs"},
                                                                 {"reflect_args"},
                                                                 {"reflect_kwargs"},
                                                                 {"naming_convention"}}};

Outcome<BatchOperations::Recreate, Raised> recreateOf(const DirectiveCall& call)
{
    using Recreate = BatchOperations::Recreate;
    if (call.some("recreate") == nullptr)
        return Recreate::Auto;
    const auto word = call.text("recreate");
    if (!word.isKnown() || word.value() == "auto")
        return Recreate::Auto;
    if (word.value() == "never")
        return Recreate::Never;
    if (word.value() == "always")
        return Recreate::Always;
    return raising("ValueError",
                   "recreate may be one of 'auto', 'always', or 'never'.",
                   {"Exception", "BaseException"});
}

Raised cannotReflect(const BatchTable& table)
{
    const auto name = givenText(&table.name);
    return commandError(
               "This operation cannot proceed in --sql mode; batch mode with dialect "
               "postgresql requires a live database connection with which to reflect the "
               "table \"" +
               (name && name->isKnown() ? name->value() : std::string()) +
               "\". To generate a batch SQL migration script using table \"move and "
               "copy\", a complete Table object should be passed to the \"copy_from\" "
               "argument of the batch_alter_table() method so that table reflection can be "
               "skipped.")
        .value();
}

} // namespace

Evaluated makeBatch(Interpreter& interpreter, const Arguments& arguments)
{
    auto* emitter = interpreter.service<Emitter>();
    if (emitter == nullptr)
        return Value(Unknown{"op.batch_alter_table is called outside a migration"});
    const auto call = DirectiveCall::bind(
        interpreter, *emitter, "batch_alter_table", batchParameters, arguments, nullptr);
    if (!call)
        return otherwise(call.error());
    const auto recreate = recreateOf(*call);
    if (!recreate)
        return otherwise(recreate.error());
    const Value* schema = call->given("schema");
    return Value(static_cast<Object*>(interpreter.make<BatchOperations>(
        BatchTable{*call->given("table_name"), schema == nullptr ? Value() : *schema},
        *recreate,
        call->some("copy_from") != nullptr)));
}

Evaluated BatchOperations::attribute(Interpreter& interpreter, std::string_view name)
{
    const Directive* directive = findDirective(name);
    if (directive != nullptr && directive->inBatch) {
        return interpreter.makeFunction(
            std::string(name),
            [this, directive](Interpreter& inner, const Arguments& given) -> Evaluated {
                return run(inner, *directive, given);
            });
    }
    auto* emitter = interpreter.service<Emitter>();
    if (emitter == nullptr)
        return Object::attribute(interpreter, name);
    if (name == "execute") {
        // Not queued: runs before what the block has gathered.
        return interpreter.makeFunction(
            "execute", [emitter](Interpreter& inner, const Arguments& given) -> Evaluated {
                return emitter->execute(inner, given, "batch_op.execute");
            });
    }
    if (name == "get_bind" || name == "get_context") {
        const bool bind = name == "get_bind";
        return interpreter.makeFunction(
            std::string(name), [emitter, bind](Interpreter& inner, const Arguments&) -> Evaluated {
                return bind ? emitter->bind(inner) : emitter->migrationContext(inner);
            });
    }
    if (name == "migration_context")
        return emitter->migrationContext(interpreter);
    if (directive != nullptr)
        return raising("AttributeError",
                       "'BatchOperations' object has no attribute '" + std::string(name) + "'",
                       {"Exception", "BaseException"});
    return unknownOperation(interpreter, std::string(name));
}

Evaluated BatchOperations::run(Interpreter& interpreter,
                               const Directive& directive,
                               const Arguments& arguments)
{
    auto* emitter = interpreter.service<Emitter>();
    if (emitter == nullptr)
        return Value(Unknown{"a batch block is used outside a migration"});
    const auto call = DirectiveCall::bind(interpreter,
                                          *emitter,
                                          directive.name,
                                          directive.parameters,
                                          arguments,
                                          &m_table,
                                          directive.takesMore);
    if (!call)
        return otherwise(call.error());
    const bool placed =
        call->some("insert_before") != nullptr || call->some("insert_after") != nullptr;
    if (placed && m_recreate != Recreate::Always)
        return commandError("Can't specify insert_before or insert_after when using ALTER; please "
                            "specify recreate='always'");
    auto made = directive.lower(*call);
    if (!made)
        return otherwise(made.error());
    const Value value = made->value;
    if (made->changes.empty())
        return value;
    for (Change& each : made->changes)
        settle(each);
    m_queue.push_back({std::move(*made),
                       EmitDetails{.directive = "batch_op." + std::string(directive.name),
                                   .span = arguments.span,
                                   .reason = {},
                                   .circumstances = circumstancesOf(interpreter),
                                   .texts = {}}});
    return value;
}

Evaluated BatchOperations::enter(Interpreter&)
{
    return Value(static_cast<Object*>(this));
}

std::optional<Raised> BatchOperations::exit(Interpreter& interpreter, const Raised* raised)
{
    auto* emitter = interpreter.service<Emitter>();
    if (raised != nullptr || emitter == nullptr) {
        m_queue.clear();
        return std::nullopt;
    }
    return flush(interpreter, *emitter);
}

std::optional<Raised> BatchOperations::flush(Interpreter& interpreter, Emitter& emitter)
{
    std::vector<Queued> queue;
    queue.swap(m_queue);
    if (m_recreate == Recreate::Always && emitter.offline() && !m_copies)
        return cannotReflect(m_table);
    for (Queued& each : queue) {
        // The copy that stands in the table's place has what reflection sees of it, and no more.
        if (m_recreate == Recreate::Always)
            each.details.reason = "the table is made anew by recreate='always'; only the changes "
                                  "asked for are read";
        if (auto raised =
                emitter.emit(interpreter, std::move(each.lowered.changes), std::move(each.details)))
            return raised;
    }
    return std::nullopt;
}

} // namespace sightglass
