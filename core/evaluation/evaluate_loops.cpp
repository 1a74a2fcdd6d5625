// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluation/classes.h"
#include "core/evaluation/containers.h"
#include "core/evaluation/evaluator.h"

#include <algorithm>

namespace sightglass {

namespace {

/// Names that a block binds, without those of functions and classes inside.
void boundNames(const Node& node, std::vector<NameId>& names, int depth)
{
    if (node.kind == Kind::FunctionDefinition || node.kind == Kind::ClassDefinition ||
        node.kind == Kind::Lambda || depth > 200)
        return;
    const bool binds = node.kind == Kind::Assignment || node.kind == Kind::AugmentedAssignment;
    if (binds) {
        if (const Node* left = node.child(Role::Left)) {
            if (left->kind == Kind::Identifier)
                names.push_back(left->name);
            for (const Node& each : childrenOf(*left)) {
                if (each.kind == Kind::Identifier && left->kind != Kind::Attribute &&
                    left->kind != Kind::Subscript)
                    names.push_back(each.name);
            }
        }
    }
    for (const Node& each : childrenOf(node))
        boundNames(each, names, depth + 1);
}

} // namespace

Flow Evaluator::runFor(const Node& statement)
{
    const Node* target = statement.child(Role::Left);
    const Node* over = statement.child(Role::Right);
    const Node* body = statement.child(Role::Body);
    const Node* orElse = statement.child(Role::Alternative);
    if (target == nullptr || over == nullptr || body == nullptr)
        return Flow::Next;
    Evaluated iterable = evaluate(*over);
    if (!iterable)
        return raise(std::move(iterable.error()));
    const std::size_t base = guards.size();
    const auto once = [&](const Value& each) {
        const std::size_t inner = guards.size();
        Flow flow = assign(*target, each);
        if (flow == Flow::Next)
            flow = runBlock(*body);
        release(inner, Hold::Iteration);
        return flow == Flow::Continue ? Flow::Next : flow;
    };
    const auto finish = [&](Flow flow) {
        if (flow == Flow::Next && orElse != nullptr) {
            if (const Node* block = orElse->child(Role::Body))
                flow = runBlock(*block);
        }
        release(base, Hold::Loop);
        return flow == Flow::Break ? Flow::Next : flow;
    };
    std::optional<Unknown> why = doubt(*iterable);
    if (auto* generator = iterable->as<GeneratorObject>();
        generator != nullptr && !generator->started)
        return finish(runGenerator(*generator, once));
    std::vector<Value> items;
    if (!why) {
        auto all = elements(*iterable);
        if (!all)
            return raise(std::move(all.error()));
        items = std::move(*all);
        const bool opaque = iterable->asObject() != nullptr && plainItems(*iterable) == nullptr &&
                            iterable->as<DictObject>() == nullptr &&
                            iterable->as<IteratorObject>() == nullptr;
        if (opaque && items.size() == 1 && items.front().isUnknown())
            why = Unknown{items.front().reason()};
    }
    if (!why) {
        for (const Value& each : items) {
            if (!step())
                return Flow::Raise;
            const Flow flow = once(each);
            if (flow != Flow::Next)
                return flow == Flow::Break ? (release(base, Hold::Loop), Flow::Next) : finish(flow);
        }
        return finish(Flow::Next);
    }
    // Nobody knows how often it runs: once, with what it changes as unknown as in a later round.
    std::vector<NameId> changed;
    boundNames(*body, changed, 0);
    Guard guard{.text = "for each " + describe(*target) + " of " + describe(*over),
                .span = statement.program->span(*over)};
    const std::string each =
        describe(*target) + ": from " + describe(*over) + ", line " + std::to_string(over->line);
    Flow flow = runPerhaps(std::move(guard), false, [&] {
        for (const NameId name : changed) {
            if (lookUp(frame().scope, name) != nullptr && frame().scope->find(name) != nullptr)
                bindHere(name,
                         Unknown{names.text(name) + ": changed in a loop over " + describe(*over)});
        }
        const Unknown element{iterable->isUnknown() && isFromLibrary(why->reason) ? why->reason
                                                                                  : each};
        const Flow ended = once(element);
        return ended == Flow::Break ? Flow::Next : ended;
    });
    release(base, Hold::Loop);
    if (flow == Flow::Next && orElse != nullptr && orElse->child(Role::Body) != nullptr)
        flow = runBlock(*orElse->child(Role::Body));
    return flow;
}

Flow Evaluator::runWhile(const Node& statement)
{
    const Node* condition = statement.child(Role::Condition);
    const Node* body = statement.child(Role::Body);
    const Node* orElse = statement.child(Role::Alternative);
    if (condition == nullptr || body == nullptr)
        return Flow::Next;
    const std::size_t base = guards.size();
    while (true) {
        if (!step())
            return Flow::Raise;
        auto known = conditionOf(*condition);
        if (!known)
            return raise(std::move(known.error()));
        if (!known->isKnown()) {
            std::vector<NameId> changed;
            boundNames(*body, changed, 0);
            Guard guard = guardOf(*condition, false);
            guard.text = "while " + guard.text;
            const Flow flow = runPerhaps(std::move(guard), false, [&] {
                for (const NameId name : changed) {
                    if (frame().scope->find(name) != nullptr)
                        bindHere(name, Unknown{names.text(name) + ": changed in a loop"});
                }
                const Flow ended = runBlock(*body);
                return ended == Flow::Return || ended == Flow::Raise ? ended : Flow::Next;
            });
            release(base, Hold::Loop);
            return flow;
        }
        if (!known->value())
            break;
        const std::size_t inner = guards.size();
        const Flow flow = runBlock(*body);
        // An exit that may have happened leaves the number of rounds open.
        const bool perhaps = guards.size() > inner &&
                             std::ranges::any_of(holds.begin() + static_cast<std::ptrdiff_t>(inner),
                                                 holds.end(),
                                                 [](Hold each) { return each == Hold::Loop; });
        release(inner, Hold::Iteration);
        if (flow == Flow::Break || perhaps) {
            release(base, Hold::Loop);
            return Flow::Next;
        }
        if (flow == Flow::Return || flow == Flow::Raise)
            return flow;
    }
    Flow flow = Flow::Next;
    if (orElse != nullptr && orElse->child(Role::Body) != nullptr)
        flow = runBlock(*orElse->child(Role::Body));
    release(base, Hold::Loop);
    return flow;
}

} // namespace sightglass
