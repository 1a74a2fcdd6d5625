// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluation/classes.h"
#include "core/evaluation/containers.h"
#include "core/evaluation/evaluator.h"

#include <algorithm>

namespace sightglass {

namespace {

const Node* nameOf(const Node& parameter)
{
    switch (parameter.kind) {
    case Kind::Identifier:
        return &parameter;
    case Kind::DefaultParameter:
    case Kind::TypedDefaultParameter:
        return parameter.child(Role::Name);
    case Kind::TypedParameter:
    case Kind::ListSplatPattern:
    case Kind::DictionarySplatPattern:
        return parameter.first == nullptr ? nullptr : nameOf(*parameter.first);
    default:
        return nullptr;
    }
}

bool isKind(const Node& parameter, Kind kind)
{
    return parameter.kind == kind || (parameter.kind == Kind::TypedParameter &&
                                      parameter.first != nullptr && parameter.first->kind == kind);
}

} // namespace

const Signature& Evaluator::signatureOf(const Node& definition)
{
    const auto [at, fresh] = signatures.try_emplace(&definition);
    Signature& result = at->second;
    const Node* parameters = definition.child(Role::Parameters);
    if (!fresh || parameters == nullptr)
        return result;
    bool onlyKeywords = false;
    for (const Node& each : childrenOf(*parameters)) {
        if (each.kind == Kind::PositionalSeparator) {
            for (Parameter& before : result)
                before.kind = Parameter::Kind::PositionalOnly;
            continue;
        }
        if (each.kind == Kind::KeywordSeparator) {
            onlyKeywords = true;
            continue;
        }
        const Node* name = nameOf(each);
        if (name == nullptr)
            continue;
        Parameter made{.name = name->name,
                       .kind = onlyKeywords ? Parameter::Kind::KeywordOnly : Parameter::Kind::Plain,
                       .fallback = nullptr};
        if (isKind(each, Kind::ListSplatPattern)) {
            made.kind = Parameter::Kind::Rest;
            onlyKeywords = true;
        } else if (isKind(each, Kind::DictionarySplatPattern)) {
            made.kind = Parameter::Kind::KeywordRest;
        } else {
            made.fallback = each.child(Role::Value);
        }
        result.push_back(made);
    }
    return result;
}

Evaluated Evaluator::makeFunction(const Node& definition)
{
    auto* made = make<FunctionObject>();
    made->definition = &definition;
    made->program = definition.program;
    made->closure = frame().scope;
    const Node* name = definition.child(Role::Name);
    made->name = name == nullptr ? "<lambda>" : std::string(name->text());
    for (const Parameter& each : signatureOf(definition)) {
        if (each.fallback == nullptr) {
            made->defaults.emplace_back();
            continue;
        }
        Evaluated value = evaluate(*each.fallback);
        if (!value)
            return value;
        made->defaults.emplace_back(std::move(*value));
    }
    return Value(made);
}

Evaluated Evaluator::decorate(const Node& decorated, Value value)
{
    std::vector<Value> decorators;
    std::vector<const Node*> places;
    for (const Node& each : childrenOf(decorated)) {
        if (each.kind != Kind::Decorator || each.first == nullptr)
            continue;
        Evaluated decorator = evaluate(*each.first);
        if (!decorator)
            return decorator;
        decorators.push_back(std::move(*decorator));
        places.push_back(each.first);
    }
    for (std::size_t at = decorators.size(); at-- > 0;) {
        if (decorators[at].isUnknown()) {
            // An unknown decorator of a class mostly registers it; what it is stays known.
            if (auto* made = value.as<FileClass>()) {
                made->decorated = Unknown{decorators[at].reason()};
                continue;
            }
            value = isFromLibrary(decorators[at].reason())
                        ? value
                        : Value(Unknown{"decorated by " + describe(*places[at]) + ": " +
                                        decorators[at].reason()});
            continue;
        }
        Arguments arguments;
        arguments.positional.push_back(value);
        arguments.span = places[at]->program->span(*places[at]);
        Evaluated result = call(decorators[at], arguments);
        if (!result)
            return result;
        value = std::move(*result);
    }
    return value;
}

Flow Evaluator::runFunction(const Node& statement, const Node* decorated)
{
    Evaluated made = makeFunction(statement);
    if (!made)
        return raise(std::move(made.error()));
    Value value = std::move(*made);
    if (decorated != nullptr) {
        Evaluated result = decorate(*decorated, value);
        if (!result)
            return raise(std::move(result.error()));
        value = std::move(*result);
    }
    if (const Node* name = statement.child(Role::Name))
        bindHere(name->name, std::move(value));
    return Flow::Next;
}

namespace {

/// Every function in a class's body learns whose it is, for super().
void adopt(FileClass& owner, const Value& value)
{
    if (auto* function = value.as<FunctionObject>()) {
        if (function->owner == nullptr)
            function->owner = &owner;
    } else if (const auto* wrapper = value.as<WrapperObject>()) {
        if (auto* inner = wrapper->function.as<FunctionObject>(); inner != nullptr)
            inner->owner = inner->owner == nullptr ? &owner : inner->owner;
        if (auto* inner = wrapper->setter.as<FunctionObject>(); inner != nullptr)
            inner->owner = inner->owner == nullptr ? &owner : inner->owner;
    }
}

/// Annotations of a class's body, in order.
void collectAnnotations(Evaluator& evaluator, const Node& body, FileClass& made)
{
    for (const Node& each : childrenOf(body)) {
        if (each.kind != Kind::ExpressionStatement || each.first == nullptr ||
            each.first->kind != Kind::Assignment)
            continue;
        const Node* name = each.first->child(Role::Left);
        const Node* type = each.first->child(Role::Type);
        if (name == nullptr || type == nullptr || name->kind != Kind::Identifier)
            continue;
        // What it names may only exist later, or for type checkers alone.
        Value value = evaluator.unknown(*type, "an annotation");
        if (type->first != nullptr) {
            Evaluated annotation = evaluator.evaluate(*type->first);
            if (annotation)
                value = std::move(*annotation);
            else
                value = evaluator.unknown(*type, "an annotation that can't be followed");
        }
        made.m_annotations.push_back({.name = std::string(name->text()),
                                      .value = std::move(value),
                                      .text = std::string(type->text()),
                                      .span = type->program->span(*type)});
    }
}

std::optional<Raised> tellListeners(Evaluator& evaluator, FileClass& made)
{
    std::vector<Object*> told;
    for (FileClass* each : made.order()) {
        for (const Value& base : each->directBases()) {
            Object* object = base.asObject();
            auto* listener = dynamic_cast<ClassListener*>(object);
            if (listener == nullptr || std::ranges::find(told, object) != told.end())
                continue;
            told.push_back(object);
            if (auto failed = listener->classMade(evaluator.interpreter, made))
                return failed;
        }
    }
    return std::nullopt;
}

Outcome<FileClass*, Raised>
beginClass(Evaluator& evaluator, const Node& statement, const std::string& name)
{
    Arguments bases;
    if (const Node* list = statement.child(Role::Superclasses)) {
        auto given = evaluator.argumentsOf(*list);
        if (!given)
            return otherwise(std::move(given.error()));
        bases = std::move(*given);
    }
    if (bases.hidden)
        bases.positional.push_back(*bases.hidden);
    const FileModule* module = evaluator.frame().scope->module();
    FileClass* made = makeClass(evaluator,
                                name,
                                std::move(bases.positional),
                                module == nullptr ? std::string() : module->dottedName(),
                                statement.program->span(statement));
    made->keywords = std::move(bases.keywords);
    return made;
}

} // namespace

Flow Evaluator::runClass(const Node& statement, const Node* decorated)
{
    const Node* nameNode = statement.child(Role::Name);
    const Node* body = statement.child(Role::Body);
    if (nameNode == nullptr || body == nullptr)
        return Flow::Next;
    auto begun = beginClass(*this, statement, std::string(nameNode->text()));
    if (!begun)
        return raise(std::move(begun.error()));
    FileClass* made = *begun;
    Scope* outer = frame().scope;
    Scope& own = scopes.emplace_back(Scope::Kind::Class, outer, outer->module());
    frame().scope = &own;
    const Flow flow = runBlock(*body);
    if (flow == Flow::Next) {
        for (const NameId name : own.names()) {
            const Value value = resolved(*own.find(name));
            adopt(*made, value);
            made->set(names.text(name), value);
        }
        collectAnnotations(*this, *body, *made);
    }
    frame().scope = outer;
    if (flow != Flow::Next)
        return flow;
    if (auto failed = finishEnum(*this, *made))
        return raise(std::move(*failed));
    if (made->shape == FileClass::Shape::NamedTuple)
        makeDataClass(*this, *made, true);
    if (auto failed = tellListeners(*this, *made))
        return raise(std::move(*failed));
    Value value(made);
    if (decorated != nullptr) {
        Evaluated result = decorate(*decorated, value);
        if (!result)
            return raise(std::move(result.error()));
        value = std::move(*result);
    }
    bindHere(nameNode->name, std::move(value));
    return Flow::Next;
}

} // namespace sightglass
