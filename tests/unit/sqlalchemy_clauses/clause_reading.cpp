// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/unit/sqlalchemy_clauses/clause_reading.h"

#include "core/sqlalchemy/items.h"

namespace sightglass {

namespace {

Object* nativeModule(Interpreter& interpreter, std::string_view dotted)
{
    if (!dotted.starts_with("sqlalchemy"))
        return nullptr;
    auto* module = interpreter.make<NativeModule>(std::string(dotted));
    addClauses(interpreter, *module);
    addItems(interpreter, *module);
    addTypes(interpreter, *module);
    return module;
}

} // namespace

ClauseReading::ClauseReading(const std::string& text)
{
    auto tree = SyntaxTree::parse(text);
    m_source = std::make_unique<SourceModule>(SourceModule{.file = "clauses.py",
                                                           .path = Path("/project/clauses.py"),
                                                           .isPackage = false,
                                                           .tree = std::move(*tree)});
    InterpreterHooks hooks;
    hooks.nativeModule = nativeModule;
    InterpreterLimits limits;
    limits.steps = 5'000'000;
    m_interpreter =
        std::make_unique<Interpreter>(static_cast<ModuleSource&>(*this), std::move(hooks), limits);
    const Evaluated made = m_interpreter->runModule(*m_source, "clauses");
    if (made)
        m_module = *made;
    else
        m_error = made.error().type + ": " + made.error().message;
}

Evaluated ClauseReading::call(std::string_view function)
{
    const Evaluated found = m_interpreter->attribute(m_module, function);
    return found ? m_interpreter->call(*found, {}) : found;
}

Clause* ClauseReading::clause(std::string_view function)
{
    const Evaluated made = call(function);
    return made ? made->as<Clause>() : nullptr;
}

std::string ClauseReading::textOf(std::string_view function)
{
    const Evaluated made = call(function);
    if (!made)
        return "!" + made.error().type + ": " + made.error().message;
    if (made->isUnknown())
        return "? " + made->reason();
    const auto* clause = made->as<Clause>();
    if (clause == nullptr)
        return "? no clause";
    const SqlText text = clause->compile({.tableNames = true});
    return text.isKnown() ? text.value() : "? " + text.reason();
}

} // namespace sightglass
