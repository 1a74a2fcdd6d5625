// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluation/builtins.h"
#include "core/evaluation/classes.h"
#include "core/evaluation/containers.h"
#include "core/evaluation/library.h"
#include "core/evaluation/text_format.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace sightglass {

namespace {

using Construct = Evaluated (*)(Evaluator&, const Arguments&);

Evaluated makeText(Evaluator& evaluator, const Arguments& arguments)
{
    const Value* given = arguments.at(0, "object");
    if (given == nullptr)
        return arguments.hidden ? Evaluated(*arguments.hidden) : Evaluated(Value(""));
    if (given->asBytes() != nullptr && arguments.positional.size() > 1)
        return evaluator.call(*evaluator.attribute(*given, "decode"), {});
    const Known<std::string> text = evaluator.text(*given);
    return text.isKnown() ? Evaluated(Value(text.value())) : Evaluated(Unknown{text.reason()});
}

Evaluated makeInteger(Evaluator& evaluator, const Arguments& arguments)
{
    if (arguments.positional.empty())
        return arguments.hidden ? Evaluated(*arguments.hidden) : Evaluated(Value(0));
    const Value& given = arguments.positional.front();
    if (given.isUnknown() || given.asInteger() != nullptr)
        return given;
    if (const bool* flag = given.asBool())
        return Value(*flag ? 1 : 0);
    if (const auto* number = given.asFloat()) {
        if (std::abs(*number) < 9e18)
            return Value(static_cast<std::int64_t>(*number));
        return Unknown{"a number too large to follow"};
    }
    if (const auto* member = given.as<FileEnumMember>();
        member != nullptr && member->asPlain() != nullptr)
        return *member->asPlain();
    const std::string* text = given.asText();
    if (text == nullptr)
        return notFollowed("int", arguments);
    std::int64_t base = 10;
    if (const Value* given2 = arguments.at(1, "base"))
        base = given2->asInteger() == nullptr ? 0 : *given2->asInteger();
    std::string digits;
    for (const char each : *text) {
        if (each != '_' && each != ' ' && each != '\n' && each != '\t')
            digits.push_back(each);
    }
    if (digits.starts_with('+'))
        digits.erase(0, 1);
    if (base < 2 || base > 36)
        return notFollowed("int", arguments);
    std::int64_t number = 0;
    const char* last = digits.data() + digits.size();
    const auto read = std::from_chars(digits.data(), last, number, static_cast<int>(base));
    if (read.ec == std::errc::result_out_of_range)
        return Unknown{"a number too large to follow"};
    if (read.ec != std::errc() || read.ptr != last)
        return otherwise(evaluator.makeRaised("ValueError",
                                              "invalid literal for int() with base " +
                                                  std::to_string(base) + ": " + shownText(*text)));
    return Value(number);
}

Evaluated makeFloat(Evaluator& evaluator, const Arguments& arguments)
{
    if (arguments.positional.empty())
        return arguments.hidden ? Evaluated(*arguments.hidden) : Evaluated(Value(0.0));
    const Value& given = arguments.positional.front();
    if (given.isUnknown() || given.asFloat() != nullptr)
        return given;
    if (const auto* number = given.asInteger())
        return Value(static_cast<double>(*number));
    const std::string* text = given.asText();
    if (text == nullptr)
        return notFollowed("float", arguments);
    double number = 0;
    const char* last = text->data() + text->size();
    const auto read = std::from_chars(text->data(), last, number);
    if (read.ec == std::errc() && read.ptr == last)
        return Value(number);
    (void)evaluator;
    return Unknown{"float() of a text that is not followed"};
}

Evaluated makeBool(Evaluator& evaluator, const Arguments& arguments)
{
    if (arguments.positional.empty())
        return Value(false);
    const Known<bool> known = evaluator.truth(arguments.positional.front());
    return known.isKnown() ? Evaluated(Value(known.value())) : Evaluated(Unknown{known.reason()});
}

Evaluated makeList(Evaluator& evaluator, const Arguments& arguments)
{
    if (arguments.positional.empty())
        return arguments.hidden ? Evaluated(*arguments.hidden) : evaluator.interpreter.makeList({});
    const Value& given = arguments.positional.front();
    if (given.isUnknown())
        return given;
    const auto why = evaluator.doubt(given);
    auto all = evaluator.elements(given);
    if (!all)
        return otherwise(std::move(all.error()));
    if (auto tooMuch = evaluator.charge(all->size() * sizeof(Value)))
        return otherwise(std::move(*tooMuch));
    auto* made = evaluator.make<ListObject>(std::move(*all));
    if (why)
        made->doubt(*why);
    return Value(made);
}

Evaluated makeTuple(Evaluator& evaluator, const Arguments& arguments)
{
    Evaluated made = makeList(evaluator, arguments);
    if (!made || made->as<ListObject>() == nullptr)
        return made;
    if (const auto why = evaluator.doubt(*made))
        return *why;
    return evaluator.interpreter.makeTuple(made->as<ListObject>()->now().items);
}

template <bool Frozen>
Evaluated makeSet(Evaluator& evaluator, const Arguments& arguments)
{
    Evaluated made = makeList(evaluator, arguments);
    if (!made || made->as<ListObject>() == nullptr)
        return made;
    const auto* list = made->as<ListObject>();
    Items items;
    for (const Value& each : list->now().items)
        addToSet(evaluator, items, each);
    auto* set = evaluator.make<SetObject>(std::move(items.items), Frozen);
    if (list->now().doubt)
        set->doubt(*list->now().doubt);
    if (items.doubt)
        set->doubt(*items.doubt);
    return Value(set);
}

Evaluated makeDict(Evaluator& evaluator, const Arguments& arguments)
{
    auto* made = evaluator.make<DictObject>();
    if (!arguments.positional.empty() && arguments.positional.front().isUnknown())
        return arguments.positional.front();
    const auto update = dictMethod("update");
    Evaluated done = (*update)(evaluator, Value(made), arguments);
    return done ? Evaluated(Value(made)) : done;
}

Evaluated makeBytes(Evaluator& evaluator, const Arguments& arguments)
{
    if (arguments.positional.empty())
        return Value(BytesValue{});
    if (arguments.positional.front().asBytes() != nullptr)
        return arguments.positional.front();
    if (const auto* text = arguments.positional.front().asText();
        text != nullptr && arguments.positional.size() > 1)
        return Value(BytesValue{*text});
    (void)evaluator;
    return notFollowed("bytes", arguments);
}

Evaluated makeObject(Evaluator& evaluator, const Arguments&)
{
    return Value(evaluator.make<ExceptionObject>(
        "object", std::vector<std::string>{}, std::vector<Value>{}));
}

Evaluated typeOf(Evaluator& evaluator, const Arguments& arguments)
{
    if (arguments.positional.size() == 1)
        return typeValue(evaluator, arguments.positional.front());
    if (arguments.positional.size() != 3)
        return notFollowed("type", arguments);
    const std::string* name = arguments.positional[0].asText();
    const auto* bases = arguments.positional[1].as<TupleObject>();
    const auto* body = arguments.positional[2].as<DictObject>();
    if (name == nullptr || bases == nullptr || body == nullptr || body->now().doubt)
        return notFollowed("type", arguments);
    const FileModule* module = evaluator.frame().scope->module();
    FileClass* made = makeClass(evaluator,
                                *name,
                                bases->items(),
                                module == nullptr ? std::string() : module->dottedName(),
                                arguments.span);
    for (const auto& [key, value] : body->now().pairs) {
        if (const std::string* text = key.asText())
            made->set(*text, value);
    }
    if (auto failed = finishEnum(evaluator, *made))
        return otherwise(std::move(*failed));
    return Value(made);
}

template <WrapperObject::Kind Kind>
Evaluated wrapped(Evaluator& evaluator, const Arguments& arguments)
{
    if (arguments.positional.empty())
        return notFollowed("property", arguments);
    auto* made = evaluator.make<WrapperObject>(Kind, arguments.positional.front());
    if (arguments.positional.size() > 1)
        made->setter = arguments.positional[1];
    return Value(made);
}

Evaluated makeSlice(Evaluator& evaluator, const Arguments& arguments)
{
    const auto& given = arguments.positional;
    if (given.empty())
        return notFollowed("slice", arguments);
    if (given.size() == 1)
        return Value(evaluator.make<SliceObject>(Value(), given[0], Value()));
    return Value(
        evaluator.make<SliceObject>(given[0], given[1], given.size() > 2 ? given[2] : Value()));
}

Evaluated notMade(Evaluator&, const Arguments& arguments)
{
    return notFollowed("a type of Python's", arguments);
}

Evaluated fromKeys(Evaluator& evaluator, const Arguments& arguments)
{
    if (arguments.positional.empty())
        return notFollowed("dict.fromkeys", arguments);
    auto keys = elementsOf(evaluator, arguments.positional.front());
    if (!keys)
        return otherwise(std::move(keys.error()));
    if (!keys->isKnown())
        return Unknown{keys->reason()};
    auto* made = evaluator.make<DictObject>();
    for (const Value& each : keys->value())
        made->set(
            evaluator, each, arguments.positional.size() > 1 ? arguments.positional[1] : Value());
    return Value(made);
}

struct TypeName
{
    std::string_view name;
    std::string_view base;
    Construct construct;
};

constexpr std::array types{
    TypeName{"bool", "int", makeBool},
    TypeName{"bytearray", "", notMade},
    TypeName{"bytes", "", makeBytes},
    TypeName{"classmethod", "", wrapped<WrapperObject::Kind::Class>},
    TypeName{"complex", "", notMade},
    TypeName{"dict", "", makeDict},
    TypeName{"float", "", makeFloat},
    TypeName{"frozenset", "", makeSet<true>},
    TypeName{"int", "", makeInteger},
    TypeName{"list", "", makeList},
    TypeName{"memoryview", "", notMade},
    TypeName{"object", "", makeObject},
    TypeName{"property", "", wrapped<WrapperObject::Kind::Property>},
    TypeName{"set", "", makeSet<false>},
    TypeName{"slice", "", makeSlice},
    TypeName{"staticmethod", "", wrapped<WrapperObject::Kind::Static>},
    TypeName{"str", "", makeText},
    TypeName{"tuple", "", makeTuple},
    TypeName{"type", "", typeOf},
};

/// One of Python's types; list[int] is an annotation.
class BuiltinType final : public NativeClass
{
public:
    using NativeClass::NativeClass;

