// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluation/builtins.h"

#include "core/evaluation/classes.h"
#include "core/evaluation/containers.h"
#include "core/evaluation/library.h"
#include "core/evaluation/sorting.h"
#include "core/evaluation/text_format.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace sightglass {

namespace {

Evaluated missing(const Arguments& arguments, std::string_view name)
{
    if (arguments.hidden)
        return *arguments.hidden;
    return Unknown{std::string(name) + "() with arguments that are not followed"};
}

Evaluated len(Evaluator& evaluator, const Arguments& arguments)
{
    if (arguments.positional.empty())
        return missing(arguments, "len");
    const Value& given = arguments.positional.front();
    if (const auto why = evaluator.doubt(given))
        return *why;
    if (const auto* text = given.asText())
        return Value(static_cast<std::int64_t>(countOfCharacters(*text)));
    if (const auto* bytes = given.asBytes())
        return Value(static_cast<std::int64_t>(bytes->bytes.size()));
    if (const auto* items = plainItems(given))
        return Value(static_cast<std::int64_t>(items->size()));
    if (const auto* pairs = given.as<DictObject>())
        return Value(static_cast<std::int64_t>(pairs->now().pairs.size()));
    if (const auto* range = given.as<RangeObject>())
        return Value(range->size());
    if (auto* instance = given.as<FileInstance>(); instance != nullptr && instance->has("__len__"))
        return instance->special(evaluator.interpreter, "__len__", {});
    if (auto* own = given.as<FileClass>(); own != nullptr && own->isEnum()) {
        auto all = own->elements(evaluator.interpreter);
        if (all)
            return Value(static_cast<std::int64_t>(all->size()));
    }
    if (given.asObject() != nullptr)
        return Unknown{"len() of a " + evaluator.typeName(given)};
    return otherwise(evaluator.makeRaised(
        "TypeError", "object of type '" + evaluator.typeName(given) + "' has no len()"));
}

Evaluated iteratorOf(Evaluator& evaluator, std::vector<Value> items, std::string type)
{
    if (auto tooMuch = evaluator.charge(items.size() * sizeof(Value)))
        return otherwise(std::move(*tooMuch));
    return Value(evaluator.make<IteratorObject>(std::move(items), std::move(type)));
}

Evaluated isinstance(Evaluator& evaluator, const Arguments& arguments)
{
    if (arguments.positional.size() != 2)
        return missing(arguments, "isinstance");
    const Known<bool> is = evaluator.isInstance(arguments.positional[0], arguments.positional[1]);
    return is.isKnown() ? Evaluated(Value(is.value())) : Evaluated(Unknown{is.reason()});
}

Evaluated issubclass(Evaluator& evaluator, const Arguments& arguments)
{
    if (arguments.positional.size() != 2)
        return missing(arguments, "issubclass");
    const Known<bool> is = evaluator.isSubclass(arguments.positional[0], arguments.positional[1]);
    return is.isKnown() ? Evaluated(Value(is.value())) : Evaluated(Unknown{is.reason()});
}

Evaluated getattribute(Evaluator& evaluator, const Arguments& arguments)
{
    if (arguments.positional.size() < 2)
        return missing(arguments, "getattr");
    const std::string* name = arguments.positional[1].asText();
    if (name == nullptr)
        return Unknown{arguments.positional[1].isUnknown() ? arguments.positional[1].reason()
                                                           : "an attribute without a name"};
    Evaluated found = evaluator.attribute(arguments.positional[0], *name);
    if (!found && !found.error().stopsReading && found.error().type == "AttributeError" &&
        arguments.positional.size() > 2)
        return arguments.positional[2];
    return found;
}

Evaluated hasattribute(Evaluator& evaluator, const Arguments& arguments)
{
    if (arguments.positional.size() != 2 || arguments.positional[1].asText() == nullptr)
        return missing(arguments, "hasattr");
    Evaluated found =
        evaluator.attribute(arguments.positional[0], *arguments.positional[1].asText());
    if (!found) {
        if (found.error().stopsReading || found.error().type != "AttributeError")
            return found;
        return Value(false);
    }
    return found->isUnknown() ? found : Evaluated(Value(true));
}

Evaluated setattribute(Evaluator& evaluator, const Arguments& arguments)
{
    if (arguments.positional.size() != 3 || arguments.positional[1].asText() == nullptr)
        return missing(arguments, "setattr");
    if (auto failed = evaluator.setAttribute(
            arguments.positional[0], *arguments.positional[1].asText(), arguments.positional[2]))
        return otherwise(std::move(*failed));
    return Value();
}

Evaluated callable(Evaluator& evaluator, const Arguments& arguments)
{
    if (arguments.positional.empty())
        return missing(arguments, "callable");
    const Value& given = arguments.positional.front();
    if (given.isUnknown())
        return given;
    if (given.asObject() == nullptr || plainItems(given) != nullptr)
        return Value(false);
    if (given.as<FunctionObject>() != nullptr || given.as<MethodObject>() != nullptr ||
        given.as<NativeFunction>() != nullptr || given.as<NativeClass>() != nullptr ||
        given.as<FileClass>() != nullptr)
        return Value(true);
    if (const auto* instance = given.as<FileInstance>())
        return instance->has("__call__") ? Evaluated(Value(true))
               : instance->type().unknownBase() != nullptr
                   ? Evaluated(*instance->type().unknownBase())
                   : Evaluated(Value(false));
    return Unknown{"whether a " + evaluator.typeName(given) + " can be called"};
}

Evaluated iterate(Evaluator& evaluator, const Arguments& arguments)
{
    if (arguments.positional.empty())
        return missing(arguments, "iter");
    const Value& given = arguments.positional.front();
    if (given.as<IteratorObject>() != nullptr || given.as<GeneratorObject>() != nullptr ||
        given.isUnknown() || arguments.positional.size() > 1)
        return arguments.positional.size() > 1 ? Evaluated(Unknown{"iter() of a function"}) : given;
    if (const auto why = evaluator.doubt(given))
        return *why;
    auto all = evaluator.elements(given);
    if (!all)
        return otherwise(std::move(all.error()));
    return iteratorOf(evaluator, std::move(*all), "iterator");
}

Evaluated next(Evaluator& evaluator, const Arguments& arguments)
{
    if (arguments.positional.empty())
        return missing(arguments, "next");
    const Value& given = arguments.positional.front();
    if (const auto why = evaluator.doubt(given))
        return *why;
    std::optional<Value> found;
    if (auto* iterator = given.as<IteratorObject>()) {
        found = iterator->next(evaluator.interpreter);
    } else if (auto* generator = given.as<GeneratorObject>()) {
        auto made = generator->next(evaluator.interpreter);
        if (!made)
            return otherwise(std::move(made.error()));
        found = std::move(*made);
    } else if (auto* endless = given.as<EndlessObject>()) {
        return endless->take(1).front();
    } else if (auto* instance = given.as<FileInstance>();
               instance != nullptr && instance->has("__next__")) {
        return instance->special(evaluator.interpreter, "__next__", {});
    } else {
        return Unknown{"next() of a " + evaluator.typeName(given)};
    }
    if (found)
        return *found;
    if (arguments.positional.size() > 1)
        return arguments.positional[1];
    return otherwise(evaluator.makeRaised("StopIteration", {}));
}

Evaluated nothing(Evaluator&, const Arguments&)
{
    return Value();
}

Evaluated exits(Evaluator& evaluator, const Arguments&)
{
    return otherwise(evaluator.makeRaised("SystemExit", {}));
}

Evaluated removeAttribute(Evaluator& evaluator, const Arguments& arguments)
{
    if (arguments.positional.size() != 2 || arguments.positional[1].asText() == nullptr)
        return missing(arguments, "delattr");
    if (auto* instance = arguments.positional.front().as<FileInstance>())
        instance->remove(evaluator.interpreter, *arguments.positional[1].asText());
    return Value();
}

Evaluated representation(Evaluator& evaluator, const Arguments& arguments)
{
    if (arguments.positional.empty())
        return missing(arguments, "repr");
    const Known<std::string> text = evaluator.shown(arguments.positional.front());
    return text.isKnown() ? Evaluated(Value(text.value())) : Evaluated(Unknown{text.reason()});
}

Evaluated formatted(Evaluator& evaluator, const Arguments& arguments)
{
    if (arguments.positional.empty())
        return missing(arguments, "format");
    const Value spec = arguments.positional.size() > 1 ? arguments.positional[1] : Value("");
    if (spec.asText() == nullptr)
        return missing(arguments, "format");
    return formatValue(evaluator, arguments.positional.front(), '\0', *spec.asText());
}

Evaluated absolute(Evaluator& evaluator, const Arguments& arguments)
{
    if (arguments.positional.empty())
        return missing(arguments, "abs");
    const Value& given = arguments.positional.front();
    if (const auto* number = given.asInteger())
        return *number < 0 ? evaluator.unary("-", given) : Evaluated(given);
    if (const auto* number = given.asFloat())
        return Value(std::abs(*number));
    return missing(arguments, "abs");
}

Evaluated character(Evaluator& evaluator, const Arguments& arguments)
{
    const auto* number =
        arguments.positional.empty() ? nullptr : arguments.positional.front().asInteger();
    if (number == nullptr || *number < 0 || *number > 0x7f)
        return missing(arguments, "chr");
    (void)evaluator;
    return Value(std::string(1, static_cast<char>(*number)));
}

Evaluated ordinal(Evaluator&, const Arguments& arguments)
{
    const auto* text =
        arguments.positional.empty() ? nullptr : arguments.positional.front().asText();
    if (text == nullptr || text->size() != 1)
        return missing(arguments, "ord");
    return Value(static_cast<std::int64_t>(static_cast<unsigned char>((*text)[0])));
}

Evaluated rounded(Evaluator& evaluator, const Arguments& arguments)
{
    if (arguments.positional.size() == 1 && arguments.positional.front().asInteger() != nullptr)
        return arguments.positional.front();
    (void)evaluator;
    const double* number =
        arguments.positional.size() == 1 ? arguments.positional.front().asFloat() : nullptr;
    constexpr double largest = 1e15; // whole numbers up to here are exact
    if (number != nullptr && arguments.keywords.empty() && std::abs(*number) < largest)
        return Value(static_cast<std::int64_t>(std::nearbyint(*number))); // half to even
    return missing(arguments, "round");
}

Evaluated superOf(Evaluator& evaluator, const Arguments& arguments)
{
    FileClass* after = nullptr;
    Value self;
    if (arguments.positional.size() == 2) {
        after = arguments.positional[0].as<FileClass>();
        self = arguments.positional[1];
    } else {
        for (auto each = evaluator.frames.rbegin(); each != evaluator.frames.rend(); ++each) {
            const FunctionObject* function = (*each)->function;
            if (function == nullptr || function->owner == nullptr)
                continue;
            after = function->owner;
            const Signature& signature = evaluator.signatureOf(*function->definition);
            if (signature.empty())
                break;
            if (const Value* first = (*each)->scope->find(signature.front().name))
                self = *first;
            break;
        }
    }
    FileClass* type = self.as<FileClass>();
    if (const auto* instance = self.as<FileInstance>())
        type = &instance->type();
    else if (const auto* member = self.as<FileEnumMember>())
        type = &member->type();
    if (after == nullptr || type == nullptr)
        return Unknown{"super() of something that is not followed"};
    return Value(evaluator.make<SuperObject>(*after, *type, self));
}

Evaluated namesOf(Evaluator& evaluator, Scope& scope)
{
    auto* made = evaluator.make<DictObject>();
    for (const NameId name : scope.names())
        made->set(
            evaluator, Value(evaluator.names.text(name)), evaluator.resolved(*scope.find(name)));
    if (scope.hides)
        made->doubt(*scope.hides);
    return Value(made);
}

Evaluated globals(Evaluator& evaluator, const Arguments&)
{
    Scope* scope = evaluator.frame().scope;
    while (scope->parent() != nullptr)
        scope = scope->parent();
    return namesOf(evaluator, *scope);
}

Evaluated locals(Evaluator& evaluator, const Arguments&)
{
    return namesOf(evaluator, *evaluator.frame().scope);
}

Evaluated vars(Evaluator& evaluator, const Arguments& arguments)
{
    if (arguments.positional.empty())
        return locals(evaluator, arguments);
    if (auto* instance = arguments.positional.front().as<FileInstance>())
        return instance->attribute(evaluator.interpreter, "__dict__");
    if (const auto* module = arguments.positional.front().as<FileModule>())
        return namesOf(evaluator, *module->scope);
    return Unknown{"vars() of something that is not followed"};
}

template <char Kind>
Evaluated inBase(Evaluator& evaluator, const Arguments& arguments)
{
    if (arguments.positional.empty() || arguments.positional.front().asInteger() == nullptr)
        return missing(arguments, "hex");
    return formatValue(evaluator, arguments.positional.front(), '\0', std::string("#") + Kind);
}

Evaluated unknowable(Evaluator& evaluator, const Arguments&)
{
    return evaluator.unknownFromLibrary("a value that is only known when the program runs");
}

Evaluated unfollowed(Evaluator& evaluator, const Arguments&)
{
    return evaluator.unknownFromLibrary("a function of Python's that is not followed");
}

Evaluated executes(Evaluator& evaluator, const Arguments& arguments)
{
    evaluator.frame().scope->hides = Unknown{"names that exec() may have bound"};
    return evaluator.unknownCall("exec", "what a text of Python does is not followed", arguments);
}

constexpr std::array functions{
    BuiltinFunction{"abs", absolute},
    BuiltinFunction{"aiter", unfollowed},
    BuiltinFunction{"anext", unfollowed},
    BuiltinFunction{"ascii", unfollowed},
    BuiltinFunction{"bin", inBase<'b'>},
    BuiltinFunction{"breakpoint", nothing},
    BuiltinFunction{"callable", callable},
    BuiltinFunction{"chr", character},
    BuiltinFunction{"compile", unfollowed},
    BuiltinFunction{"delattr", removeAttribute},
    BuiltinFunction{"dir", unfollowed},
    BuiltinFunction{"divmod", unfollowed},
    BuiltinFunction{"eval", executes},
    BuiltinFunction{"exec", executes},
    BuiltinFunction{"exit", exits},
    BuiltinFunction{"format", formatted},
    BuiltinFunction{"getattr", getattribute},
    BuiltinFunction{"globals", globals},
    BuiltinFunction{"hasattr", hasattribute},
    BuiltinFunction{"hash", unknowable},
    BuiltinFunction{"help", nothing},
    BuiltinFunction{"hex", inBase<'x'>},
    BuiltinFunction{"id", unknowable},
    BuiltinFunction{"input", unknowable},
    BuiltinFunction{"isinstance", isinstance},
    BuiltinFunction{"issubclass", issubclass},
    BuiltinFunction{"iter", iterate},
    BuiltinFunction{"len", len},
    BuiltinFunction{"locals", locals},
    BuiltinFunction{"next", next},
    BuiltinFunction{"oct", inBase<'o'>},
    BuiltinFunction{"ord", ordinal},
    BuiltinFunction{"pow", unfollowed},
    BuiltinFunction{"print", nothing},
    BuiltinFunction{"quit", exits},
    BuiltinFunction{"repr", representation},
    BuiltinFunction{"round", rounded},
    BuiltinFunction{"setattr", setattribute},
    BuiltinFunction{"super", superOf},
    BuiltinFunction{"vars", vars},
};

} // namespace

