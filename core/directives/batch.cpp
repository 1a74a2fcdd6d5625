// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/directives/batch.h"

#include "core/directives/operations_proxy.h"
#include "core/directives/revision_session.h"
#include "core/directives/server_exception.h"
#include "core/sqlalchemy/naming.h"

#include <algorithm>
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

/// Names that a convention makes anew although they are there: those of reflected constraints
/// would no longer be what they are.
bool renames(const DirectiveCall& call)
{
    const Value* given = call.some("naming_convention");
    if (given == nullptr)
        return false;
    if (call.interpreter().doubtAbout(*given))
        return true;
    const auto pairs = Interpreter::pairsOf(*given);
    return pairs.empty() || std::ranges::any_of(pairs, [](const auto& pair) {
               const std::string* text = pair.second.asText();
               return text == nullptr || text->find("constraint_name") != std::string::npos;
           });
}

bool isPlain(const DirectiveCall& call)
{
    constexpr std::array<std::string_view, 5> options{
        "partial_reordering", "table_args", "table_kwargs", "reflect_args", "reflect_kwargs"};
    return std::ranges::none_of(options,
                                [&](std::string_view each) { return call.some(each) != nullptr; });
}

const ColumnItem* columnOf(const DirectiveCall& call)
{
    const Value* given = call.given("column");
    return given == nullptr ? nullptr : given->as<ColumnItem>();
}

/// A type that is to be made with a new table.
bool bringsType(const ColumnItem* column)
{
    return column != nullptr && column->type.isKnown() && column->type.value() != nullptr &&
           column->type.value()->nativeEnum().has_value();
}

bool isPrimaryKey(const Change& change)
{
    const auto* added = std::get_if<change::AddConstraint>(&change);
    return added != nullptr && added->constraint.kind == ConstraintDefinition::Kind::PrimaryKey;
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
        call->some("copy_from") != nullptr ? *call->some("copy_from") : Value(),
        isPlain(*call),
        renames(*call))));
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
    const ColumnItem* column = directive.name == "add_column" ? columnOf(*call) : nullptr;
    m_plain = m_plain && !placed && !bringsType(column);
    m_keyColumn = m_keyColumn || (column != nullptr && column->primaryKey);
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

Outcome<Known<TableCopy>, Raised> BatchOperations::copyOfTable(Interpreter& interpreter,
                                                               Emitter& emitter,
                                                               const std::vector<Queued>& queue)
{
    const auto unknown = [](std::string reason) {
        return Known<TableCopy>(Unknown{"the table is made anew, and " + std::move(reason)});
    };
    const auto name = givenText(&m_table.name);
    const auto space = givenText(&m_table.schema);
    const auto* given = m_copyFrom.as<TableItem>();
    if (!m_plain || (given == nullptr && !m_copyFrom.isNone()) || !name || !name->isKnown() ||
        (space && !space->isKnown()))
        return unknown("the block says how in ways that are not followed");
    RecreatedTable table{.name = {space ? space->value() : std::string(), name->value()}};
    for (const Queued& each : queue) {
        if (each.details.circumstances && !each.details.circumstances->guards.empty())
            return unknown("what the block asks for is conditional");
        table.asked.insert(
            table.asked.end(), each.lowered.changes.begin(), each.lowered.changes.end());
    }
    if (m_keyColumn && std::ranges::none_of(table.asked, isPrimaryKey))
        return unknown("a column is added to its primary key");
    table.given = given;
    if (given != nullptr)
        return recreateTable(interpreter, std::move(table));
    const Outcome<const Schema*, Raised> schema = emitter.schema(interpreter);
    if (!schema)
        return otherwise(schema.error());
    table.schema = *schema;
    QualifiedName found = table.name;
    for (const std::string& each : emitter.searchPath()) {
        if (!table.name.schema.empty() || (*schema)->table({each, found.name}) != nullptr) {
            found.schema = table.name.schema.empty() ? each : table.name.schema;
            break;
        }
    }
    table.reflected = (*schema)->table(found);
    std::string doubt = emitter.doubtAbout(found);
    if (doubt.empty())
        doubt = sessionOf(interpreter)->doubtAboutColumns(found);
    if (!doubt.empty())
        return unknown(std::move(doubt));
    if (table.reflected != nullptr && m_renames && !table.reflected->checks.empty())
        return unknown("its naming convention gives checks other names");
    if (table.reflected == nullptr)
        // It may have been there before the first revision; where it was not, what the block asks
        // of it is refused.
        return unknown("no revision before makes table " + toText(table.name));
    return recreateTable(interpreter, std::move(table));
}

std::optional<Raised> BatchOperations::flush(Interpreter& interpreter, Emitter& emitter)
{
    std::vector<Queued> queue;
    queue.swap(m_queue);
    if (m_recreate == Recreate::Always && emitter.offline() && m_copyFrom.isNone())
        return cannotReflect(m_table);
    std::string unread;
    if (m_recreate == Recreate::Always) {
        auto copy = copyOfTable(interpreter, emitter, queue);
        if (!copy)
            return std::move(copy.error());
        if (copy->isKnown())
            return emitter.emit(interpreter,
                                copy->value().changes,
                                EmitDetails{.directive = "batch_alter_table",
                                            .span = {},
                                            .reason = {},
                                            .circumstances = {},
                                            .texts = copy->value().texts});
        unread = copy->reason();
    }
    for (Queued& each : queue) {
        each.details.reason = unread;
        if (auto raised =
                emitter.emit(interpreter, std::move(each.lowered.changes), std::move(each.details)))
            return raised;
    }
    return std::nullopt;
}

} // namespace sightglass
