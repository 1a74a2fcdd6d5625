// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sqlalchemy/types_modules.h"

#include "core/evaluation/objects.h"
#include "core/sqlalchemy/types_native.h"

#include <algorithm>
#include <array>
#include <utility>

namespace sightglass {

namespace {

Value typeOf(Interpreter& interpreter, std::string_view name)
{
    const TypeSpec* spec = findType(corePackage(), name);
    if (spec == nullptr)
        spec = findType(dialectPackages().front(), name);
    Evaluated made = interpreter.make<TypeClass>(*spec)->call(interpreter, {});
    return made ? *made : Value(Unknown{made.error().message});
}

/// MutableDict.as_mutable(JSONB): the type itself.
Evaluated asMutable(Interpreter& interpreter, const Arguments& arguments)
{
    const Value* given = arguments.at(0, "sqltype");
    if (given == nullptr)
        return raising("TypeError",
                       "as_mutable() missing 1 required positional argument: 'sqltype'");
    auto type = typeFrom(interpreter, *given);
    if (!type)
        return otherwise(type.error());
    return type->isKnown() ? Value(type->value()) : Value(Unknown{type->reason()});
}

void addMutable(Interpreter& interpreter, NativeModule& module)
{
    for (const char* name : {"Mutable", "MutableDict", "MutableList", "MutableSet"}) {
        module.offer(name, [&] {
            auto* type = interpreter.make<NativeClass>(
                name,
                std::vector<std::string>{"Mutable"},
                [](Interpreter&, const Arguments&) -> Evaluated {
                    return Value(Unknown{"a mutable value of the application"});
                });
            type->setClassAttribute("as_mutable",
                                    interpreter.makeFunction("as_mutable", asMutable));
            return Value(type);
        });
    }
}

/// @compiles(Type) or @compiles(Type, "postgresql"): the function is kept at the class.
Evaluated compiles(Interpreter& interpreter, const Arguments& arguments)
{
    const Value* type = arguments.at(0, "class_");
    bool ours = arguments.positional.size() < 2;
    for (std::size_t index = 1; index < arguments.positional.size(); ++index) {
        const std::string* dialect = arguments.positional[index].asText();
        ours = ours || dialect == nullptr || *dialect == "postgresql";
    }
    const Value target = type != nullptr ? *type : Value();
    return interpreter.makeFunction(
        "decorate", [target, ours](Interpreter& runs, const Arguments& decorated) -> Evaluated {
            const Value* function = decorated.at(0, "fn");
            if (function == nullptr)
                return Value();
            auto* made = target.as<ClassObject>();
            if (ours && made != nullptr)
                if (auto raised = made->setAttribute(runs, compiledMark, *function))
                    return otherwise(std::move(*raised));
            return *function;
        });
}

/// flask_sqlalchemy's db: everything of sqlalchemy, and models of its own.
class FlaskDatabase final : public Object
{
public:
    std::string typeName() const override { return "SQLAlchemy"; }

    Evaluated attribute(Interpreter& interpreter, std::string_view name) override
    {
        constexpr std::array notTheirs{std::string_view("Model"),
                                       std::string_view("session"),
                                       std::string_view("engine"),
                                       std::string_view("metadata"),
                                       std::string_view("metadatas")};
        if (std::ranges::find(notTheirs, name) == notTheirs.end()) {
            for (const char* module : {"sqlalchemy", "sqlalchemy.orm"}) {
                const Value owner = interpreter.importModule(module);
                if (owner.isUnknown())
                    continue;
                Evaluated found = interpreter.attribute(owner, name);
                if (!found || !found->isUnknown())
                    return found;
            }
        }
        return Value(Unknown{"the application's db." + std::string(name)});
    }

    Known<bool> truth(Interpreter&) override { return true; }
};

void addFlask(Interpreter& interpreter, NativeModule& module)
{
    module.set(
        "SQLAlchemy",
        Value(interpreter.make<NativeClass>("SQLAlchemy",
                                            std::vector<std::string>{},
                                            [](Interpreter& runs, const Arguments&) -> Evaluated {
                                                return Value(runs.make<FlaskDatabase>());
                                            })));
}

/// mutable_json_type(dbtype=JSON, nested=False).
Evaluated mutableJson(Interpreter& interpreter, const Arguments& arguments)
{
    const Value* given = arguments.at(0, "dbtype");
    if (given == nullptr)
        return typeOf(interpreter, "JSON");
    auto type = typeFrom(interpreter, *given);
    if (!type)
        return otherwise(type.error());
    return type->isKnown() ? Value(type->value()) : Value(Unknown{type->reason()});
}

void addJson(Interpreter& interpreter, NativeModule& module)
{
    for (const char* name :
         {"MutableJson", "NestedMutableJson", "JsonObject", "NestedJsonObject", "NestedMutable"})
        module.offer(name, [&] { return typeOf(interpreter, "JSON"); });
    module.set("mutable_json_type", interpreter.makeFunction("mutable_json_type", mutableJson));
}

void addAdvanced(Interpreter& interpreter, NativeModule& module)
{
    module.offer("BigIntIdentity", [&] { return typeOf(interpreter, "BigInteger"); });
    module.offer("JsonB", [&] { return typeOf(interpreter, "JSONB"); });
}

struct HelperModule
{
    std::string_view module;
    void (*add)(Interpreter&, NativeModule&);
};

void addCompiler(Interpreter& interpreter, NativeModule& module)
{
    module.set("compiles", interpreter.makeFunction("compiles", compiles));
}

constexpr std::array helperModules{
    HelperModule{"sqlalchemy.ext.mutable", addMutable},
    HelperModule{"sqlalchemy.ext.compiler", addCompiler},
    HelperModule{"flask_sqlalchemy", addFlask},
    HelperModule{"sqlalchemy_json", addJson},
    HelperModule{"advanced_alchemy.types", addAdvanced},
    HelperModule{"advanced_alchemy.types.identity", addAdvanced},
    HelperModule{"advanced_alchemy.types.json", addAdvanced},
};

} // namespace

void addHelpers(Interpreter& interpreter, NativeModule& module)
{
    for (const HelperModule& helper : helperModules) {
        if (helper.module == module.name())
            helper.add(interpreter, module);
    }
}

bool isHelperModule(std::string_view dotted)
{
    return std::ranges::find(helperModules, dotted, &HelperModule::module) != helperModules.end();
}

} // namespace sightglass