std::optional<Value> makeBuiltinFunction(Evaluator& evaluator, std::string_view name)
{
    const auto* found = std::ranges::find(functions, name, &BuiltinFunction::name);
    Evaluated (*run)(Evaluator&, const Arguments&) =
        found == functions.end() ? nullptr : found->run;
    for (const BuiltinFunction& each : iterationFunctions()) {
        if (each.name == name)
            run = each.run;
    }
    if (run == nullptr)
        return std::nullopt;
    return evaluator.interpreter.makeFunction(
        std::string(name), [run](Interpreter& interpreter, const Arguments& arguments) {
            return run(interpreter.evaluator(), arguments);
        });
}

std::optional<Value> makeBuiltin(Evaluator& evaluator, std::string_view name)
{
    if (auto made = makeBuiltinFunction(evaluator, name))
        return made;
    if (auto made = makeBuiltinType(evaluator, name))
        return made;
    if (isBuiltinException(name)) {
        const std::string is =
            name == "IOError" || name == "EnvironmentError" ? "OSError" : std::string(name);
        return makeExceptionClass(evaluator, is, exceptionBases(is));
    }
    if (name == "open" || name == "__import__")
        return makeLibraryFunction(evaluator, name);
    if (name == "__debug__")
        return Value(true);
    if (name == "NotImplemented" || name == "Ellipsis" || name == "__builtins__" ||
        name == "__spec__" || name == "__loader__" || name == "copyright" || name == "credits" ||
        name == "license")
        return Value(Unknown{std::string(name)});
    return std::nullopt;
}

} // namespace sightglass
