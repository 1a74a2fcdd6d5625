// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluation/classes.h"
#include "core/evaluation/containers.h"
#include "core/evaluation/evaluator.h"

#include <algorithm>

namespace sightglass {

namespace {

constexpr int levelsPerCall = 6;

const Node* lastOf(const Node& block)
{
    const Node* last = nullptr;
    for (const Node& each : childrenOf(block))
        last = &each;
    return last;
}

/// A branch that leaves at its end is the exception, what comes after it the rule.
bool leaves(const Node& block)
{
    const Node* last = lastOf(block);
    return last != nullptr &&
           (last->kind == Kind::ReturnStatement || last->kind == Kind::RaiseStatement ||
            last->kind == Kind::ContinueStatement || last->kind == Kind::BreakStatement);
}

bool raisesAtItsEnd(const Node* block)
{
    const Node* last = block == nullptr ? nullptr : lastOf(*block);
    return last != nullptr && last->kind == Kind::RaiseStatement;
}

} // namespace

Flow Evaluator::runBlock(const Node& block)
{
    for (const Node& each : childrenOf(block)) {
        const Flow flow = run(each);
        if (flow != Flow::Next)
            return flow;
    }
    return Flow::Next;
}

Flow Evaluator::run(const Node& statement)
{
    const Deeper deeper(depth);
    if (depth > limits.depth * levelsPerCall)
        return raise(limitReached("statements too deep within each other"));
    if (!step())
        return Flow::Raise;
    const Node* before = std::exchange(current, &statement);
    Flow flow = Flow::Next;
    switch (statement.kind) {
    case Kind::ExpressionStatement: {
        const Node* inner = statement.first;
        if (inner == nullptr)
            break;
        if (inner->kind == Kind::Assignment) {
            flow = runAssignment(*inner);
        } else if (inner->kind == Kind::AugmentedAssignment) {
            flow = runAugmented(*inner);
        } else {
            for (; inner != nullptr && flow == Flow::Next; inner = inner->next) {
                Evaluated value = evaluate(*inner);
                if (!value)
                    flow = raise(std::move(value.error()));
            }
        }
        break;
    }
    case Kind::IfStatement:
        flow = runIf(statement);
        break;
    case Kind::ForStatement:
        flow = runFor(statement);
        break;
    case Kind::WhileStatement:
        flow = runWhile(statement);
        break;
    case Kind::TryStatement:
        flow = runTry(statement);
        break;
    case Kind::WithStatement:
        flow = runWith(statement);
        break;
    case Kind::MatchStatement:
        flow = runMatch(statement);
        break;
    case Kind::ReturnStatement:
        flow = runReturn(statement);
        break;
    case Kind::RaiseStatement:
        flow = runRaise(statement);
        break;
    case Kind::AssertStatement:
        flow = runAssert(statement);
        break;
    case Kind::BreakStatement:
        flow = Flow::Break;
        break;
    case Kind::ContinueStatement:
        flow = Flow::Continue;
        break;
    case Kind::DeleteStatement:
        for (const Node& each : childrenOf(statement)) {
            if (flow == Flow::Next)
                flow = runDelete(each);
        }
        break;
    case Kind::GlobalStatement:
    case Kind::NonlocalStatement:
        for (const Node& each : childrenOf(statement)) {
            Scope& scope = *frame().scope;
            (statement.kind == Kind::GlobalStatement ? scope.globals : scope.nonlocals)
                .push_back(each.name);
        }
        break;
    case Kind::FunctionDefinition:
        flow = runFunction(statement, nullptr);
        break;
    case Kind::ClassDefinition:
        flow = runClass(statement, nullptr);
        break;
    case Kind::DecoratedDefinition:
        if (const Node* definition = statement.child(Role::Definition))
            flow = definition->kind == Kind::ClassDefinition ? runClass(*definition, &statement)
                                                             : runFunction(*definition, &statement);
        break;
    case Kind::ImportStatement:
        flow = runImport(statement);
        break;
    case Kind::ImportFromStatement:
        flow = runImportFrom(statement);
        break;
    case Kind::TypeAliasStatement:
        if (statement.first != nullptr && statement.first->first != nullptr)
            bindHere(statement.first->first->name, unknown(statement, "a type alias"));
        break;
    case Kind::Block:
        flow = runBlock(statement);
        break;
    default:
        break; // pass, comments of Python 2, text that Python would refuse
    }
    current = before;
    return flow;
}

Flow Evaluator::runIf(const Node& statement)
{
    struct Arm
    {
        const Node* condition;
        const Node* block;
    };

    std::vector<Arm> arms;
    arms.push_back({statement.child(Role::Condition), statement.child(Role::Consequence)});
    for (const Node& each : childrenOf(statement)) {
        if (each.kind == Kind::ElifClause)
            arms.push_back({each.child(Role::Condition), each.child(Role::Consequence)});
        else if (each.kind == Kind::ElseClause)
            arms.push_back({nullptr, each.child(Role::Body)});
    }
    // From the first condition that is not known, the rest is one unknown choice.
    const std::function<Flow(std::size_t)> from = [&](std::size_t at) -> Flow {
        while (at < arms.size()) {
            const Arm& arm = arms[at];
            if (arm.condition == nullptr)
                return arm.block == nullptr ? Flow::Next : runBlock(*arm.block);
            auto known = conditionOf(*arm.condition);
            if (!known)
                return raise(std::move(known.error()));
            if (known->isKnown()) {
                if (known->value())
                    return arm.block == nullptr ? Flow::Next : runBlock(*arm.block);
                ++at;
                continue;
            }
            const bool more = at + 1 < arms.size();
            const Node* other = more ? arms[at + 1].block : nullptr;
            const bool exits =
                arm.block != nullptr && leaves(*arm.block) && !(other != nullptr && leaves(*other));
            std::vector<Branch> branches;
            branches.push_back({.guard = guardOf(*arm.condition, false),
                                .alternative = exits,
                                .run = [this, &arm] {
                                    return arm.block == nullptr ? Flow::Next : runBlock(*arm.block);
                                }});
            branches.push_back({.guard = guardOf(*arm.condition, true),
                                .alternative = !exits && more,
                                .run = [&from, at] { return from(at + 1); }});
            // What is left when a branch raises is sure: that one is run first.
            if (tries.empty() && more && arms[at + 1].condition == nullptr && raisesAtItsEnd(other))
                std::swap(branches.front(), branches.back());
            return runBranches(branches, true, describe(*arm.condition));
        }
        return Flow::Next;
    };
    return from(0);
}

Flow Evaluator::runReturn(const Node& statement)
{
    frame().result = Value();
    if (statement.first != nullptr) {
        Evaluated value = evaluate(*statement.first);
        if (!value)
            return raise(std::move(value.error()));
        frame().result = std::move(*value);
    }
    return Flow::Return;
}

Flow Evaluator::runAssert(const Node& statement)
{
    if (statement.first == nullptr)
        return Flow::Next;
    auto known = conditionOf(*statement.first);
    if (!known)
        return raise(std::move(known.error()));
    if (!known->isKnown() || known->value())
        return Flow::Next; // a run that goes on has passed it
    std::string message;
    if (const Node* said = statement.first->next) {
        Evaluated value = evaluate(*said);
        if (!value)
            return raise(std::move(value.error()));
        const Known<std::string> shownText = text(*value);
        message = shownText.isKnown() ? shownText.value() : describe(*said);
    }
    return raise(makeRaised("AssertionError", std::move(message)));
}

Flow Evaluator::runDelete(const Node& target)
{
    switch (target.kind) {
    case Kind::Identifier:
        noteChange(*frame().scope, target.name);
        frame().scope->unbind(target.name);
        return Flow::Next;
    case Kind::Subscript: {
        const Node* value = target.child(Role::Value);
        const Node* key = target.child(Role::Subscript);
        if (value == nullptr || key == nullptr)
            return Flow::Next;
        Evaluated object = evaluate(*value);
        if (!object)
            return raise(std::move(object.error()));
        Evaluated held = evaluateKey(*key);
        if (!held)
            return raise(std::move(held.error()));
        if (auto failed = deleteSubscript(*object, *held))
            return raise(std::move(*failed));
        return Flow::Next;
    }
    case Kind::Attribute: {
        const Node* value = target.child(Role::Object);
        const Node* name = target.child(Role::AttributeName);
        if (value == nullptr || name == nullptr)
            return Flow::Next;
        Evaluated object = evaluate(*value);
        if (!object)
            return raise(std::move(object.error()));
        if (auto* instance = object->as<FileInstance>())
            instance->remove(interpreter, names.text(name->name));
        return Flow::Next;
    }
    default:
        for (const Node& each : childrenOf(target)) {
            const Flow flow = runDelete(each);
            if (flow != Flow::Next)
                return flow;
        }
        return Flow::Next;
    }
}

Flow Evaluator::runAssignment(const Node& statement)
{
    // a = b = value: the innermost right side is the value, targets are bound from the left.
    std::vector<const Node*> targets;
    const Node* value = &statement;
    while (value != nullptr && value->kind == Kind::Assignment) {
        if (const Node* left = value->child(Role::Left))
            targets.push_back(left);
        value = value->child(Role::Right);
    }
    if (value == nullptr)
        return Flow::Next; // an annotation alone
    if (value->kind == Kind::AugmentedAssignment)
        return Flow::Next;
    Evaluated result = evaluate(*value);
    if (!result)
        return raise(std::move(result.error()));
    for (const Node* target : targets) {
        const Flow flow = assign(*target, *result);
        if (flow != Flow::Next)
            return flow;
    }
    return Flow::Next;
}

Flow Evaluator::runAugmented(const Node& statement)
{
    const Node* left = statement.child(Role::Left);
    const Node* sign = statement.child(Role::Operator);
    const Node* right = statement.child(Role::Right);
    if (left == nullptr || sign == nullptr || right == nullptr)
        return Flow::Next;
    Evaluated before = evaluate(*left);
    if (!before)
        return raise(std::move(before.error()));
    Evaluated other = evaluate(*right);
    if (!other)
        return raise(std::move(other.error()));
    std::string op = names.text(sign->name);
    op.pop_back(); // "+=" is "+"
    if (auto* list = before->as<ListObject>(); list != nullptr && op == "+") {
        // In place: other names of the same list see it.
        const auto why = doubt(*other);
        auto more = elements(*other);
        if (!more)
            return raise(std::move(more.error()));
        if (auto tooMuch = charge(more->size() * sizeof(Value)))
            return raise(std::move(*tooMuch));
        Items& items = list->change(interpreter);
        items.items.insert(items.items.end(), more->begin(), more->end());
        if (why)
            items.doubt = why;
        return assign(*left, *before);
    }
    Evaluated result = Value();
    if (const auto update = dictMethod("update");
        before->as<DictObject>() != nullptr && op == "|") {
        Arguments arguments;
        arguments.positional.push_back(*other);
        result = (*update)(*this, *before, arguments);
        if (result)
            result = *before;
    } else if (const auto* set = before->as<SetObject>();
               set != nullptr && !set->frozen() && (op == "|" || op == "&" || op == "-")) {
        result = binary(op, *before, *other);
        if (result && result->as<SetObject>() != nullptr) {
            Items& items = before->as<SetObject>()->change(interpreter);
            items = result->as<SetObject>()->now();
            result = *before;
        }
    } else {
        result = binary(op, *before, *other);
    }
    if (!result)
        return raise(std::move(result.error()));
    return assign(*left, *result);
}

Flow Evaluator::assign(const Node& target, const Value& value)
{
    switch (target.kind) {
    case Kind::Identifier:
        bindHere(target.name, value);
        return Flow::Next;
    case Kind::Attribute: {
        const Node* object = target.child(Role::Object);
        const Node* name = target.child(Role::AttributeName);
        if (object == nullptr || name == nullptr)
            return Flow::Next;
        Evaluated holder = evaluate(*object);
        if (!holder)
            return raise(std::move(holder.error()));
        if (auto failed = setAttribute(*holder, names.text(name->name), value))
            return raise(std::move(*failed));
        return Flow::Next;
    }
    case Kind::Subscript: {
        const Node* object = target.child(Role::Value);
        const Node* subscripts = target.child(Role::Subscript);
        if (object == nullptr || subscripts == nullptr)
            return Flow::Next;
        Evaluated holder = evaluate(*object);
        if (!holder)
            return raise(std::move(holder.error()));
        Evaluated key = evaluateKey(*subscripts);
        if (!key)
            return raise(std::move(key.error()));
        if (auto failed = setSubscript(*holder, *key, value))
            return raise(std::move(*failed));
        return Flow::Next;
    }
    case Kind::ParenthesizedExpression:
    case Kind::ListSplatPattern:
    case Kind::ListSplat:
    case Kind::AsPatternTarget:
        return target.first == nullptr ? Flow::Next : assign(*target.first, value);
    case Kind::PatternList:
    case Kind::TuplePattern:
    case Kind::ListPattern:
    case Kind::ExpressionList:
    case Kind::Tuple:
    case Kind::List:
        return assignAll(target, value);
    default:
        return Flow::Next;
    }
}

Flow Evaluator::assignAll(const Node& pattern, const Value& value)
{
    std::vector<const Node*> targets;
    std::optional<std::size_t> star;
    for (const Node& each : childrenOf(pattern)) {
        if (each.kind == Kind::ListSplatPattern || each.kind == Kind::ListSplat)
            star = targets.size();
        targets.push_back(&each);
    }
    if (const auto why = doubt(value)) {
        for (const Node* each : targets) {
            const Flow flow = assign(*each, *why);
            if (flow != Flow::Next)
                return flow;
        }
        return Flow::Next;
    }
    const bool opaque = value.asObject() != nullptr && plainItems(value) == nullptr &&
                        value.as<DictObject>() == nullptr;
    auto all = elements(value);
    if (!all)
        return raise(std::move(all.error()));
    std::vector<Value>& items = *all;
    if (opaque && items.size() == 1 && items.front().isUnknown())
        items.resize(star ? targets.size() - 1 : targets.size(), items.front());
    const bool fits = star ? items.size() + 1 >= targets.size() : items.size() == targets.size();
    if (!fits)
        return raise(makeRaised(
            "ValueError",
            items.size() > targets.size()
                ? "too many values to unpack (expected " + std::to_string(targets.size()) + ")"
                : "not enough values to unpack (expected " + std::to_string(targets.size()) +
                      ", got " + std::to_string(items.size()) + ")"));
    std::size_t next = 0;
    for (std::size_t at = 0; at < targets.size(); ++at) {
        Value given;
        if (star == at) {
            const std::size_t count = items.size() + 1 - targets.size();
            given =
                interpreter.makeList({items.begin() + static_cast<std::ptrdiff_t>(next),
                                      items.begin() + static_cast<std::ptrdiff_t>(next + count)});
            next += count;
        } else {
            given = items[next++];
        }
        const Flow flow = assign(*targets[at], given);
        if (flow != Flow::Next)
            return flow;
    }
    return Flow::Next;
}

} // namespace sightglass
