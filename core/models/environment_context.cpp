// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/models/environment_context.h"

#include "core/sqlalchemy/declarative.h"

#include <string>
#include <utility>

namespace sightglass {
namespace {

constexpr std::string_view urlOption = "sqlalchemy.url";

Evaluated giveFalse(Interpreter&, const Arguments&)
{
    return Value(false);
}

Evaluated giveNothing(Interpreter&, const Arguments&)
{
    return Value();
}

Evaluated giveContext(Interpreter& interpreter, const Arguments&)
{
    return Value(interpreter.make<OrmProperty>());
}

/// config or config.attributes: names with values, all others unknown.
class NamedValues final : public Object
{
public:
    NamedValues(std::string name, std::map<std::string, Value, std::less<>> values)
        : m_name(std::move(name))
        , m_values(std::move(values))
    {}

    std::string typeName() const override { return m_name; }

    Known<bool> truth(Interpreter&) override { return true; }

    Evaluated attribute(Interpreter&, std::string_view name) override
    {
        const auto found = m_values.find(name);
        return found != m_values.end()
                   ? found->second
                   : Value(Unknown{"alembic's " + m_name + "." + std::string(name)});
    }

    Evaluated subscript(Interpreter&, const Value&) override
    {
        return Value(Unknown{"alembic's settings at run time"});
    }

private:
    std::string m_name;
    std::map<std::string, Value, std::less<>> m_values;
};

std::string textOf(const Value* value)
{
    return value != nullptr && value->asText() != nullptr ? *value->asText() : std::string();
}

} // namespace

EnvironmentContext::EnvironmentContext(const FileSystem& files, const Project& project)
    : m_section(project.section)
{
    if (project.config.empty())
        return;
    const bool isToml = project.config.extension() == ".toml";
    auto settings = Settings::read(
        files, isToml ? Path() : project.config, isToml ? project.config : Path(), project.section);
    if (settings)
        m_settings = std::move(*settings);
    if (!isToml)
        m_file = Value(project.config.string());
}

Value EnvironmentContext::option(std::string_view section,
                                 std::string_view name,
                                 const Value& fallback) const
{
    if (!m_settings || !m_settings->ini())
        return Value(Unknown{"alembic's setting " + std::string(name)});
    const auto value = m_settings->ini()->value(section, name);
    if (!value)
        return Value(Unknown{"alembic's setting " + std::string(name) + " can't be read"});
    if (!*value)
        return fallback;
    // Addresses hold passwords; that there is one is all that models can depend on.
    if (name == urlOption && !(*value)->empty())
        return Value("postgresql://");
    return Value(**value);
}

std::optional<Value> EnvironmentContext::argument(std::string_view keyword) const
{
    const auto found = m_arguments.find(keyword);
    return found == m_arguments.end() ? std::nullopt : std::optional(found->second);
}

Value EnvironmentContext::attributesGet(const Arguments& given) const
{
    if (!m_commandLine)
        return Value(Unknown{"alembic's settings at run time"});
    const Value* fallback = given.at(1, "default");
    return fallback != nullptr ? *fallback : Value();
}

Value EnvironmentContext::config(Interpreter& interpreter)
{
    const auto fallbackOf = [](const Arguments& given, std::size_t at) {
        const Value* fallback = given.at(at, "default");
        return fallback != nullptr ? *fallback : Value();
    };
    const auto function = [&](std::string name, NativeFunction::Body body) {
        return interpreter.makeFunction(std::move(name), std::move(body));
    };
    Value attributes(interpreter.make<NamedValues>(
        "attributes",
        std::map<std::string, Value, std::less<>>{
            {"get", function("get", [this](Interpreter&, const Arguments& given) -> Evaluated {
                 return attributesGet(given);
             })}}));
    std::map<std::string, Value, std::less<>> values;
    values.emplace("attributes", attributes);
    values.emplace("config_ini_section", Value(m_section));
    values.emplace("config_file_name", m_file);
    values.emplace("set_main_option", function("set_main_option", &giveNothing));
    values.emplace("set_section_option", function("set_section_option", &giveNothing));
    values.emplace("get_main_option",
                   function("get_main_option",
                            [this, fallbackOf](Interpreter&, const Arguments& given) -> Evaluated {
                                return option(
                                    m_section, textOf(given.at(0, "name")), fallbackOf(given, 1));
                            }));
    values.emplace("get_section_option",
                   function("get_section_option",
                            [this, fallbackOf](Interpreter&, const Arguments& given) -> Evaluated {
                                return option(textOf(given.at(0, "section")),
                                              textOf(given.at(1, "name")),
                                              fallbackOf(given, 2));
                            }));
    return Value(interpreter.make<NamedValues>("config", std::move(values)));
}

Object* EnvironmentContext::module(Interpreter& interpreter)
{
    auto* module = interpreter.make<NativeModule>("alembic.context");
    module->set("configure",
                interpreter.makeFunction(
                    "configure", [this](Interpreter&, const Arguments& given) -> Evaluated {
                        const Value* target = given.keyword("target_metadata");
                        if (target != nullptr && (!m_configured || m_configured->isUnknown()))
                            m_configured = *target;
                        for (const auto& [keyword, value] : given.keywords)
                            m_arguments.emplace(keyword, value);
                        return Value();
                    }));
    module->set("is_offline_mode", interpreter.makeFunction("is_offline_mode", &giveFalse));
    module->set("run_migrations", interpreter.makeFunction("run_migrations", &giveNothing));
    module->set("execute", interpreter.makeFunction("execute", &giveNothing));
    module->set("begin_transaction", interpreter.makeFunction("begin_transaction", &giveContext));
    module->set("script", Value(Unknown{"alembic's settings at run time"}));
    module->set("config", config(interpreter));
    return module;
}

} // namespace sightglass
