// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/unit/sqlalchemy_types/type_reading.h"

#include "core/sqlalchemy/clause.h"

#include <utility>

namespace sightglass {

namespace {

Object* nativeModule(Interpreter& interpreter, std::string_view dotted)
{
    const bool ofSqlalchemy = dotted == "sqlalchemy" || dotted == "sqlalchemy.types" ||
                              dotted == "sqlalchemy.sql" || dotted == "sqlalchemy.sql.sqltypes" ||
                              dotted.starts_with("sqlalchemy.dialects");
    const auto* settings = interpreter.service<TypeSettings>();
    const bool mapped = settings != nullptr && dotted.find("absent") != std::string_view::npos &&
                        isMappedModule(settings->map, dotted);
    if (!ofSqlalchemy && !isTypeModule(dotted) && !mapped)
        return nullptr;
    auto* module = interpreter.make<NativeModule>(std::string(dotted));
    addItems(interpreter, *module);
    addTypes(interpreter, *module);
    return module;
}

std::unique_ptr<SourceModule> moduleOf(std::string file, std::string text)
{
    auto tree = SyntaxTree::parse(std::move(text));
    return std::make_unique<SourceModule>(SourceModule{.file = file,
                                                       .path = Path("/project") / file,
                                                       .isPackage = false,
                                                       .tree = std::move(*tree)});
}

} // namespace

void TextModules::add(const std::string& dotted, std::string text)
{
    m_modules[dotted] = moduleOf(dotted + ".py", std::move(text));
}

const SourceModule* TextModules::find(std::string_view dotted)
{
    const auto found = m_modules.find(dotted);
    return found == m_modules.end() ? nullptr : found->second.get();
}

TypeReading::TypeReading(TypeMap map)
    : m_settings(std::move(map))
{
    InterpreterHooks hooks;
    hooks.services = {&m_settings, &ddl};
    hooks.nativeModule = nativeModule;
    InterpreterLimits limits;
    limits.steps = 5'000'000;
    m_interpreter = std::make_unique<Interpreter>(modules, std::move(hooks), limits);
}

void TypeReading::run(const std::string& text)
{
    const std::string name = "text" + std::to_string(m_runs++);
    modules.add(name, text);
    Evaluated made = m_interpreter->runModule(*modules.find(name), name);
    m_module = made ? *made : Value(Unknown{made.error().type + ": " + made.error().message});
}

Evaluated TypeReading::call(std::string_view function)
{
    Evaluated found = m_interpreter->attribute(m_module, function);
    if (!found)
        return found;
    return m_interpreter->call(*found, {});
}

TypeObject* TypeReading::type(std::string_view function)
{
    Evaluated value = call(function);
    if (!value)
        return nullptr;
    auto made = typeFrom(*m_interpreter, *value);
    return made && made->isKnown() ? made->value() : nullptr;
}

std::string TypeReading::ddlOf(std::string_view function)
{
    Evaluated value = call(function);
    if (!value)
        return "!" + value.error().type;
    auto made = typeFrom(*m_interpreter, *value);
    if (!made)
        return "!" + made.error().type;
    if (!made->isKnown())
        return "? " + made->reason();
    auto text = made->value()->ddl();
    if (!text)
        return "!" + text.error().type;
    if (!text->isKnown())
        return "? " + text->reason();
    const std::string collation = made->value()->collation();
    return text->value() + (collation.empty() ? "" : " COLLATE \"" + collation + "\"");
}

std::string TypeReading::ddlOfExpression(const std::string& expression)
{
    run("import sqlalchemy as sa\n"
        "from sqlalchemy.dialects import postgresql, mysql\n"
        "def made():\n"
        "    return " +
        expression + "\n");
    return ddlOf("made");
}

} // namespace sightglass
