// SPDX-License-Identifier: GPL-3.0-or-later
// What an application's own type class is on PostgreSQL.
#include "core/evaluation/interpreter.h"
#include "core/evaluation/objects.h"
#include "core/sqlalchemy/types_native.h"

#include <algorithm>
#include <utility>

namespace sightglass {

namespace {

using FoundType = Outcome<Known<TypeObject*>, Raised>;

struct Asked
{
    Interpreter& interpreter;
    ClassObject& type;
    InstanceObject* instance; ///< null when the class itself was given
    Value self;
    int depth;
};

std::string howToMap(const std::string& name)
{
    return "; map " + name + " to a type of PostgreSQL in sightglass.toml";
}

std::vector<std::string> namesOf(const ClassObject& type)
{
    std::vector<std::string> names = {type.name()};
    for (std::string& base : type.baseNames())
        names.push_back(std::move(base));
    return names;
}

bool hasBase(const ClassObject& type, std::string_view name)
{
    const std::vector<std::string> bases = type.baseNames();
    return std::ranges::find(bases, name) != bases.end();
}

FoundType unknownType(std::string reason)
{
    return Known<TypeObject*>(Unknown{std::move(reason)});
}

/// The user's map: by dotted name, else by the bare one.
std::optional<std::string> mappedSql(Interpreter& interpreter, const ClassObject& type)
{
    const auto* settings = interpreter.service<TypeSettings>();
    if (settings == nullptr)
        return std::nullopt;
    auto found = settings->map.find(type.moduleName() + "." + type.name());
    if (found == settings->map.end())
        found = settings->map.find(type.name());
    if (found == settings->map.end())
        return std::nullopt;
    return found->second;
}

/// A function that a file defines; natives among the bases have none of their own.
bool definesMethod(const ClassObject& type, std::string_view name)
{
    const Value* method = type.lookUp(name);
    return method != nullptr && !method->isUnknown() && method->as<NativeFunction>() == nullptr;
}

Arguments constructorArguments(const Asked& asked)
{
    Arguments arguments;
    if (asked.instance != nullptr) {
        const auto& own = asked.instance->attributes();
        const auto mark = own.find(initMark);
        const auto* kept = mark == own.end() ? nullptr : mark->second.as<KeptArguments>();
        if (kept != nullptr)
            arguments = kept->kept;
        else if (asked.instance->baseArguments() != nullptr)
            arguments = *asked.instance->baseArguments();
    }
    arguments.span = asked.interpreter.here();
    return arguments;
}

/// What `impl` makes of the decorator's own constructor arguments: to_instance(impl, *args, **kw).
FoundType implOf(const Asked& asked)
{
    if (asked.instance != nullptr) {
        const auto& own = asked.instance->attributes();
        if (const auto found = own.find("impl"); found != own.end())
            return typeFrom(asked.interpreter, found->second, asked.depth + 1);
        if (const auto found = own.find("impl_instance"); found != own.end())
            return typeFrom(asked.interpreter, found->second, asked.depth + 1);
    }
    const Value* impl = asked.type.lookUp("impl");
    if (impl == nullptr) {
        if (const Unknown* base = asked.type.unknownBase())
            return unknownType(base->reason + howToMap(asked.type.name()));
        return raising("AssertionError",
                       "TypeDecorator implementations require a class-level variable 'impl' which "
                       "refers to the class of type being decorated");
    }
    if (impl->as<TypeClass>() == nullptr && impl->as<ClassObject>() == nullptr)
        return typeFrom(asked.interpreter, *impl, asked.depth + 1);
    Evaluated made = asked.interpreter.call(*impl, constructorArguments(asked));
    if (!made)
        return otherwise(made.error());
    return typeFrom(asked.interpreter, *made, asked.depth + 1);
}

/// The class-level impl given back by a method means the instance that the constructor made of it.
bool isOwnImpl(const Asked& asked, const FoundType& made, const Value& result)
{
    if (made && made->isKnown() && result.asObject() == made->value())
        return true;
    const Value* impl = asked.type.lookUp("impl");
    return impl != nullptr && result.asObject() != nullptr && impl->asObject() == result.asObject();
}

FoundType dialectImplOf(const Asked& asked, const FoundType& impl)
{
    // TypeDecorator's constructor has put an object in the place of the class's impl.
    if (impl && impl->isKnown() && asked.instance != nullptr &&
        !asked.instance->attributes().contains("impl")) {
        if (auto raised = asked.instance->setAttribute(
                asked.interpreter, "impl", Value(static_cast<Object*>(impl->value()))))
            return otherwise(std::move(*raised));
    }
    Evaluated method = asked.interpreter.attribute(asked.self, "load_dialect_impl");
    if (!method)
        return otherwise(method.error());
    Arguments arguments;
    arguments.positional.push_back(makeDialect(asked.interpreter));
    arguments.span = asked.interpreter.here();
    Evaluated result = asked.interpreter.call(*method, arguments);
    if (!result)
        return otherwise(result.error());
    if (result->isUnknown())
        return unknownType("load_dialect_impl() of " + asked.type.name() + ": " + result->reason() +
                           howToMap(asked.type.name()));
    if (isOwnImpl(asked, impl, *result))
        return impl;
    return typeFrom(asked.interpreter, *result, asked.depth + 1);
}

FoundType decorated(const Asked& asked)
{
    FoundType impl = implOf(asked);
    if (!definesMethod(asked.type, "load_dialect_impl")) {
        if (!impl || !impl->isKnown())
            return impl;
        return Known<TypeObject*>(asked.interpreter.make<TypeWithImpl>(
            namesOf(asked.type), impl->value(), impl->value()));
    }
    FoundType onPostgresql = dialectImplOf(asked, impl);
    if (!onPostgresql || !onPostgresql->isKnown())
        return onPostgresql;
    TypeObject* outer = impl && impl->isKnown() ? impl->value() : onPostgresql->value();
    auto* made =
        asked.interpreter.make<TypeWithImpl>(namesOf(asked.type), outer, onPostgresql->value());
    made->enumByOuter = true;
    return Known<TypeObject*>(made);
}

/// get_col_spec() of a UserDefinedType, or what a function under @compiles writes.
FoundType spelled(const Asked& asked, const Value& function, Arguments arguments)
{
    arguments.span = asked.interpreter.here();
    Evaluated result = asked.interpreter.call(function, arguments);
    if (!result)
        return otherwise(result.error());
    SqlText sql = Unknown{"what " + asked.type.name() + " is on PostgreSQL can't be read" +
                          howToMap(asked.type.name())};
    if (result->isUnknown())
        sql = Unknown{result->reason() + howToMap(asked.type.name())};
    else if (const std::string* text = result->asText())
        sql = *text;
    if (!sql.isKnown())
        return unknownType(sql.reason());
    return Known<TypeObject*>(
        asked.interpreter.make<PlainType>(namesOf(asked.type), std::move(sql)));
}

FoundType compiledType(const Asked& asked, const Value& function)
{
    Arguments arguments;
    arguments.positional.push_back(asked.self);
    arguments.positional.push_back(
        Value(Unknown{"asks SQLAlchemy's compiler, which reading does not have"}));
    return spelled(asked, function, std::move(arguments));
}

/// A subclass of one of SQLAlchemy's own types: the base's DDL, made with what reached its
/// constructor.
FoundType inherited(const Asked& asked)
{
    std::vector<const ClassObject*> level = {&asked.type};
    for (int steps = 0; !level.empty() && steps < deepestType; ++steps) {
        std::vector<const ClassObject*> next;
        for (const ClassObject* each : level) {
            for (const Value& base : each->directBases()) {
                if (auto* native = base.as<TypeClass>(); native != nullptr) {
                    Evaluated made = asked.interpreter.call(base, constructorArguments(asked));
                    if (!made)
                        return otherwise(made.error());
                    auto* type = made->as<TypeObject>();
                    if (type == nullptr)
                        return unknownType("a base of " + asked.type.name() + " is not known");
                    return Known<TypeObject*>(
                        asked.interpreter.make<TypeWithImpl>(namesOf(asked.type), type, type));
                }
                if (const auto* further = base.as<ClassObject>())
                    next.push_back(further);
            }
        }
        level = std::move(next);
    }
    return unknownType(asked.type.name() + " is no type that SQLAlchemy knows" +
                       howToMap(asked.type.name()));
}

/// A direct base is a decorator that a package made, with an impl of its own.
bool hasReadyDecorator(const ClassObject& type)
{
    return std::ranges::any_of(type.directBases(), [](const Value& base) {
        const auto* native = base.as<TypeClass>();
        return native != nullptr && native->name() != "TypeDecorator";
    });
}

FoundType resolved(const Asked& asked)
{
    if (const Value* function = asked.type.lookUp(compiledMark);
        function != nullptr && function->as<ClassObject>() == nullptr)
        return compiledType(asked, *function);
    const bool bringsImpl =
        asked.type.lookUp("impl") != nullptr || definesMethod(asked.type, "load_dialect_impl");
    if (!bringsImpl && hasBase(asked.type, "TypeDecorator") && hasReadyDecorator(asked.type))
        return inherited(asked);
    if (hasBase(asked.type, "TypeDecorator") || definesMethod(asked.type, "load_dialect_impl"))
        return decorated(asked);
    if (definesMethod(asked.type, "get_col_spec")) {
        Evaluated method = asked.interpreter.attribute(asked.self, "get_col_spec");
        if (!method)
            return otherwise(method.error());
        return spelled(asked, *method, {});
    }
    if (const Unknown* base = asked.type.unknownBase())
        return unknownType(base->reason + howToMap(asked.type.name()));
    return inherited(asked);
}

} // namespace

Outcome<Known<TypeObject*>, Raised> baseType(Interpreter& interpreter, const Value& value)
{
    auto* instance = value.as<InstanceObject>();
    if (instance == nullptr || !hasBase(instance->classObject(), "TypeDecorator"))
        return typeFrom(interpreter, value);
    return implOf(Asked{interpreter, instance->classObject(), instance, value, 0});
}

Outcome<Known<TypeObject*>, Raised>
applicationType(Interpreter& interpreter, const Value& value, int depth)
{
    auto* instance = value.as<InstanceObject>();
    auto* type = instance != nullptr ? &instance->classObject() : value.as<ClassObject>();
    if (type == nullptr)
        return unknownType("a value that is no type stands in a type's place");
    if (depth > deepestType)
        return unknownType(type->name() + " leads back to itself");
    if (auto sql = mappedSql(interpreter, *type))
        return Known<TypeObject*>(
            interpreter.make<PlainType>(namesOf(*type), SqlText(std::move(*sql))));
    Value self = value;
    if (instance == nullptr) {
        Arguments none;
        none.span = interpreter.here();
        Evaluated made = interpreter.call(value, none);
        if (!made)
            return otherwise(made.error());
        if (made->isUnknown())
            return unknownType(made->reason() + howToMap(type->name()));
        instance = made->as<InstanceObject>();
        if (instance == nullptr)
            return typeFrom(interpreter, *made, depth + 1);
        self = *made;
    }
    return resolved(Asked{interpreter, *type, instance, self, depth});
}

} // namespace sightglass
