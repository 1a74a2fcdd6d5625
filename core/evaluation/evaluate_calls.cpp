// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluation/classes.h"
#include "core/evaluation/containers.h"
#include "core/evaluation/evaluator.h"

#include <algorithm>

namespace sightglass {

namespace {

/// One argument of a list of arguments.
std::optional<Raised> addArgument(Evaluator& evaluator, const Node& node, Arguments& arguments)
{
    const Node* value = &node;
    if (node.kind == Kind::KeywordArgument)
        value = node.child(Role::Value);
    else if (node.kind == Kind::ListSplat || node.kind == Kind::DictionarySplat ||
             node.kind == Kind::ParenthesizedListSplat)
        value = node.first;
    if (value == nullptr)
        return std::nullopt;
    if (value->kind == Kind::ListSplat && value->first != nullptr)
        value = value->first;
    Evaluated given = evaluator.evaluate(*value);
    if (!given)
        return std::move(given.error());
    if (node.kind == Kind::KeywordArgument) {
        const Node* name = node.child(Role::Name);
        arguments.keywords.emplace_back(name == nullptr ? std::string_view() : name->text(),
                                        std::move(*given));
        return std::nullopt;
    }
    if (node.kind == Kind::ListSplat || node.kind == Kind::ParenthesizedListSplat) {
        if (const auto why = evaluator.doubt(*given)) {
            arguments.hidden = why;
            return std::nullopt;
        }
        auto all = evaluator.elements(*given);
        if (!all)
            return std::move(all.error());
        arguments.positional.insert(arguments.positional.end(), all->begin(), all->end());
        return std::nullopt;
    }
    if (node.kind == Kind::DictionarySplat) {
        const auto* pairs = given->as<DictObject>();
        if (pairs == nullptr || pairs->now().doubt) {
            arguments.hidden =
                evaluator.doubt(*given).value_or(Unknown{"** of something that is not followed"});
            return std::nullopt;
        }
        for (const auto& [key, held] : pairs->now().pairs) {
            if (const auto* name = key.asText())
                arguments.keywords.emplace_back(*name, held);
        }
        return std::nullopt;
    }
    arguments.positional.push_back(std::move(*given));
    return std::nullopt;
}

/// What is not known may change the containers that it is given.
void doubtArguments(Evaluator& evaluator, const std::string& callee, const Arguments& arguments)
{
    const auto doubt = [&](const Value& value) {
        const bool container = value.as<ListObject>() != nullptr ||
                               value.as<DictObject>() != nullptr ||
                               value.as<SetObject>() != nullptr;
        auto* changeable = container ? dynamic_cast<Changeable*>(value.asObject()) : nullptr;
        if (changeable == nullptr)
            return;
        evaluator.noteChange(*changeable);
        changeable->doubt(Unknown{"it was given to " + callee + "(), which is not known"});
    };
    for (const Value& each : arguments.positional)
        doubt(each);
    for (const auto& [name, value] : arguments.keywords)
        doubt(value);
}

} // namespace

Outcome<Arguments, Raised> Evaluator::argumentsOf(const Node& list)
{
    Arguments result;
    if (list.kind == Kind::GeneratorExpression) {
        Evaluated value = evaluate(list);
        if (!value)
            return otherwise(std::move(value.error()));
        result.positional.push_back(std::move(*value));
        return result;
    }
    for (const Node& each : childrenOf(list)) {
        if (auto failed = addArgument(*this, each, result))
            return otherwise(std::move(*failed));
    }
    return result;
}

Evaluated Evaluator::evaluateCall(const Node& node)
{
    const Node* function = node.child(Role::Function);
    const Node* list = node.child(Role::Arguments);
    if (function == nullptr || list == nullptr)
        return unknown(node, "text that is not followed");
    Value self;
    std::optional<MethodBody> method;
    Evaluated callee = Value();
    if (function->kind == Kind::Attribute && function->child(Role::Object) != nullptr &&
        function->child(Role::AttributeName) != nullptr) {
        // A method of a text or list is run without an object for the method itself.
        Evaluated object = evaluate(*function->child(Role::Object));
        if (!object)
            return object;
        const std::string& name = names.text(function->child(Role::AttributeName)->name);
        const auto* tuple = object->as<TupleObject>();
        if (tuple == nullptr || tuple->type() == nullptr)
            method = methodOf(*object, name);
        if (method) {
            self = std::move(*object);
        } else {
            const Node* before = std::exchange(current, &node);
            callee = attribute(*object, name);
            current = before;
        }
    } else {
        callee = evaluate(*function);
    }
    if (!callee) {
        if (callee.error().span.line == 0)
            callee.error().span = node.program->span(node);
        return callee;
    }
    auto arguments = argumentsOf(*list);
    if (!arguments)
        return otherwise(std::move(arguments.error()));
    arguments->span = node.program->span(node);
    const Node* before = std::exchange(current, &node);
    Evaluated result = Value();
    if (method)
        result = (*method)(*this, self, *arguments);
    else if (callee->isUnknown())
        result = unknownCall(describe(*function), callee->reason(), *arguments);
    else
        result = call(*callee, *arguments);
    if (!result && result.error().span.line == 0)
        result.error().span = arguments->span;
    current = before;
    return result;
}

Evaluated Evaluator::unknownCall(std::string callee, std::string reason, const Arguments& arguments)
{
    const bool reported = imports == 0 && !isFromLibrary(reason) && hooks.unknownCall != nullptr;
    if (reported) {
        const UnknownCall what{.callee = callee,
                               .reason = reason,
                               .arguments = arguments,
                               .span = here(),
                               .result = current == nullptr || !current->alone};
        hooks.unknownCall(interpreter, what);
    }
    if (!isFromLibrary(reason))
        doubtArguments(*this, callee, arguments);
    return Unknown{std::move(reason)};
}

Evaluated Evaluator::call(const Value& callee, const Arguments& arguments)
{
    if (callee.isUnknown())
        return unknownCall(callee.reason(), callee.reason(), arguments);
    Object* object = callee.asObject();
    if (object == nullptr)
        return otherwise(
            makeRaised("TypeError", "'" + typeName(callee) + "' object is not callable"));
    const Deeper deeper(calls);
    if (calls > limits.depth)
        return otherwise(
            limitReached("more than " + std::to_string(limits.depth) + " calls within calls"));
    if (!step())
        return otherwise(take());
    Evaluated result = object->call(interpreter, arguments);
    if (!result && result.error().span.line == 0)
        result.error().span = here();
    return result;
}

namespace {

Raised wrongArguments(const Evaluator& evaluator, const FunctionObject& function, std::string what)
{
    return evaluator.makeRaised("TypeError", function.name + "() " + std::move(what));
}

/// Fills what no argument gave: defaults, or Unknown where arguments may be hidden.
std::optional<Raised> fillMissing(Evaluator& evaluator,
                                  FunctionObject& function,
                                  const Signature& signature,
                                  const Arguments& arguments,
                                  std::vector<std::optional<Value>>& values)
{
    for (std::size_t at = 0; at < signature.size(); ++at) {
        const Parameter& each = signature[at];
        if (values[at] || each.kind == Parameter::Kind::Rest ||
            each.kind == Parameter::Kind::KeywordRest)
            continue;
        if (arguments.hidden)
            values[at] = Value(*arguments.hidden);
        else if (at < function.defaults.size() && function.defaults[at])
            values[at] = function.defaults[at];
        else
            return wrongArguments(evaluator,
                                  function,
                                  "missing 1 required argument: '" +
                                      evaluator.names.text(each.name) + "'");
    }
    return std::nullopt;
}

} // namespace

std::optional<Raised> Evaluator::bindParameters(FunctionObject& function,
                                                const Arguments& arguments,
                                                const Value* self,
                                                Scope& scope)
{
    const Signature& signature = signatureOf(*function.definition);
    std::vector<std::optional<Value>> values(signature.size());
    std::vector<Value> positional;
    positional.reserve(arguments.positional.size() + 1);
    if (self != nullptr)
        positional.push_back(*self);
    positional.insert(positional.end(), arguments.positional.begin(), arguments.positional.end());
    std::size_t next = 0;
    std::vector<Value> rest;
    const Parameter* restParameter = nullptr;
    for (std::size_t at = 0; at < signature.size(); ++at) {
        const Parameter& each = signature[at];
        if (each.kind == Parameter::Kind::Rest)
            restParameter = &each;
        if (each.kind == Parameter::Kind::Plain || each.kind == Parameter::Kind::PositionalOnly) {
            if (next < positional.size())
                values[at] = positional[next++];
        }
    }
    rest.assign(positional.begin() + static_cast<std::ptrdiff_t>(next), positional.end());
    if (!rest.empty() && restParameter == nullptr)
        return wrongArguments(*this,
                              function,
                              "takes " + std::to_string(next) + " positional arguments but " +
                                  std::to_string(positional.size()) + " were given");
    const auto rests = std::ranges::find(signature, Parameter::Kind::KeywordRest, &Parameter::kind);
    auto* more = rests == signature.end() ? nullptr : make<DictObject>();
    for (const auto& [name, value] : arguments.keywords) {
        const NameId id = names.id(name);
        const auto named = std::ranges::find_if(signature, [&](const Parameter& each) {
            return each.name == id && (each.kind == Parameter::Kind::Plain ||
                                       each.kind == Parameter::Kind::KeywordOnly);
        });
        if (named != signature.end()) {
            auto& slot = values[static_cast<std::size_t>(named - signature.begin())];
            if (slot)
                return wrongArguments(
                    *this, function, "got multiple values for argument '" + name + "'");
            slot = value;
        } else if (more != nullptr) {
            more->set(*this, Value(name), value);
        } else {
            return wrongArguments(
                *this, function, "got an unexpected keyword argument '" + name + "'");
        }
    }
    if (auto failed = fillMissing(*this, function, signature, arguments, values))
        return failed;
    for (std::size_t at = 0; at < signature.size(); ++at) {
        const Parameter& each = signature[at];
        if (each.kind == Parameter::Kind::Rest)
            scope.bind(each.name,
                       arguments.hidden ? Value(*arguments.hidden)
                                        : interpreter.makeTuple(std::move(rest)));
        else if (each.kind == Parameter::Kind::KeywordRest) {
            if (arguments.hidden)
                more->doubt(*arguments.hidden);
            scope.bind(each.name, Value(more));
        } else
            scope.bind(each.name, std::move(*values[at]));
    }
    return std::nullopt;
}

namespace {

/// What a call gives whose returns may be several.
Value resultOf(Frame& frame)
{
    for (const Value& each : frame.perhaps) {
        if (sameValue(each, frame.result))
            continue;
        if (each.isUnknown())
            return each;
        if (frame.result.isUnknown())
            return frame.result;
        return Unknown{"a result that depends on what is not known"};
    }
    return frame.result;
}

/// A function that calls itself for as long as something unknown says so: nobody knows how often.
bool recursesWithoutEnd(const Evaluator& evaluator, const FunctionObject& function)
{
    constexpr int followed = 3;
    int active = 0;
    for (const Frame* each : evaluator.frames)
        active += each->function == &function && evaluator.guards.size() > each->guards ? 1 : 0;
    return active >= followed;
}

/// Whether a scope belongs to the file that is read or to what lies beside its folder.
bool isOwn(const Evaluator& evaluator, const Scope& scope)
{
    const FileModule* module = scope.module();
    const auto first = std::ranges::find_if(evaluator.frames, [](const Frame* each) {
        const FileModule* file = each->scope == nullptr ? nullptr : each->scope->module();
        return file != nullptr && file->dottedName().empty();
    });
    if (module == nullptr || module->source() == nullptr || first == evaluator.frames.end())
        return true;
    const Path folder = (*first)->scope->module()->source()->path.parent_path().parent_path();
    const Path& path = module->source()->path;
    return std::mismatch(folder.begin(), folder.end(), path.begin(), path.end()).first ==
           folder.end();
}

/// An exception of the application's own making, as seen from the file that is read and what lies
/// beside it: a running application may have prepared what it lacks here. Errors of the database
/// and the end of the program are what they are.
bool mayBePreventedByApplication(const Evaluator& evaluator,
                                 const FunctionObject& function,
                                 const Raised& raised)
{
    if (raised.stopsReading || evaluator.frames.empty() || raised.type == "SystemExit" ||
        std::ranges::find(raised.bases, "SQLAlchemyError") != raised.bases.end() ||
        std::ranges::find(raised.bases, "DBAPIError") != raised.bases.end())
        return false;
    return !isOwn(evaluator, *function.closure) &&
           isOwn(evaluator, *evaluator.frames.back()->scope);
}

} // namespace

Evaluated
Evaluator::callFunction(FunctionObject& function, const Arguments& arguments, const Value* self)
{
    if (recursesWithoutEnd(*this, function))
        return Unknown{function.name + "() calls itself under a condition that is not known"};
    Scope& scope =
        scopes.emplace_back(Scope::Kind::Function, function.closure, function.closure->module());
    if (auto failed = bindParameters(function, arguments, self, scope))
        return otherwise(std::move(*failed));
    const Node* body = function.definition->child(Role::Body);
    if (body == nullptr)
        return Value();
    function.program->complete(const_cast<Node&>(*body));
    if (body->yields && function.definition->kind == Kind::FunctionDefinition)
        return Value(make<GeneratorObject>(function, scope));
    Frame own;
    own.scope = &scope;
    own.function = &function;
    const std::size_t base = guards.size();
    own.guards = base;
    frames.push_back(&own);
    Evaluated result = Value();
    if (function.definition->kind == Kind::Lambda) {
        result = evaluate(*body);
    } else {
        const Flow flow = runBlock(*body);
        if (flow == Flow::Raise)
            result = otherwise(take());
        else
            result = resultOf(own);
    }
    frames.pop_back();
    release(base, Hold::Function);
    if (!result && mayBePreventedByApplication(*this, function, result.error()))
        return Unknown{function.name + "() raises " + result.error().type + ": " +
                       result.error().message + ", which the running application may prevent"};
    return result;
}

Flow Evaluator::runGenerator(GeneratorObject& generator, std::function<Flow(const Value&)> consumer)
{
    generator.started = true;
    const Node* body = generator.function.definition->child(Role::Body);
    const Deeper deeper(calls);
    if (calls > limits.depth)
        return raise(
            limitReached("more than " + std::to_string(limits.depth) + " calls within calls"));
    Frame own;
    own.scope = &generator.scope;
    own.function = &generator.function;
    Frame* outside = frames.back();
    Flow left = Flow::Next;
    // What consumes an element runs as a part of the consumer's own function.
    own.consumer = [&](const Value& value) {
        frames.push_back(outside);
        left = consumer(value);
        frames.pop_back();
        return left;
    };
    const std::size_t base = guards.size();
    own.guards = base;
    frames.push_back(&own);
    Flow flow = runBlock(*body);
    frames.pop_back();
    release(base, Hold::Function);
    if (flow == Flow::Raise && raised->type == "GeneratorExit" && left != Flow::Next &&
        left != Flow::Raise) {
        raised.reset();
        return left;
    }
    return flow == Flow::Raise ? Flow::Raise : Flow::Next;
}

} // namespace sightglass
