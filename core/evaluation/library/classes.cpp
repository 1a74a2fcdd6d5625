// SPDX-License-Identifier: GPL-3.0-or-later
// enum, dataclasses, typing, abc, types: what makes classes, or only says what they are.
#include "core/evaluation/classes.h"

#include "core/evaluation/builtins.h"
#include "core/evaluation/containers.h"
#include "core/evaluation/library.h"

#include <algorithm>

namespace sightglass {

namespace {

/// A class of the library that others derive from; X[int] is X.
class LibraryClass final : public NativeClass
{
public:
    using NativeClass::NativeClass;

    Evaluated subscript(Interpreter&, const Value&) override { return Value(this); }

    std::optional<Evaluated>
    binary(Interpreter&, std::string_view op, const Value& other, bool) override
    {
        if (op == "==" || op == "!=")
            return Evaluated(Value((other.asObject() == this) == (op == "==")));
        return Evaluated(Unknown{"a union of types"});
    }
};

Value baseClass(Evaluator& evaluator,
                std::string name,
                std::vector<std::string> bases,
                NativeFunction::Body construct)
{
    return evaluator.make<LibraryClass>(std::move(name), std::move(bases), std::move(construct));
}

/// Enum("State", "A B"): a class made by calling.
NativeFunction::Body enumMaker(FileClass::EnumKind kind)
{
    return [kind](Interpreter& interpreter, const Arguments& arguments) -> Evaluated {
        Evaluator& evaluator = interpreter.evaluator();
        Arguments all = arguments;
        if (const Value* names = arguments.keyword("names");
            names != nullptr && all.positional.size() == 1)
            all.positional.push_back(*names);
        if (all.positional.size() < 2)
            return notFollowed("Enum", arguments);
        const FileModule* module = evaluator.frame().scope->module();
        auto* base =
            evaluator.make<FileClass>("Enum",
                                      std::vector<Value>{},
                                      module == nullptr ? std::string() : module->dottedName(),
                                      arguments.span);
        base->enumKind = kind;
        if (const Value* mixed = arguments.keyword("type"))
            base->enumHoldsText = !mixed->isNone();
        return makeEnum(evaluator, *base, all);
    };
}

Value enumClass(Evaluator& evaluator)
{
    return baseClass(evaluator, "Enum", {}, enumMaker(FileClass::EnumKind::Plain));
}

Value flagClass(Evaluator& evaluator)
{
    return baseClass(evaluator, "Flag", {"Enum"}, enumMaker(FileClass::EnumKind::Plain));
}

Value textEnum(Evaluator& evaluator)
{
    return baseClass(
        evaluator, "StrEnum", {"str", "ReprEnum", "Enum"}, enumMaker(FileClass::EnumKind::Text));
}

Value numberEnum(Evaluator& evaluator)
{
    return baseClass(
        evaluator, "IntEnum", {"int", "ReprEnum", "Enum"}, enumMaker(FileClass::EnumKind::Integer));
}

Value numberFlag(Evaluator& evaluator)
{
    return baseClass(
        evaluator, "IntFlag", {"int", "Flag", "Enum"}, enumMaker(FileClass::EnumKind::Integer));
}

Evaluated automatic(Evaluator& evaluator, const Arguments&)
{
    return Value(
        evaluator.make<ExceptionObject>("auto", std::vector<std::string>{}, std::vector<Value>{}));
}

/// A decorator that gives back what it is given, called with arguments or without.
Evaluated transparent(Evaluator& evaluator, const Arguments& arguments)
{
    if (arguments.positional.size() == 1 && arguments.keywords.empty())
        return arguments.positional.front();
    return evaluator.interpreter.makeFunction(
        "decorator", [](Interpreter&, const Arguments& given) -> Evaluated {
            return given.positional.empty() ? Evaluated(Value()) : given.positional.front();
        });
}

Evaluated second(Evaluator&, const Arguments& arguments)
{
    return arguments.positional.size() < 2 ? notFollowed("cast", arguments)
                                           : arguments.positional[1];
}

Evaluated annotation(Evaluator&, const Arguments&)
{
    return Unknown{"an annotation"};
}

Evaluated dataclass(Evaluator& evaluator, const Arguments& arguments)
{
    const Value* frozen = arguments.keyword("frozen");
    const bool isFrozen = frozen != nullptr && frozen->asBool() != nullptr && *frozen->asBool();
    if (!arguments.positional.empty()) {
        if (auto* made = arguments.positional.front().as<FileClass>())
            makeDataClass(evaluator, *made, isFrozen);
        return arguments.positional.front();
    }
    return evaluator.interpreter.makeFunction(
        "dataclass", [isFrozen](Interpreter& interpreter, const Arguments& given) -> Evaluated {
            if (given.positional.empty())
                return Value();
            if (auto* made = given.positional.front().as<FileClass>())
                makeDataClass(interpreter.evaluator(), *made, isFrozen);
            return given.positional.front();
        });
}

Evaluated field(Evaluator& evaluator, const Arguments& arguments)
{
    auto* made =
        evaluator.make<ExceptionObject>("field", std::vector<std::string>{}, std::vector<Value>{});
    for (const auto& [name, value] : arguments.keywords)
        made->attributes.insert_or_assign(name, value);
    return Value(made);
}

/// asdict() of an object and what is in it.
Value asDictionary(Evaluator& evaluator, const Value& value, int depth)
{
    constexpr int deepest = 40;
    if (depth > deepest)
        return Unknown{"values too deep within each other"};
    const auto* instance = value.as<FileInstance>();
    if (instance == nullptr || instance->type().shape != FileClass::Shape::DataClass)
        return value;
    std::vector<std::pair<Value, Value>> pairs;
    for (const auto& each : instance->type().fields) {
        const auto found = instance->attributes().find(each.name);
        if (found != instance->attributes().end())
            pairs.emplace_back(Value(each.name), asDictionary(evaluator, found->second, depth + 1));
    }
    return evaluator.interpreter.makeDictionary(std::move(pairs));
}

Evaluated asdict(Evaluator& evaluator, const Arguments& arguments)
{
    if (arguments.positional.empty() || arguments.positional.front().as<FileInstance>() == nullptr)
        return notFollowed("asdict", arguments);
    return asDictionary(evaluator, arguments.positional.front(), 0);
}

Evaluated namespaceOf(Evaluator& evaluator, const Arguments& arguments)
{
    auto* type = evaluator.make<FileClass>(
        "SimpleNamespace", std::vector<Value>{}, std::string("types"), arguments.span);
    auto* made = evaluator.make<FileInstance>(*type);
    for (const auto& [name, value] : arguments.keywords)
        made->put(evaluator.interpreter, name, value);
    if (arguments.hidden)
        made->doubt(*arguments.hidden);
    return Value(made);
}

template <const char* Name>
Value plainBase(Evaluator& evaluator)
{
    return baseClass(
        evaluator, Name, {}, [](Interpreter&, const Arguments& arguments) -> Evaluated {
            return notFollowed(Name, arguments);
        });
}

constexpr char genericName[] = "Generic";
constexpr char protocolName[] = "Protocol";
constexpr char abcName[] = "ABC";
constexpr char abcMetaName[] = "ABCMeta";
constexpr char enumMetaName[] = "EnumMeta";
constexpr char namedTupleName[] = "NamedTuple";
constexpr char typedDictName[] = "TypedDict";
constexpr char iterableName[] = "Iterable";
constexpr char iteratorName[] = "Iterator";
constexpr char generatorName[] = "Generator";
constexpr char sequenceName[] = "Sequence";
constexpr char mappingName[] = "Mapping";
constexpr char mutableMappingName[] = "MutableMapping";
constexpr char mutableSequenceName[] = "MutableSequence";
constexpr char callableName[] = "Callable";
constexpr char collectionName[] = "Collection";
constexpr char hashableName[] = "Hashable";
constexpr char setName[] = "Set";

template <const char* Name>
Value builtinAlias(Evaluator& evaluator)
{
    return *evaluator.builtin(evaluator.names.id(Name));
}

constexpr char listType[] = "list";
constexpr char dictType[] = "dict";
constexpr char tupleType[] = "tuple";
constexpr char setType[] = "set";
constexpr char frozenSetType[] = "frozenset";
constexpr char typeType[] = "type";
constexpr char propertyType[] = "property";
constexpr char textType[] = "str";

Value isFalse(Evaluator&)
{
    return false;
}

Value somethingOfTypes(Evaluator&)
{
    return Unknown{"an annotation"};
}

LibraryItem function(std::string_view module,
                     std::string_view name,
                     Evaluated (*run)(Evaluator&, const Arguments&))
{
    return {.module = module, .name = name, .run = run, .make = nullptr};
}

LibraryItem value(std::string_view module, std::string_view name, Value (*make)(Evaluator&))
{
    return {.module = module, .name = name, .run = nullptr, .make = make};
}

} // namespace

void makeDataClass(Evaluator& evaluator, FileClass& made, bool frozen)
{
    const bool tuple = made.shape == FileClass::Shape::NamedTuple;
    if (!tuple)
        made.shape = FileClass::Shape::DataClass;
    made.frozen = frozen && !tuple;
    std::vector<FileClass::Field> fields;
    for (FileClass* each : made.order()) {
        if (each == &made || each->fields.empty())
            continue;
        fields = each->fields;
        break;
    }
    for (const auto& each : made.annotations()) {
        if (each.text.starts_with("ClassVar") || each.text.starts_with("typing.ClassVar"))
            continue;
        FileClass::Field field{.name = each.name, .fallback = {}, .factory = {}, .inInit = true};
        for (const auto& [name, held] : made.body()) {
            if (name != each.name)
                continue;
            const auto* given = held.as<ExceptionObject>();
            if (given == nullptr || given->type != "field") {
                field.fallback = held;
                break;
            }
            const auto find = [&](std::string_view key) -> const Value* {
                const auto found = given->attributes.find(key);
                return found == given->attributes.end() ? nullptr : &found->second;
            };
            if (const Value* fallback = find("default"))
                field.fallback = *fallback;
            if (const Value* factory = find("default_factory"))
                field.factory = *factory;
            if (const Value* init = find("init"); init != nullptr && init->asBool() != nullptr)
                field.inInit = *init->asBool();
        }
        const auto known = std::ranges::find(fields, field.name, &FileClass::Field::name);
        if (known != fields.end())
            *known = std::move(field);
        else
            fields.push_back(std::move(field));
    }
    made.fields = std::move(fields);
    (void)evaluator;
}

std::span<const LibraryItem> classItems()
{
    static const std::array table{
        value("enum", "Enum", enumClass),
        value("enum", "IntEnum", numberEnum),
        value("enum", "StrEnum", textEnum),
        value("enum", "Flag", flagClass),
        value("enum", "IntFlag", numberFlag),
        value("enum", "EnumMeta", plainBase<enumMetaName>),
        value("enum", "EnumType", plainBase<enumMetaName>),
        function("enum", "auto", automatic),
        function("enum", "unique", transparent),
        value("enum", "property", builtinAlias<propertyType>),
        function("dataclasses", "dataclass", dataclass),
        function("dataclasses", "field", field),
        function("dataclasses", "asdict", asdict),
        value("abc", "ABC", plainBase<abcName>),
        value("abc", "ABCMeta", plainBase<abcMetaName>),
        function("abc", "abstractmethod", transparent),
        value("types", "MappingProxyType", builtinAlias<dictType>),
        function("types", "SimpleNamespace", namespaceOf),
        value("typing", "TYPE_CHECKING", isFalse),
        function("typing", "cast", second),
        function("typing", "overload", transparent),
        function("typing", "final", transparent),
        function("typing", "no_type_check", transparent),
        function("typing", "runtime_checkable", transparent),
        function("typing", "override", transparent),
        function("typing", "TypeVar", annotation),
        function("typing", "ParamSpec", annotation),
        function("typing", "NewType", second),
        value("typing", "Generic", plainBase<genericName>),
        value("typing", "Protocol", plainBase<protocolName>),
        value("typing", "NamedTuple", plainBase<namedTupleName>),
        value("typing", "TypedDict", plainBase<typedDictName>),
        value("typing", "List", builtinAlias<listType>),
        value("typing", "Dict", builtinAlias<dictType>),
        value("typing", "Tuple", builtinAlias<tupleType>),
        value("typing", "Set", plainBase<setName>),
        value("typing", "AbstractSet", plainBase<setName>),
        value("typing", "MutableSet", builtinAlias<setType>),
        value("typing", "FrozenSet", builtinAlias<frozenSetType>),
        value("typing", "Type", builtinAlias<typeType>),
        value("typing", "Text", builtinAlias<textType>),
        value("typing", "Iterable", plainBase<iterableName>),
        value("typing", "Iterator", plainBase<iteratorName>),
        value("typing", "Generator", plainBase<generatorName>),
        value("typing", "Sequence", plainBase<sequenceName>),
        value("typing", "MutableSequence", plainBase<mutableSequenceName>),
        value("typing", "Mapping", plainBase<mappingName>),
        value("typing", "MutableMapping", plainBase<mutableMappingName>),
        value("typing", "Collection", plainBase<collectionName>),
        value("typing", "Callable", plainBase<callableName>),
        value("typing", "Hashable", plainBase<hashableName>),
        value("typing", "Any", somethingOfTypes),
        value("typing", "Optional", somethingOfTypes),
        value("typing", "Union", somethingOfTypes),
        value("typing", "Literal", somethingOfTypes),
        value("typing", "Annotated", somethingOfTypes),
        value("typing", "ClassVar", somethingOfTypes),
        value("typing", "Final", somethingOfTypes),
    };
    return table;
}

} // namespace sightglass
