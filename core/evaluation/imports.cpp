// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluation/imports.h"

#include "core/evaluation/classes.h"

#include <algorithm>

namespace sightglass {

Value LazyImport::resolve(Evaluator& evaluator)
{
    if (m_value)
        return *m_value;
    if (m_member.empty()) {
        Value module = evaluator.importModule(m_dotted);
        if (module.isUnknown()) {
            const bool known = std::ranges::any_of(parts, [&](const std::string& part) {
                return !evaluator.importModule(part).isUnknown();
            });
            if (known)
                module = evaluator.make<NamespaceObject>(m_dotted, Unknown{module.reason()});
        }
        m_value = std::move(module);
        return *m_value;
    }
    // Imports that lead back to this very name end here.
    m_value = Value(Unknown{m_dotted + "." + m_member + " is imported from itself, line " +
                            std::to_string(m_line)});
    auto found = evaluator.importName(m_dotted, m_member);
    m_value.reset();
    Value value =
        found
            ? std::move(*found)
            : Value(Unknown{m_dotted + " has no " + m_member + ", line " + std::to_string(m_line)});
    // A package that imports its own part by `from package import part`.
    if (value.isUnknown()) {
        if (Value part = evaluator.importModule(m_dotted + "." + m_member); !part.isUnknown())
            value = std::move(part);
    }
    // A module that is still running may bind the name later.
    const auto* file = evaluator.importModule(m_dotted).as<FileModule>();
    if (file == nullptr || !file->running)
        m_value = value;
    return value;
}

Evaluated NamespaceObject::attribute(Interpreter& interpreter, std::string_view name)
{
    const std::string dotted = m_dotted + "." + std::string(name);
    const Value module = interpreter.importModule(dotted);
    if (!module.isUnknown())
        return module;
    // Something known may be below it still.
    return Value(interpreter.make<NamespaceObject>(dotted, m_reason));
}

Flow importEverything(Evaluator& evaluator,
                      const Node& moduleNode,
                      const std::optional<std::string>& dotted)
{
    Scope& scope = *evaluator.frame().scope;
    const Value module =
        dotted ? evaluator.importModule(*dotted)
               : Value(Unknown{evaluator.describe(moduleNode) +
                               " is imported relative to a file whose package is not known"});
    const auto* file = module.as<FileModule>();
    if (file == nullptr) {
        std::string what = dotted ? *dotted : std::string(moduleNode.text());
        const std::string why = module.isUnknown() ? module.reason() : "its names are not listed";
        if (!module.isUnknown())
            evaluator.bindStarNames(scope, module);
        scope.hides = Unknown{"from " + what + " import *: " + why};
        return Flow::Next;
    }
    if (file->failed)
        scope.hides = file->failed;
    if (file->scope->hides)
        scope.hides = file->scope->hides;
    std::vector<NameId> wanted = file->scope->names();
    if (const Value* listed = file->scope->find(evaluator.names.id("__all__"))) {
        const auto* items = Interpreter::itemsOf(*listed);
        if (items != nullptr) {
            wanted.clear();
            for (const Value& each : *items) {
                if (const std::string* name = each.asText())
                    wanted.push_back(evaluator.names.id(*name));
            }
        }
    } else {
        std::erase_if(wanted,
                      [&](NameId name) { return evaluator.names.text(name).starts_with('_'); });
    }
    for (const NameId name : wanted) {
        if (const Value* value = file->scope->find(name))
            evaluator.bindHere(name, *value);
    }
    return Flow::Next;
}

} // namespace sightglass