    Evaluated subscript(Interpreter&, const Value&) override { return Value(this); }

    std::optional<Evaluated>
    binary(Interpreter&, std::string_view op, const Value& other, bool) override
    {
        if (op == "==" || op == "!=")
            return Evaluated(Value((other.asObject() == this) == (op == "==")));
        if (op == "|")
            return Evaluated(Unknown{"a union of types"});
        return std::nullopt;
    }
};

} // namespace

std::optional<Value> makeBuiltinType(Evaluator& evaluator, std::string_view name)
{
    const auto* found = std::ranges::find(types, name, &TypeName::name);
    if (found == types.end())
        return std::nullopt;
    const Construct construct = found->construct;
    std::vector<std::string> bases;
    if (!found->base.empty())
        bases.emplace_back(found->base);
    auto* made = evaluator.make<BuiltinType>(
        std::string(name),
        std::move(bases),
        [construct](Interpreter& interpreter, const Arguments& arguments) {
            return construct(interpreter.evaluator(), arguments);
        });
    if (name == "dict")
        made->setClassAttribute(
            "fromkeys",
            evaluator.interpreter.makeFunction(
                "fromkeys", [](Interpreter& interpreter, const Arguments& arguments) {
                    return fromKeys(interpreter.evaluator(), arguments);
                }));
    return Value(made);
}

