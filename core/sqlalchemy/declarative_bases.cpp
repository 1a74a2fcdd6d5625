// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sqlalchemy/declarative_parts.h"

#include <algorithm>

namespace sightglass {
namespace {

using Flavor = DeclarativeRules::Flavor;

Evaluated makeProperty(Interpreter& interpreter, const Arguments&)
{
    return Value(interpreter.make<OrmProperty>());
}

Value newMetadata(Interpreter& interpreter)
{
    return Value(static_cast<Object*>(interpreter.make<MetaDataItem>()));
}

/// A base of mapped classes.
class MappedBase final : public NativeClass, public ClassListener
{
public:
    MappedBase(std::string name, DeclarativeRules rules)
        : NativeClass(std::move(name), {}, &unknownMappedObject)
        , m_rules(std::move(rules))
    {
        if (!m_rules.metadata.isNone())
            setClassAttribute("metadata", m_rules.metadata);
        setClassAttribute("query", Value(Unknown{"a query of a mapped class"}));
        setClassAttribute("registry", Value(Unknown{"a registry of mapped classes"}));
    }

    Evaluated attribute(Interpreter& interpreter, std::string_view name) override
    {
        if (m_rules.template_ != nullptr && m_rules.template_->lookUp(name) != nullptr)
            return m_rules.template_->attribute(interpreter, name);
        return NativeClass::attribute(interpreter, name);
    }

    std::optional<Raised> classMade(Interpreter& interpreter, ClassObject& made) override
    {
        if (m_rules.flavor == Flavor::SqlModel && !isTable(made))
            return std::nullopt;
        return mapClass(interpreter, made, m_rules);
    }

private:
    static bool isTable(const ClassObject& made)
    {
        return std::ranges::any_of(made.classKeywords(), [](const auto& each) {
            return each.first == "table" && each.second.asBool() != nullptr &&
                   *each.second.asBool();
        });
    }

    DeclarativeRules m_rules;
};

/// registry(…)
class RegistryObject final : public Object
{
public:
    explicit RegistryObject(DeclarativeRules rules)
        : m_rules(std::move(rules))
    {}

    std::string typeName() const override { return "registry"; }

    const DeclarativeRules& rules() const { return m_rules; }

    Evaluated attribute(Interpreter& interpreter, std::string_view name) override
    {
        if (name == "metadata")
            return m_rules.metadata;
        if (name == "generate_base")
            return interpreter.makeFunction(
                "generate_base", [this](Interpreter& inner, const Arguments& given) -> Evaluated {
                    DeclarativeRules rules = m_rules;
                    if (const Value* own = given.keyword("cls"))
                        rules.template_ = own->as<ClassObject>();
                    return Value(inner.make<MappedBase>("Base", rules));
                });
        if (name == "mapped")
            return mapper(interpreter);
        if (name == "mapped_as_dataclass")
            return interpreter.makeFunction(
                "mapped_as_dataclass",
                [this](Interpreter& inner, const Arguments& given) -> Evaluated {
                    const Value decorator = mapper(inner);
                    return given.positional.empty() ? Evaluated(decorator)
                                                    : inner.call(decorator, given);
                });
        if (name == "as_declarative_base")
            return interpreter.makeFunction(
                "as_declarative_base", [this](Interpreter& inner, const Arguments&) -> Evaluated {
                    return inner.makeFunction(
                        "decorator",
                        [this](Interpreter& deep, const Arguments& given) -> Evaluated {
                            DeclarativeRules rules = m_rules;
                            if (!given.positional.empty())
                                rules.template_ = given.positional.front().as<ClassObject>();
                            return Value(deep.make<MappedBase>("Base", rules));
                        });
                });
        if (name == "map_imperatively" || name == "configure" || name == "dispose")
            return interpreter.makeFunction(std::string(name), &makeProperty);
        return Object::attribute(interpreter, name);
    }

private:
    Value mapper(Interpreter& interpreter)
    {
        return interpreter.makeFunction(
            "mapped", [this](Interpreter& inner, const Arguments& given) -> Evaluated {
                if (given.positional.empty())
                    return Value(Unknown{"mapped() without a class"});
                auto* made = given.positional.front().as<ClassObject>();
                if (made == nullptr)
                    return given.positional.front();
                if (auto raised = mapClass(inner, *made, m_rules))
                    return otherwise(*raised);
                return given.positional.front();
            });
    }

