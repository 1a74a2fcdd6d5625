// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluation/classes.h"
#include "core/evaluation/containers.h"
#include "core/evaluation/evaluator.h"

namespace sightglass {

namespace {

/// A comprehension that is being run, clause by clause.
struct Comprehension
{
    Evaluator& evaluator;
    const Node& node;
    const Node* body = nullptr;
    std::vector<const Node*> clauses;
    std::vector<Value> items;
    DictObject* pairs = nullptr;
    std::optional<Unknown> doubt;

    Flow clause(std::size_t at)
    {
        if (at == clauses.size())
            return element();
        const Node& each = *clauses[at];
        return each.kind == Kind::IfClause ? condition(each, at) : loop(each, at);
    }

    Flow element()
    {
        if (pairs != nullptr) {
            const Node* key = body->child(Role::Key);
            const Node* value = body->child(Role::Value);
            if (key == nullptr || value == nullptr)
                return Flow::Next;
            Evaluated name = evaluator.evaluate(*key);
            if (!name)
                return evaluator.raise(std::move(name.error()));
            Evaluated held = evaluator.evaluate(*value);
            if (!held)
                return evaluator.raise(std::move(held.error()));
            pairs->set(evaluator, *name, std::move(*held));
            return Flow::Next;
        }
        Evaluated value = evaluator.evaluate(*body);
        if (!value)
            return evaluator.raise(std::move(value.error()));
        if (auto tooMuch = evaluator.charge(sizeof(Value)))
            return evaluator.raise(std::move(*tooMuch));
        items.push_back(std::move(*value));
        return Flow::Next;
    }

    Flow condition(const Node& each, std::size_t at)
    {
        if (each.first == nullptr)
            return clause(at + 1);
        auto known = evaluator.conditionOf(*each.first);
        if (!known)
            return evaluator.raise(std::move(known.error()));
        if (known->isKnown())
            return known->value() ? clause(at + 1) : Flow::Next;
        doubt = Unknown{known->reason()};
        return evaluator.runPerhaps(
            evaluator.guardOf(*each.first, false), false, [&] { return clause(at + 1); });
    }

    Flow loop(const Node& each, std::size_t at)
    {
        const Node* target = each.child(Role::Left);
        const Node* over = each.child(Role::Right);
        if (target == nullptr || over == nullptr)
            return Flow::Next;
        Evaluated iterable = evaluator.evaluate(*over);
        if (!iterable)
            return evaluator.raise(std::move(iterable.error()));
        const auto why = evaluator.doubt(*iterable);
        if (why) {
            doubt = why;
            return evaluator.runPerhaps({.text = "for each " + evaluator.describe(*target) +
                                                 " of " + evaluator.describe(*over),
                                         .span = node.program->span(*over)},
                                        false,
                                        [&] {
                                            const Flow flow = evaluator.assign(*target, *why);
                                            return flow == Flow::Next ? clause(at + 1) : flow;
                                        });
        }
        auto all = evaluator.elements(*iterable);
        if (!all)
            return evaluator.raise(std::move(all.error()));
        if (all->size() == 1 && all->front().isUnknown() && plainItems(*iterable) == nullptr &&
            iterable->as<IteratorObject>() == nullptr && iterable->as<DictObject>() == nullptr)
            doubt = Unknown{all->front().reason()}; // of an object, nobody knows how many
        for (const Value& one : *all) {
            if (!evaluator.step())
                return Flow::Raise;
            Flow flow = evaluator.assign(*target, one);
            if (flow == Flow::Next)
                flow = clause(at + 1);
            if (flow != Flow::Next)
                return flow;
        }
        return Flow::Next;
    }
};

} // namespace

Evaluated Evaluator::evaluateComprehension(const Node& node)
{
    Comprehension running{.evaluator = *this,
                          .node = node,
                          .body = node.child(Role::Body),
                          .clauses = {},
                          .items = {},
                          .pairs = nullptr,
                          .doubt = {}};
    for (const Node& each : childrenOf(node)) {
        if (each.kind == Kind::ForInClause || each.kind == Kind::IfClause)
            running.clauses.push_back(&each);
    }
    if (running.body == nullptr)
        return unknown(node, "text that is not followed");
    if (node.kind == Kind::DictionaryComprehension)
        running.pairs = make<DictObject>();
    Scope* outer = frame().scope;
    Scope& own = scopes.emplace_back(Scope::Kind::Comprehension, outer, outer->module());
    frame().scope = &own;
    const Flow flow = running.clause(0);
    frame().scope = outer;
    if (flow == Flow::Raise)
        return otherwise(take());
    if (running.pairs != nullptr) {
        if (running.doubt)
            running.pairs->doubt(*running.doubt);
        return Value(running.pairs);
    }
    if (node.kind == Kind::ListComprehension) {
        auto* made = make<ListObject>(std::move(running.items));
        if (running.doubt)
            made->doubt(*running.doubt);
        return Value(made);
    }
    if (node.kind == Kind::SetComprehension) {
        const Value made = interpreter.makeSet(std::move(running.items));
        if (running.doubt)
            made.as<SetObject>()->doubt(*running.doubt);
        return made;
    }
    auto* made = make<IteratorObject>(std::move(running.items), "generator");
    if (running.doubt)
        made->doubt(*running.doubt);
    return Value(made);
}

} // namespace sightglass
