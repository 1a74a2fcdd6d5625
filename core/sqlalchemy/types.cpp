// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluation/interpreter.h"
#include "core/evaluation/objects.h"
#include "core/sqlalchemy/types_modules.h"
#include "core/sqlalchemy/types_native.h"

#include <algorithm>
#include <array>
#include <utility>

namespace sightglass {

namespace {

constexpr std::array coreModules{std::string_view("sqlalchemy"),
                                 std::string_view("sqlalchemy.types"),
                                 std::string_view("sqlalchemy.sql"),
                                 std::string_view("sqlalchemy.sql.sqltypes"),
                                 std::string_view("sqlalchemy.sql.type_api"),
                                 std::string_view("sqlalchemy.databases"),
                                 std::string_view("sqlmodel")};

bool isWithin(std::string_view dotted, std::string_view package)
{
    return dotted == package ||
           (dotted.starts_with(package) && dotted.substr(package.size()).starts_with('.'));
}

bool isModuleOf(const TypePackage& package, std::string_view dotted)
{
    if (!isWithin(dotted, package.module))
        return false;
    if (dotted == package.module || package.submodules == "*")
        return true;
    const std::vector<std::string> names = wordsOf(package.submodules);
    return std::ranges::find(names, dotted.substr(package.module.size() + 1)) != names.end();
}

const TypePackage* packageIn(std::span<const TypePackage> packages, std::string_view dotted)
{
    const auto found = std::ranges::find_if(
        packages, [&](const TypePackage& package) { return isModuleOf(package, dotted); });
    return found == packages.end() ? nullptr : &*found;
}

void addPackage(Interpreter& interpreter, NativeModule& module, const TypePackage& package)
{
    for (const TypeSpec& spec : package.types)
        module.offer(spec.name, [&] { return Value(interpreter.make<TypeClass>(spec)); });
    for (const std::string& alias : wordsOf(package.aliases)) {
        const std::size_t equals = alias.find('=');
        const std::string name = alias.substr(0, equals);
        if (!module.isWanted(name))
            continue;
        if (const TypeSpec* spec = findType(package, name))
            module.set(name, Value(interpreter.make<TypeClass>(*spec)));
    }
}

/// Classes that the user mapped by hand and the project does not have.
void addMapped(Interpreter& interpreter, NativeModule& module)
{
    const auto* settings = interpreter.service<TypeSettings>();
    if (settings == nullptr)
        return;
    for (const auto& [name, sql] : settings->map) {
        const std::size_t dot = name.rfind('.');
        const std::string bare = dot == std::string::npos ? name : name.substr(dot + 1);
        if (dot != std::string::npos && name.substr(0, dot) != module.name())
            continue;
        module.set(bare,
                   Value(interpreter.make<NativeClass>(
                       bare,
                       std::vector<std::string>{"TypeEngine"},
                       [bare, text = sql](Interpreter& runs, const Arguments&) -> Evaluated {
                           return Value(runs.make<PlainType>(
                               std::vector<std::string>{bare, "TypeEngine"}, SqlText(text)));
                       })));
    }
}

} // namespace

const TypePackage* packageOf(std::string_view dotted)
{
    if (const TypePackage* found = packageIn(dialectPackages(), dotted))
        return found;
    return packageIn(thirdPartyPackages(), dotted);
}

const TypeSpec* findType(const TypePackage& package, std::string_view name)
{
    const auto own = [](const TypePackage& in, std::string_view wanted) -> const TypeSpec* {
        const auto found = std::ranges::find(in.types, wanted, &TypeSpec::name);
        return found == in.types.end() ? nullptr : &*found;
    };
    if (const TypeSpec* found = own(package, name))
        return found;
    for (const std::string& alias : wordsOf(package.aliases)) {
        const std::size_t equals = alias.find('=');
        if (alias.substr(0, equals) != name)
            continue;
        const std::string target = equals == std::string::npos ? alias : alias.substr(equals + 1);
        const TypeSpec* found = own(package, target);
        return found != nullptr ? found : own(corePackage(), target);
    }
    return nullptr;
}

Outcome<Known<TypeObject*>, Raised>
typeFrom(Interpreter& interpreter, const Value& value, int depth)
{
    using Type = Known<TypeObject*>;
    if (value.isUnknown())
        return Type(Unknown{value.reason()});
    if (auto* type = value.as<TypeObject>())
        return Type(type);
    if (depth > deepestType)
        return Type(Unknown{"a type that leads back to itself"});
    if (value.isNone())
        return Type(
            interpreter.make<NativeType>(*findType(corePackage(), "NullType"), TypeParameters{}));
    if (value.as<InstanceObject>() != nullptr || value.as<ClassObject>() != nullptr)
        return applicationType(interpreter, value, depth);
    if (value.asObject() == nullptr)
        return Type(Unknown{"a value that is no type stands in a type's place"});
    // As to_instance() has it: a class, a function, functools.partial.
    Arguments none;
    none.span = interpreter.here();
    Evaluated made = interpreter.call(value, none);
    if (!made)
        return otherwise(made.error());
    if (made->as<TypeObject>() != nullptr || made->isUnknown() ||
        made->as<InstanceObject>() != nullptr)
        return typeFrom(interpreter, *made, depth + 1);
    return Type(Unknown{"a value that is no type stands in a type's place"});
}

Outcome<Known<TypeObject*>, Raised> typeFrom(Interpreter& interpreter, const Value& value)
{
    return typeFrom(interpreter, value, 0);
}

void addTypes(Interpreter& interpreter, NativeModule& module)
{
    const std::string& name = module.name();
    if (std::ranges::find(coreModules, name) != coreModules.end())
        addPackage(interpreter, module, corePackage());
    if (const TypePackage* package = packageOf(name))
        addPackage(interpreter, module, *package);
    addHelpers(interpreter, module);
    addMapped(interpreter, module);
    if (name ==
        "sqlmodel.sql.sqltypes") // it imports `types` of SQLAlchemy, and files use it through it
        module.set("types", interpreter.importModule("sqlalchemy.types"));
}

bool isTypeModule(std::string_view dotted)
{
    return packageIn(thirdPartyPackages(), dotted) != nullptr || isHelperModule(dotted);
}

bool isMappedModule(const TypeMap& types, std::string_view dotted)
{
    return std::ranges::any_of(types, [&](const auto& entry) {
        const std::string_view name = entry.first;
        const std::size_t dot = name.rfind('.');
        return dot == std::string_view::npos || name.substr(0, dot) == dotted;
    });
}

} // namespace sightglass