    DeclarativeRules m_rules;
};

/// DeclarativeBase: each direct subclass is a base with a metadata of its own.
class BaseOfBases final : public NativeClass, public ClassListener
{
public:
    explicit BaseOfBases(std::string name)
        : NativeClass(std::move(name), {}, &unknownMappedObject)
    {}

    std::optional<Raised> classMade(Interpreter& interpreter, ClassObject& made) override
    {
        const bool direct = std::ranges::any_of(
            made.directBases(), [this](const Value& each) { return each.asObject() == this; });
        DeclarativeRules rules;
        if (!direct) {
            if (const Value* metadata = made.lookUp("metadata"))
                rules.metadata = *metadata;
            if (const Value* own = made.lookUp("registry"); own && own->as<RegistryObject>())
                rules.typeMap = own->as<RegistryObject>()->rules().typeMap;
            return mapClass(interpreter, made, rules);
        }
        const Value* metadata = made.lookUp("metadata");
        const Value* own = made.lookUp("registry");
        if (metadata != nullptr)
            return std::nullopt;
        const auto* registry = own != nullptr ? own->as<RegistryObject>() : nullptr;
        return made.setAttribute(interpreter,
                                 "metadata",
                                 registry != nullptr ? registry->rules().metadata
                                                     : newMetadata(interpreter));
    }
};

Evaluated makeBase(Interpreter& interpreter, const Arguments& arguments)
{
    return Value(interpreter.make<MappedBase>("Base", declarativeRulesOf(interpreter, arguments)));
}

Evaluated makeRegistry(Interpreter& interpreter, const Arguments& arguments)
{
    return Value(interpreter.make<RegistryObject>(declarativeRulesOf(interpreter, arguments)));
}

Evaluated makeAsDeclarative(Interpreter& interpreter, const Arguments& arguments)
{
    const DeclarativeRules rules = declarativeRulesOf(interpreter, arguments);
    return interpreter.makeFunction(
        "as_declarative", [rules](Interpreter& inner, const Arguments& given) -> Evaluated {
            DeclarativeRules own = rules;
            if (!given.positional.empty())
                own.template_ = given.positional.front().as<ClassObject>();
            if (own.template_ != nullptr && own.template_->lookUp("metadata") != nullptr)
                own.metadata = *own.template_->lookUp("metadata");
            return Value(inner.make<MappedBase>("Base", own));
        });
}
} // namespace

Evaluated unknownMappedObject(Interpreter&, const Arguments&)
{
    return Value(Unknown{"an object of a mapped class"});
}

DeclarativeRules declarativeRulesOf(Interpreter& interpreter, const Arguments& arguments)
{
    DeclarativeRules rules;
    const Value* metadata = arguments.keyword("metadata");
    const bool given = metadata != nullptr && !metadata->isNone();
    rules.metadata =
        given ? *metadata : Value(static_cast<Object*>(interpreter.make<MetaDataItem>()));
    if (const Value* types = arguments.keyword("type_annotation_map"))
        rules.typeMap = *types;
    if (const Value* own = arguments.keyword("cls"))
        rules.template_ = own->as<ClassObject>();
    return rules;
}

Object* makeMappedBase(Interpreter& interpreter, std::string name, const DeclarativeRules& rules)
{
    return interpreter.make<MappedBase>(std::move(name), rules);
}

void addDeclarativeBases(Interpreter& interpreter, NativeModule& module)
{
    const auto add = [&](std::string name, NativeFunction::Body body) {
        module.set(name, interpreter.makeFunction(name, std::move(body)));
    };
    add("declarative_base", &makeBase);
    add("as_declarative", &makeAsDeclarative);
    add("registry", &makeRegistry);
    for (std::string_view name : {"DeclarativeBase", "DeclarativeBaseNoMeta"})
        module.set(std::string(name), Value(interpreter.make<BaseOfBases>(std::string(name))));
}

} // namespace sightglass
