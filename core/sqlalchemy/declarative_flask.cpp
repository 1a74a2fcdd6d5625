// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sqlalchemy/declarative_parts.h"

#include <cctype>

namespace sightglass {
namespace {

using Flavor = DeclarativeRules::Flavor;

/// Flask-SQLAlchemy's SQLAlchemy(): all of SQLAlchemy with a base and a metadata.
class FlaskDatabase final : public Object
{
public:
    FlaskDatabase(Interpreter& interpreter, const Arguments& arguments)
    {
        DeclarativeRules rules = declarativeRulesOf(interpreter, arguments);
        rules.flavor = Flavor::Flask;
        if (const Value* base = arguments.keyword("model_class"))
            rules.template_ = base->as<ClassObject>();
        const Value* given = arguments.keyword("metadata");
        if (rules.template_ != nullptr && (given == nullptr || given->isNone())) {
            if (const Value* own = rules.template_->lookUp("metadata"))
                rules.metadata = *own;
        }
        m_metadata = rules.metadata;
        m_model = Value(makeMappedBase(interpreter, "Model", rules));
        auto* registry = interpreter.service<ModelRegistry>();
        if (auto* item = m_metadata.as<MetaDataItem>(); item != nullptr && registry != nullptr)
            registry->ofDatabases.push_back(item);
    }

    std::string typeName() const override { return "SQLAlchemy"; }

    Evaluated attribute(Interpreter& interpreter, std::string_view name) override
    {
        if (name == "Model")
            return m_model;
        if (name == "metadata")
            return m_metadata;
        if (name == "Table")
            return interpreter.makeFunction(
                "Table", [this](Interpreter& inner, const Arguments& given) -> Evaluated {
                    return makeOwnTable(inner, given);
                });
        for (std::string_view dotted : {"sqlalchemy", "sqlalchemy.orm"}) {
            auto* module = interpreter.importModule(dotted).as<NativeModule>();
            if (module == nullptr)
                continue;
            if (const Value* found = module->find(interpreter, name))
                return *found;
        }
        if (name == "event")
            return interpreter.importModule("sqlalchemy.event");
        return Object::attribute(interpreter, name);
    }

private:
    /// db.Table(…): with the database's MetaData, or that of its bind_key, unless it has its own.
    Evaluated makeOwnTable(Interpreter& interpreter, const Arguments& given) const
    {
        Arguments passed = given;
        const bool own =
            passed.positional.size() > 1 && passed.positional[1].as<MetaDataItem>() != nullptr;
        const Value* key = given.keyword("bind_key");
        Value metadata = m_metadata;
        auto* registry = interpreter.service<ModelRegistry>();
        if (key != nullptr && key->asText() != nullptr && registry != nullptr)
            metadata = Value(static_cast<Object*>(
                metadataOfBind(interpreter, *registry, *key->asText(), m_metadata)));
        std::erase_if(passed.keywords, [](const auto& each) { return each.first == "bind_key"; });
        if (!own && !passed.positional.empty())
            passed.positional.insert(passed.positional.begin() + 1, metadata);
        return callSqlalchemy(interpreter, "Table", passed);
    }

    Value m_metadata;
    Value m_model;
};

Evaluated makeFlaskDatabase(Interpreter& interpreter, const Arguments& arguments)
{
    return Value(interpreter.make<FlaskDatabase>(interpreter, arguments));
}

/// The class SQLAlchemy, which projects derive theirs from.
class FlaskDatabaseClass final : public NativeClass
{
public:
    FlaskDatabaseClass()
        : NativeClass("SQLAlchemy", {}, &makeFlaskDatabase)
    {}

    Evaluated attribute(Interpreter& interpreter, std::string_view name) override
    {
        if (name.starts_with("__"))
            return NativeClass::attribute(interpreter, name);
        if (m_shared.isNone())
            m_shared = Value(interpreter.make<FlaskDatabase>(interpreter, Arguments{}));
        Evaluated found = interpreter.attribute(m_shared, name);
        if (!found || found->as<NativeFunction>() == nullptr)
            return found;
        // Functions of a native base are bound to the object they are reached through; these are
        // SQLAlchemy's own and are not.
        const Value function = *found;
        return Value(
            interpreter.make<NativeClass>(std::string(name),
                                          std::vector<std::string>{},
                                          [function](Interpreter& inner, const Arguments& given) {
                                              return inner.call(function, given);
                                          }));
    }

private:
    Value m_shared;
};
} // namespace

/// source  Flask-SQLAlchemy model.py, camel_to_snake_case
std::string flaskTableName(std::string_view name)
{
    const auto upper = [&](std::size_t at) {
        return std::isupper(static_cast<unsigned char>(name[at])) != 0;
    };
    const auto small = [&](std::size_t at) {
        const auto c = static_cast<unsigned char>(name[at]);
        return std::islower(c) != 0;
    };
    std::string made;
    for (std::size_t i = 0; i < name.size(); ++i) {
        const bool after =
            i > 0 && (small(i - 1) || std::isdigit(static_cast<unsigned char>(name[i - 1])) != 0);
        const bool before = i > 0 && i + 1 < name.size() && small(i + 1);
        if (upper(i) && (after || before))
            made.push_back('_');
        made.push_back(static_cast<char>(std::tolower(static_cast<unsigned char>(name[i]))));
    }
    made.erase(0, made.find_first_not_of('_'));
    return made;
}

MetaDataItem* metadataOfBind(Interpreter& interpreter,
                             ModelRegistry& registry,
                             const std::string& key,
                             const Value& first)
{
    MetaDataItem*& made = registry.ofBinds[key];
    if (made == nullptr) {
        made = interpreter.make<MetaDataItem>();
        if (const auto* other = first.as<MetaDataItem>())
            made->convention = other->convention;
    }
    return made;
}

void addFlaskDatabase(Interpreter& interpreter, NativeModule& module)
{
    module.set("SQLAlchemy", Value(interpreter.make<FlaskDatabaseClass>()));
}

} // namespace sightglass