Value typeValue(Evaluator& evaluator, const Value& value)
{
    if (value.isUnknown())
        return value;
    if (const auto* instance = value.as<FileInstance>())
        return Value(&instance->type());
    if (const auto* member = value.as<FileEnumMember>())
        return Value(&member->type());
    if (const auto* tuple = value.as<TupleObject>(); tuple != nullptr && tuple->type() != nullptr)
        return Value(tuple->type());
    const std::string name = evaluator.typeName(value);
    if (value.as<FileClass>() != nullptr || value.as<NativeClass>() != nullptr)
        return *evaluator.builtin(evaluator.names.id("type"));
    if (const auto* exception = value.as<ExceptionObject>())
        return makeExceptionClass(evaluator, exception->type, exception->bases);
    if (const Value* type = evaluator.builtin(evaluator.names.id(name));
        type != nullptr && type->as<NativeClass>() != nullptr)
        return *type;
    if (Object* native = value.asObject()) {
        const Evaluated type = native->attribute(evaluator.interpreter, "__class__");
        if (type && type->as<NativeClass>() != nullptr)
            return *type;
    }
    // A class that says its name and nothing more.
    return evaluator.make<NativeClass>(
        name, std::vector<std::string>{}, [name](Interpreter&, const Arguments&) -> Evaluated {
            return Unknown{"making a " + name};
        });
}

} // namespace sightglass
