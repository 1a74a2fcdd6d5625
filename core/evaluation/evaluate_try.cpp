// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluation/classes.h"
#include "core/evaluation/containers.h"
#include "core/evaluation/evaluator.h"

#include <algorithm>

namespace sightglass {

namespace {

/// What an `except` clause says.
struct Handler
{
    const Node* type = nullptr; ///< null: everything
    const Node* name = nullptr;
    const Node* block = nullptr;
};

Handler handlerOf(const Node& clause)
{
    Handler result;
    for (const Node& each : childrenOf(clause)) {
        if (each.kind == Kind::Block) {
            result.block = &each;
        } else if (each.kind == Kind::AsPattern) {
            result.type = each.first;
            const Node* target = each.child(Kind::AsPatternTarget);
            result.name = target == nullptr ? nullptr : target->first;
        } else if (result.type == nullptr) {
            result.type = &each;
        }
    }
    return result;
}

/// The last name of "psycopg2.errors.DuplicateTable".
std::string lastName(const Node& node)
{
    const std::string_view text = node.text();
    const std::size_t dot = text.rfind('.');
    return std::string(dot == std::string_view::npos ? text : text.substr(dot + 1));
}

/// Whether a handler takes an exception; nothing when that is not known.
std::optional<bool>
takes(Evaluator& evaluator, const Handler& handler, const Raised& raised, const Value& type)
{
    if (type.isUnknown()) {
        // A class that is not at hand still has its name.
        const std::string name = lastName(*handler.type);
        if (raised.type == name || std::ranges::find(raised.bases, name) != raised.bases.end())
            return true;
        return std::nullopt;
    }
    return isCaughtBy(evaluator, raised, type);
}

Flow runHandler(Evaluator& evaluator, const Handler& handler, const Raised& caught)
{
    if (handler.block == nullptr)
        return Flow::Next;
    if (handler.name != nullptr) {
        Value exception = caught.exception;
        if (exception.isNone()) {
            std::string said = caught.message;
            // A KeyError says its key as repr() does; its argument is the key.
            if (caught.type == "KeyError" && said.size() > 1 && said.front() == '\'' &&
                said.back() == '\'' && said.find('\\') == std::string::npos)
                said = said.substr(1, said.size() - 2);
            exception = evaluator.make<ExceptionObject>(
                caught.type, caught.bases, std::vector<Value>{Value(std::move(said))});
        }
        evaluator.bindHere(handler.name->name, std::move(exception));
    }
    const Raised* before = std::exchange(evaluator.frame().handled, &caught);
    const Flow flow = evaluator.runBlock(*handler.block);
    evaluator.frame().handled = before;
    return flow;
}

/// Runs the handler that takes the exception; raises it again when none does.
Flow handle(Evaluator& evaluator, const Node& statement, Raised caught)
{
    for (const Node& clause : childrenOf(statement)) {
        if (clause.kind != Kind::ExceptClause)
            continue;
        const Handler handler = handlerOf(clause);
        std::optional<bool> taken = true;
        if (handler.type != nullptr) {
            Evaluated type = evaluator.evaluate(*handler.type);
            if (!type)
                return evaluator.raise(std::move(type.error()));
            taken = takes(evaluator, handler, caught, *type);
        }
        if (!taken.has_value()) {
            const Guard guard{.text = evaluator.describe(*handler.type) + " is raised",
                              .span = clause.program->span(*handler.type)};
            return evaluator.runPerhaps(
                guard, true, [&] { return runHandler(evaluator, handler, caught); });
        }
        if (*taken)
            return runHandler(evaluator, handler, caught);
    }
    return evaluator.raise(std::move(caught));
}

} // namespace

Flow Evaluator::runTry(const Node& statement)
{
    const Node* body = statement.child(Role::Body);
    const Node* orElse = statement.child(Kind::ElseClause);
    const Node* finallyClause = statement.child(Kind::FinallyClause);
    const bool handles = statement.child(Kind::ExceptClause) != nullptr;
    TryFrame own;
    own.statement = &statement;
    own.guards = guards.size();
    if (handles)
        tries.push_back(&own);
    Flow flow = body == nullptr ? Flow::Next : runBlock(*body);
    if (handles)
        tries.pop_back();
    if (flow == Flow::Raise && !raised->stopsReading && handles) {
        const std::size_t kept = steps;
        flow = handle(*this, statement, take());
        steps = std::max(steps, kept);
    } else if (flow == Flow::Next && orElse != nullptr) {
        if (const Node* block = orElse->child(Role::Body) != nullptr ? orElse->child(Role::Body)
                                                                     : orElse->child(Kind::Block))
            flow = runBlock(*block);
    }
    for (std::size_t at = guards.size(); !own.perhaps.empty() && at > own.guards; --at) {
        if (holds[at - 1] == Hold::Raise) {
            guards.erase(guards.begin() + static_cast<std::ptrdiff_t>(at - 1));
            holds.erase(holds.begin() + static_cast<std::ptrdiff_t>(at - 1));
        }
    }
    // Exceptions that may have been raised: their handlers may have run.
    for (auto& [exception, guard] : own.perhaps) {
        if (flow == Flow::Raise)
            break;
        const Flow perhaps =
            runPerhaps(guard, true, [&] { return handle(*this, statement, exception); });
        if (perhaps == Flow::Raise)
            flow = Flow::Raise;
    }
    if (finallyClause == nullptr || (flow == Flow::Raise && raised->stopsReading))
        return flow;
    const Node* block = finallyClause->child(Kind::Block);
    if (block == nullptr)
        return flow;
    std::optional<Raised> pending;
    if (flow == Flow::Raise)
        pending = take();
    Value result = frame().result;
    const Flow last = runBlock(*block);
    if (last != Flow::Next)
        return last;
    frame().result = std::move(result);
    return pending ? raise(std::move(*pending)) : flow;
}

Flow Evaluator::runRaise(const Node& statement)
{
    const Node* what = nullptr;
    for (const Node& each : childrenOf(statement)) {
        if (each.role != Role::Cause && what == nullptr)
            what = &each;
    }
    if (what == nullptr) {
        if (frame().handled != nullptr)
            return raise(*frame().handled);
        return raise(makeRaised("RuntimeError", "No active exception to reraise"));
    }
    Evaluated value = evaluate(*what);
    if (!value)
        return raise(std::move(value.error()));
    Raised made = raisedFrom(*this, *value);
    if (value->isUnknown()) {
        const Node* function = what->kind == Kind::Call ? what->child(Role::Function) : what;
        made.type = function == nullptr ? "Exception" : lastName(*function);
        made.message = describe(*what);
    }
    made.span = statement.program->span(statement);
    return raise(std::move(made));
}

namespace {

struct Item
{
    const Node* expression = nullptr;
    const Node* target = nullptr;
};

Flow runItems(Evaluator& evaluator,
              const std::vector<Item>& items,
              std::size_t at,
              const Node& body);

/// A with over contextlib.suppress.
Flow runSuppressed(Evaluator& evaluator,
                   const ExceptionObject& suppress,
                   const std::function<Flow()>& inside)
{
    TryFrame own;
    own.guards = evaluator.guards.size();
    for (const Value& each : suppress.arguments) {
        if (const auto* native = each.as<NativeClass>())
            own.names.push_back(native->name());
    }
    evaluator.tries.push_back(&own);
    const Flow flow = inside();
    evaluator.tries.pop_back();
    if (flow != Flow::Raise || evaluator.raised->stopsReading)
        return flow;
    for (const Value& each : suppress.arguments) {
        if (isCaughtBy(evaluator, *evaluator.raised, each).value_or(true)) {
            evaluator.raised.reset();
            return Flow::Next;
        }
    }
    return flow;
}

Flow runOver(Evaluator& evaluator,
             const Value& manager,
             const Node* target,
             const std::function<Flow()>& inside)
{
    const auto bound = [&](const Value& value) {
        if (target != nullptr) {
            const Flow flow = evaluator.assign(*target, value);
            if (flow != Flow::Next)
                return flow;
        }
        return inside();
    };
    if (auto* context = manager.as<ContextObject>())
        return evaluator.runGenerator(context->generator, bound);
    if (const auto* suppress = manager.as<ExceptionObject>();
        suppress != nullptr && suppress->type == "suppress")
        return runSuppressed(evaluator, *suppress, inside);
    Object* object = manager.asObject();
    if (object == nullptr)
        return bound(manager);
    Evaluated entered = object->enter(evaluator.interpreter);
    if (!entered)
        return evaluator.raise(std::move(entered.error()));
    const Flow flow = bound(*entered);
    if (flow == Flow::Raise && evaluator.raised->stopsReading)
        return flow;
    std::optional<Raised> pending;
    if (flow == Flow::Raise)
        pending = evaluator.take();
    Value result = evaluator.frame().result;
    if (auto failed = object->exit(evaluator.interpreter, pending ? &*pending : nullptr))
        return evaluator.raise(std::move(*failed));
    evaluator.frame().result = std::move(result);
    const auto* own = manager.as<FileInstance>();
    if (pending && !(own != nullptr && own->exitSwallowed))
        return evaluator.raise(std::move(*pending));
    return pending ? Flow::Next : flow;
}

Flow runItems(Evaluator& evaluator,
              const std::vector<Item>& items,
              std::size_t at,
              const Node& body)
{
    if (at == items.size())
        return evaluator.runBlock(body);
    const Deeper deeper(evaluator.depth);
    Evaluated manager = evaluator.evaluate(*items[at].expression);
    if (!manager)
        return evaluator.raise(std::move(manager.error()));
    return runOver(evaluator, *manager, items[at].target, [&] {
        return runItems(evaluator, items, at + 1, body);
    });
}

} // namespace

Flow Evaluator::runWith(const Node& statement)
{
    const Node* clause = statement.child(Kind::WithClause);
    const Node* body = statement.child(Role::Body);
    if (clause == nullptr || body == nullptr)
        return Flow::Next;
    std::vector<Item> items;
    for (const Node& each : childrenOf(*clause)) {
        if (each.kind != Kind::WithItem || each.first == nullptr)
            continue;
        const Node* shown = each.first;
        // with (a as b): the grammar may take it for an expression.
        while (shown->kind == Kind::ParenthesizedExpression && shown->first != nullptr)
            shown = shown->first;
        if (shown->kind == Kind::Tuple && shown->child(Kind::AsPattern) != nullptr) {
            for (const Node& part : childrenOf(*shown)) {
                const Node* target = part.child(Kind::AsPatternTarget);
                if (part.kind == Kind::AsPattern && part.first != nullptr)
                    items.push_back({part.first, target == nullptr ? nullptr : target->first});
                else
                    items.push_back({&part, nullptr});
            }
            continue;
        }
        if (shown->kind == Kind::AsPattern && shown->first != nullptr) {
            const Node* target = shown->child(Kind::AsPatternTarget);
            items.push_back({shown->first, target == nullptr ? nullptr : target->first});
        } else {
            items.push_back({shown, nullptr});
        }
    }
    return items.size() > 100 ? raise(limitReached("a with of too many parts"))
                              : runItems(*this, items, 0, *body);
}

} // namespace sightglass
