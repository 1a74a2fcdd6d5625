// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/directives/environment_options.h"

#include "core/evaluation/assumed_environment.h"

#include <utility>

namespace sightglass {

namespace {

using Options = std::map<std::string, Value>;

/// pydantic's settings without the environment: a field has the default that its class gives.
constexpr std::string_view settingsPackage = R"(
class BaseSettings:
    def __init__(self, **values):
        for name, value in values.items():
            setattr(self, name, value)

def SettingsConfigDict(**values):
    return values
)";

/// The project's modules, and what stands for pydantic_settings.
class EnvironmentModules final : public ModuleSource
{
public:
    explicit EnvironmentModules(ModuleSource& modules)
        : m_modules(modules)
        , m_settings(parsed("pydantic_settings.py", std::string(settingsPackage)))
    {}

    const SourceModule* find(std::string_view dotted) override
    {
        const SourceModule* own = m_modules.find(dotted);
        return own == nullptr && dotted == "pydantic_settings" ? m_settings.get() : own;
    }

    std::optional<std::string> readFile(const Path& path) override
    {
        return m_modules.readFile(path);
    }

    static std::unique_ptr<SourceModule> parsed(const Path& path, std::string text)
    {
        auto tree = SyntaxTree::parse(std::move(text));
        if (!tree)
            return nullptr;
        return std::make_unique<SourceModule>(SourceModule{.file = path.generic_string(),
                                                           .path = path,
                                                           .isPackage = false,
                                                           .tree = std::move(*tree)});
    }

private:
    ModuleSource& m_modules;
    std::unique_ptr<SourceModule> m_settings;
};

/// A value that outlives its interpreter.
Value plain(const Value& value)
{
    if (value.asObject() != nullptr)
        return Value(Unknown{"an object that env.py makes"});
    return value;
}

bool isSame(const Value& left, const Value& right)
{
    return left.isUnknown() == right.isUnknown() && left.asObject() == nullptr &&
           left.storage().index() == right.storage().index() &&
           ((left.isNone() && right.isNone()) ||
            (left.asText() != nullptr && *left.asText() == *right.asText()) ||
            (left.asBool() != nullptr && *left.asBool() == *right.asBool()) ||
            (left.asInteger() != nullptr && *left.asInteger() == *right.asInteger()));
}

Evaluated configure(Options& options, const Arguments& arguments)
{
    for (const auto& [name, value] : arguments.keywords) {
        const auto [entry, isNew] = options.emplace(name, plain(value));
        if (!isNew && !isSame(entry->second, plain(value)))
            entry->second = Value(Unknown{"env.py configures " + name + " in several ways"});
    }
    return Value();
}

Options optionsOf(ModuleSource& modules,
                  const SourceModule& environment,
                  const InterpreterLimits& limits,
                  bool assumed)
{
    Options options;
    AssumedEnvironment assumption;
    InterpreterHooks hooks;
    if (assumed)
        hooks.services = {&assumption};
    hooks.nativeModule = [&](Interpreter& interpreter, std::string_view dotted) -> Object* {
        if (dotted != "alembic" && dotted != "alembic.context")
            return nullptr;
        auto* module = interpreter.make<NativeModule>(std::string(dotted));
        if (dotted == "alembic")
            return module;
        const auto add = [&](const char* name, NativeFunction::Body body) {
            module->set(name, interpreter.makeFunction(name, std::move(body)));
        };
        add("is_offline_mode",
            [](Interpreter&, const Arguments&) -> Evaluated { return Value(false); });
        add("configure", [&options](Interpreter&, const Arguments& arguments) {
            return configure(options, arguments);
        });
        const Value unknown(Unknown{"the configuration of a run"});
        for (const char* name : {"config", "begin_transaction", "run_migrations", "get_x_argument"})
            module->set(name, unknown);
        return module;
    };
    Interpreter interpreter(modules, std::move(hooks), limits);
    // An exception that leaves it comes after configure, or nothing was configured.
    static_cast<void>(interpreter.runModule(environment));
    return options;
}

} // namespace

std::map<std::string, EnvironmentOption>
environmentOptions(ModuleSource& modules, const Path& revisionFile, const InterpreterLimits& limits)
{
    std::map<std::string, EnvironmentOption> result;
    const Path file = revisionFile.parent_path().parent_path() / "env.py";
    auto text = modules.readFile(file);
    const auto environment = text ? EnvironmentModules::parsed(file, std::move(*text)) : nullptr;
    if (environment == nullptr)
        return result;
    bool open = false;
    for (auto& [name, value] : optionsOf(modules, *environment, limits, false)) {
        open = open || value.isUnknown();
        result[name].value = std::move(value);
    }
    if (!open && !result.empty())
        return result;
    EnvironmentModules assumed(modules);
    for (auto& [name, value] : optionsOf(assumed, *environment, limits, true)) {
        EnvironmentOption& option = result[name];
        if (!option.value.isUnknown() && !option.value.isNone())
            continue;
        option.assumed = !value.isUnknown();
        option.value = std::move(value);
    }
    return result;
}

} // namespace sightglass
