// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluation/classes.h"
#include "core/evaluation/containers.h"
#include "core/evaluation/evaluator.h"

#include <algorithm>

namespace sightglass {

namespace {

/// Levels of expressions and statements for one level of calls.
constexpr int levelsPerCall = 6;

bool isFalse(const Known<bool>& known)
{
    return known.isKnown() && !known.value();
}

bool isTrue(const Known<bool>& known)
{
    return known.isKnown() && known.value();
}

const Node* firstOperand(const Node& node)
{
    return node.child(Role::Argument) != nullptr ? node.child(Role::Argument) : node.first;
}

} // namespace

Evaluated Evaluator::evaluate(const Node& node)
{
    const Deeper deeper(depth);
    if (depth > limits.depth * levelsPerCall)
        return otherwise(limitReached("expressions too deep within each other"));
    if (!step())
        return otherwise(take());
    switch (node.kind) {
    case Kind::Identifier:
        return evaluateName(node);
    case Kind::String:
    case Kind::ConcatenatedString:
        return evaluateText(node);
    case Kind::Integer:
    case Kind::Float:
        return evaluateNumber(node);
    case Kind::True:
        return Value(true);
    case Kind::False:
        return Value(false);
    case Kind::None:
        return Value();
    case Kind::Call:
        return evaluateCall(node);
    case Kind::Attribute:
        return evaluateAttribute(node);
    case Kind::Subscript:
        return evaluateSubscript(node);
    case Kind::List:
    case Kind::Tuple:
    case Kind::Set:
    case Kind::ExpressionList:
    case Kind::PatternList:
        return evaluateSequence(node);
    case Kind::Dictionary:
        return evaluateDictionary(node);
    case Kind::ListComprehension:
    case Kind::SetComprehension:
    case Kind::DictionaryComprehension:
    case Kind::GeneratorExpression:
        return evaluateComprehension(node);
    case Kind::BinaryOperator:
        return evaluateBinary(node);
    case Kind::UnaryOperator:
    case Kind::NotOperator:
        return evaluateUnary(node);
    case Kind::BooleanOperator:
        return evaluateBoolean(node);
    case Kind::ComparisonOperator:
        return evaluateComparison(node);
    case Kind::ConditionalExpression:
        return evaluateConditional(node);
    case Kind::Lambda:
        return makeFunction(node);
    case Kind::ParenthesizedExpression:
    case Kind::Await:
    case Kind::Type:
        return node.first == nullptr ? Evaluated(Value()) : evaluate(*node.first);
    case Kind::NamedExpression: {
        const Node* value = node.child(Role::Value);
        const Node* name = node.child(Role::Name);
        if (value == nullptr || name == nullptr)
            break;
        Evaluated result = evaluate(*value);
        if (result) {
            // In a comprehension it binds a name of the function around it.
            Scope* own = frame().scope;
            while (frame().scope->kind() == Scope::Kind::Comprehension)
                frame().scope = frame().scope->parent();
            bindHere(name->name, *result);
            frame().scope = own;
        }
        return result;
    }
    case Kind::Yield:
        return evaluateYield(node);
    case Kind::Ellipsis:
        return Unknown{"..."};
    case Kind::GenericType:
    case Kind::UnionType:
        return unknown(node, "an annotation");
    default:
        break;
    }
    return unknown(node, "text that is not followed: " + describe(node));
}

Evaluated Evaluator::evaluateName(const Node& node)
{
    if (const Value* found = lookUp(frame().scope, node.name)) {
        if (found->asObject() == nullptr)
            return *found;
        return resolved(*found);
    }
    if (const Value* found = builtin(node.name))
        return *found;
    for (const Scope* scope = frame().scope; scope != nullptr; scope = scope->parent()) {
        if (scope->hides)
            return *scope->hides;
    }
    return otherwise(
        makeRaised("NameError", "name '" + names.text(node.name) + "' is not defined"));
}

Evaluated Evaluator::evaluateAttribute(const Node& node)
{
    const Node* object = node.child(Role::Object);
    const Node* name = node.child(Role::AttributeName);
    if (object == nullptr || name == nullptr)
        return unknown(node, "text that is not followed");
    Evaluated value = evaluate(*object);
    if (!value)
        return value;
    Evaluated result = attribute(*value, names.text(name->name));
    if (!result && result.error().span.line == 0)
        result.error().span = node.program->span(node);
    return result;
}

Evaluated Evaluator::evaluateKey(const Node& node)
{
    if (node.kind != Kind::Slice)
        return evaluate(node);
    std::array<Value, 3> bounds;
    std::size_t at = 0;
    for (const Node& each : childrenOf(node)) {
        if (each.kind == Kind::Colon) {
            at = std::min<std::size_t>(at + 1, 2);
            continue;
        }
        Evaluated bound = evaluate(each);
        if (!bound)
            return bound;
        bounds[at] = std::move(*bound);
    }
    return Value(make<SliceObject>(bounds[0], bounds[1], bounds[2]));
}

Evaluated Evaluator::evaluateSubscript(const Node& node)
{
    const Node* value = node.child(Role::Value);
    if (value == nullptr)
        return unknown(node, "text that is not followed");
    Evaluated object = evaluate(*value);
    if (!object)
        return object;
    std::vector<Value> keys;
    bool comma = false;
    for (const Node& each : childrenOf(node)) {
        comma = comma || each.kind == Kind::Comma;
        if (each.role != Role::Subscript)
            continue;
        Evaluated key = evaluateKey(each);
        if (!key)
            return key;
        keys.push_back(std::move(*key));
    }
    if (keys.empty())
        return unknown(node, "text that is not followed");
    const Value key = comma ? interpreter.makeTuple(std::move(keys)) : keys.front();
    Evaluated result = subscript(*object, key);
    if (!result && result.error().span.line == 0)
        result.error().span = node.program->span(node);
    return result;
}

Evaluated Evaluator::evaluateSequence(const Node& node)
{
    std::vector<Value> items;
    std::optional<Unknown> doubtful;
    for (const Node& each : childrenOf(node)) {
        const bool splat = each.kind == Kind::ListSplat ||
                           each.kind == Kind::ParenthesizedListSplat ||
                           each.kind == Kind::ListSplatPattern;
        const Node* shown = &each;
        while (splat && shown->first != nullptr &&
               (shown->kind == Kind::ParenthesizedListSplat || shown->kind == Kind::ListSplat ||
                shown->kind == Kind::ListSplatPattern))
            shown = shown->first;
        Evaluated value = evaluate(*shown);
        if (!value)
            return value;
        if (!splat) {
            items.push_back(std::move(*value));
            continue;
        }
        if (const auto why = doubt(*value))
            doubtful = why;
        auto all = elements(*value);
        if (!all)
            return otherwise(std::move(all.error()));
        items.insert(items.end(), all->begin(), all->end());
    }
    if (node.kind == Kind::Set) {
        const Value made = interpreter.makeSet(std::move(items));
        if (doubtful)
            made.as<SetObject>()->doubt(*doubtful);
        return made;
    }
    if (node.kind == Kind::List) {
        auto* made = make<ListObject>(std::move(items));
        if (doubtful)
            made->doubt(*doubtful);
        return Value(made);
    }
    if (doubtful)
        return *doubtful; // a tuple does not carry doubts
    return interpreter.makeTuple(std::move(items));
}

Evaluated Evaluator::evaluateDictionary(const Node& node)
{
    auto* made = make<DictObject>();
    for (const Node& each : childrenOf(node)) {
        if (each.kind == Kind::DictionarySplat && each.first != nullptr) {
            Evaluated other = evaluate(*each.first);
            if (!other)
                return other;
            const auto* pairs = other->as<DictObject>();
            if (pairs == nullptr) {
                made->doubt(Unknown{other->isUnknown() ? other->reason() : "** of an object"});
                continue;
            }
            if (pairs->now().doubt)
                made->doubt(*pairs->now().doubt);
            for (const auto& [key, value] : std::vector(pairs->now().pairs))
                made->set(*this, key, value);
            continue;
        }
        const Node* key = each.child(Role::Key);
        const Node* value = each.child(Role::Value);
        if (key == nullptr || value == nullptr)
            continue;
        Evaluated keyValue = evaluate(*key);
        if (!keyValue)
            return keyValue;
        Evaluated held = evaluate(*value);
        if (!held)
            return held;
        made->set(*this, *keyValue, std::move(*held));
    }
    return Value(made);
}

Evaluated Evaluator::evaluateBinary(const Node& node)
{
    // Long sums lean to the left: they are walked, not recursed into.
    std::vector<const Node*> spine;
    const Node* leftmost = &node;
    while (leftmost->kind == Kind::BinaryOperator) {
        spine.push_back(leftmost);
        leftmost = leftmost->child(Role::Left);
        if (leftmost == nullptr)
            return unknown(node, "text that is not followed");
    }
    Evaluated result = evaluate(*leftmost);
    for (auto each = spine.rbegin(); each != spine.rend() && result; ++each) {
        const Node* sign = (*each)->child(Role::Operator);
        const Node* right = (*each)->child(Role::Right);
        if (sign == nullptr || right == nullptr)
            return unknown(node, "text that is not followed");
        Evaluated other = evaluate(*right);
        if (!other)
            return other;
        const Node* before = std::exchange(current, *each);
        result = binary(names.text(sign->name), *result, *other);
        current = before;
    }
    return result;
}

Evaluated Evaluator::evaluateUnary(const Node& node)
{
    const Node* argument = firstOperand(node);
    if (argument != nullptr && argument->kind == Kind::Sign)
        argument = argument->next;
    if (argument == nullptr)
        return unknown(node, "text that is not followed");
    if (node.kind == Kind::NotOperator) {
        auto condition = conditionOf(*argument);
        if (!condition)
            return otherwise(std::move(condition.error()));
        if (!condition->isKnown())
            return Unknown{condition->reason()};
        return Value(!condition->value());
    }
    Evaluated value = evaluate(*argument);
    const Node* sign = node.child(Role::Operator);
    if (!value || sign == nullptr)
        return value;
    return unary(names.text(sign->name), *value);
}

Evaluated Evaluator::evaluateBoolean(const Node& node)
{
    const Node* left = node.child(Role::Left);
    const Node* sign = node.child(Role::Operator);
    const Node* right = node.child(Role::Right);
    if (left == nullptr || sign == nullptr || right == nullptr)
        return unknown(node, "text that is not followed");
    const bool isAnd = names.text(sign->name) == "and";
    Evaluated first = evaluate(*left);
    if (!first)
        return first;
    const Known<bool> known = truth(*first);
    if (known.isKnown())
        return known.value() == isAnd ? evaluate(*right) : first;
    // Whether the other side is reached is not known; its calls may happen.
    Evaluated second = evaluatePerhaps(*right, *left, !isAnd, false);
    if (!second)
        return second;
    return Unknown{known.reason()};
}

Outcome<Known<bool>, Raised> Evaluator::conditionOf(const Node& node)
{
    if (node.kind == Kind::ParenthesizedExpression && node.first != nullptr) {
        const Deeper deeper(depth);
        if (depth > limits.depth * levelsPerCall)
            return otherwise(limitReached("expressions too deep within each other"));
        return conditionOf(*node.first);
    }
    const Node* left = node.child(Role::Left);
    const Node* sign = node.child(Role::Operator);
    const Node* right = node.child(Role::Right);
    if (node.kind == Kind::BooleanOperator && left != nullptr && sign != nullptr &&
        right != nullptr) {
        const Deeper deeper(depth);
        if (depth > limits.depth * levelsPerCall)
            return otherwise(limitReached("expressions too deep within each other"));
        const bool isAnd = names.text(sign->name) == "and";
        auto first = conditionOf(*left);
        if (!first)
            return first;
        if (first->isKnown())
            return first->value() == isAnd ? conditionOf(*right) : first;
        Evaluated value = evaluatePerhaps(*right, *left, !isAnd, false);
        if (!value)
            return otherwise(std::move(value.error()));
        const Known<bool> second = truth(*value);
        if (isAnd ? isFalse(second) : isTrue(second))
            return second; // whatever the first is
        return first;
    }
    Evaluated value = evaluate(node);
    if (!value)
        return otherwise(std::move(value.error()));
    return truth(*value);
}

Evaluated Evaluator::evaluateComparison(const Node& node)
{
    const Node* operand = node.first;
    if (operand == nullptr)
        return unknown(node, "text that is not followed");
    Evaluated left = evaluate(*operand);
    if (!left)
        return left;
    Value result(true);
    const Node* sign = operand->next;
    while (sign != nullptr && sign->next != nullptr) {
        Evaluated right = evaluate(*sign->next);
        if (!right)
            return right;
        Evaluated compared = compare(names.text(sign->name), *left, *right);
        if (!compared)
            return compared;
        sign = sign->next->next;
        result = std::move(*compared);
        if (sign == nullptr)
            return result;
        const Known<bool> so = truth(result);
        if (!so.isKnown())
            return Unknown{so.reason()};
        if (!so.value())
            return result;
        left = std::move(right);
    }
    return result;
}

Evaluated Evaluator::evaluateConditional(const Node& node)
{
    const Node* yes = node.first;
    const Node* condition = yes == nullptr ? nullptr : yes->next;
    const Node* no = condition == nullptr ? nullptr : condition->next;
    if (no == nullptr)
        return unknown(node, "text that is not followed");
    auto known = conditionOf(*condition);
    if (!known)
        return otherwise(std::move(known.error()));
    if (known->isKnown())
        return evaluate(known->value() ? *yes : *no);
    Value first;
    Value second;
    const auto into = [this](const Node& part, Value& target) {
        return [this, &part, &target] {
            Evaluated value = evaluate(part);
            if (!value)
                return raise(std::move(value.error()));
            target = std::move(*value);
            return Flow::Next;
        };
    };
    const Flow flow = runBranches(
        {Branch{
             .guard = guardOf(*condition, false), .alternative = false, .run = into(*yes, first)},
         Branch{.guard = guardOf(*condition, true), .alternative = true, .run = into(*no, second)}},
        true,
        describe(*condition));
    if (flow == Flow::Raise)
        return otherwise(take());
    const Known<bool> same =
        first.isUnknown() || second.isUnknown() ? Known<bool>(false) : equal(first, second);
    if (sameValue(first, second) ||
        (same.isKnown() && same.value() && first.asObject() == nullptr &&
         first.storage().index() == second.storage().index()))
        return first;
    return Unknown{known->reason()};
}

Evaluated Evaluator::evaluateYield(const Node& node)
{
    const bool from = node.first != nullptr && node.first->kind == Kind::From;
    const Node* what = from ? node.first->next : node.first;
    Value value;
    if (what != nullptr) {
        Evaluated given = evaluate(*what);
        if (!given)
            return given;
        value = std::move(*given);
    }
    std::vector<Value> values{value};
    if (from) {
        auto all = elements(value);
        if (!all)
            return otherwise(std::move(all.error()));
        values = std::move(*all);
    }
    for (const Value& each : values) {
        if (frame().consumer) {
            const auto consumer = frame().consumer;
            const Flow flow = consumer(each);
            if (flow == Flow::Raise)
                return otherwise(take());
            if (flow != Flow::Next) // the consumer leaves; the generator is closed here
                return otherwise(makeRaised("GeneratorExit", {}));
        } else if (frame().yielded != nullptr) {
            if (auto tooMuch = charge(sizeof(Value)))
                return otherwise(std::move(*tooMuch));
            frame().yielded->push_back(each);
        }
    }
    return frame().consumer || from ? Value() : Value(Unknown{"what a generator is sent"});
}

} // namespace sightglass
