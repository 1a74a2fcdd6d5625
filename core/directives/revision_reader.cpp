// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/directives/revision_reader.h"

#include "core/directives/environment_arguments.h"
#include "core/directives/native_modules.h"
#include "core/directives/revision_session.h"
#include "core/directives/source_remarks.h"
#include "core/directives/unknown_calls.h"
#include "core/evaluation/possible_raises.h"
#include "core/sqlalchemy/type_object.h"

#include <algorithm>
#include <utility>

namespace sightglass {

namespace {

/// The definition that a file's top level binds a name to last; null when there is none.
SyntaxNode definitionOf(const SyntaxTree& tree, std::string_view name)
{
    SyntaxNode found;
    for (SyntaxNode definition : nodesOfKind(
             tree.root(), "function_definition", {"function_definition", "class_definition"})) {
        if (definition.field("name").text() == name)
            found = definition;
    }
    return found;
}

/// pass, ..., or a docstring.
bool isEmptyStatement(SyntaxNode statement)
{
    if (statement.is("pass_statement"))
        return true;
    if (!statement.is("expression_statement"))
        return false;
    const SyntaxNode expression = statement.firstNamed();
    return expression.is("string") || expression.is("concatenated_string") ||
           expression.is("ellipsis");
}

bool isEmptyBody(SyntaxNode definition)
{
    const std::vector<SyntaxNode> statements = definition.field("body").namedChildren();
    return std::ranges::all_of(statements, isEmptyStatement);
}

std::string_view parameterName(SyntaxNode parameter)
{
    if (parameter.is("identifier"))
        return parameter.text();
    const SyntaxNode name = parameter.field("name");
    return name ? name.text() : parameter.firstNamed().text();
}

bool isRequired(SyntaxNode parameter)
{
    if (parameter.is("identifier"))
        return true;
    return parameter.is("typed_parameter") && parameter.firstNamed().is("identifier");
}

/// What run_migrations(**kw) and the multidb template pass, by the names that are usual.
class RevisionArguments
{
public:
    RevisionArguments(Interpreter& interpreter,
                      const Surroundings& surroundings,
                      ModuleSource& modules,
                      const Path& file)
        : m_interpreter(interpreter)
        , m_surroundings(surroundings)
        , m_modules(modules)
        , m_file(file)
    {}

    Arguments of(SyntaxNode definition) const
    {
        Arguments arguments;
        for (SyntaxNode parameter : definition.field("parameters").namedChildren()) {
            const std::string_view name = parameterName(parameter);
            if (parameter.is("list_splat_pattern") || parameter.is("dictionary_splat_pattern"))
                continue;
            if (const std::optional<Value> value = valueOf(name, isRequired(parameter)))
                arguments.keywords.emplace_back(std::string(name), *value);
        }
        return arguments;
    }

private:
    /// An argument with a default is left to it unless env.py passes one.
    std::optional<Value> valueOf(std::string_view name, bool required) const
    {
        if (name == "engine_name" && !m_surroundings.engineName.empty())
            return Value(m_surroundings.engineName);
        const Value unknown(Unknown{"argument " + std::string(name) + " of the revision"});
        if (required)
            return name == "op" ? m_interpreter.importModule("alembic.op") : unknown;
        const EnvironmentArguments passed = environmentArguments(m_modules, m_file);
        const auto found = passed.given.find(std::string(name));
        if (found == passed.given.end())
            return passed.more ? std::optional<Value>(unknown) : std::nullopt;
        if (found->second == "True" || found->second == "False")
            return Value(found->second == "True");
        if (found->second == "None")
            return Value();
        return name == "op" ? m_interpreter.importModule("alembic.op") : unknown;
    }

    Interpreter& m_interpreter;
    const Surroundings& m_surroundings;
    ModuleSource& m_modules;
    const Path& m_file;
};

std::string textOf(const Raised& raised)
{
    return raised.message.empty() ? raised.type : raised.type + ": " + raised.message;
}

/// Where the function may stop.
class PossibleStops final : public PossibleRaises
{
public:
    void mayRaise(Interpreter& interpreter, const Raised& raised) override
    {
        if (sessionOf(interpreter)->running())
            stops.push_back(
                {.guards = interpreter.guards(), .raised = textOf(raised), .span = raised.span});
    }

    std::vector<RevisionReading::PossibleStop> stops;
};

class Reading
{
public:
    Reading(const SourceModule& file,
            Direction direction,
            const Surroundings& surroundings,
            MigrationTarget& target,
            ModuleSource& modules,
            std::stop_token stop)
        : m_file(file)
        , m_name(direction == Direction::Upgrade ? "upgrade" : "downgrade")
        , m_surroundings(surroundings)
        , m_types(surroundings.types)
        , m_modules(modules)
        , m_session(file, surroundings, target, modules)
        , m_interpreter(modules, hooks(), surroundings.limits, std::move(stop))
    {}

    RevisionReading run()
    {
        const SyntaxNode definition = definitionOf(m_file.tree, m_name);
        m_reading.empty = definition && isEmptyBody(definition);
        if (m_reading.empty && !needsTopLevel())
            return std::move(m_reading);
        const Evaluated module = m_interpreter.runModule(m_file);
        if (module)
            call(*module, definition);
        else
            end(module.error());
        m_session.finish(m_reading);
        addRemarks(m_file, m_name, m_reading.remarks);
        m_reading.possibleStops = std::move(m_raises.stops);
        if (m_session.needsSchema())
            m_reading.end = RevisionReading::End::NeedsSchema;
        m_reading.files = m_interpreter.filesRead();
        return std::move(m_reading);
    }

private:
    InterpreterHooks hooks()
    {
        InterpreterHooks hooks;
        hooks.services = {&m_session, &m_types, &m_natives, &m_raises};
        hooks.nativeModule = [this](Interpreter& interpreter, std::string_view dotted) {
            return m_natives.find(interpreter, dotted);
        };
        hooks.unknownCall = [](Interpreter& interpreter, const UnknownCall& call) {
            noteUnknownCall(interpreter, call);
        };
        return hooks;
    }

    /// A file whose top level can fail or bind the function anew is run even when there is nothing
    /// in the function.
    bool needsTopLevel() const
    {
        for (SyntaxNode statement : m_file.tree.root().namedChildren()) {
            const bool plain =
                statement.is("function_definition") || statement.is("import_statement") ||
                statement.is("import_from_statement") || statement.is("future_import_statement") ||
                statement.is("expression_statement");
            if (!plain)
                return true;
        }
        return false;
    }

    void call(const Value& module, SyntaxNode definition)
    {
        const Evaluated function = m_interpreter.attribute(module, m_name);
        if (!function) {
            m_reading.end = RevisionReading::End::NoFunction;
            return;
        }
        m_session.begin();
        Arguments arguments =
            RevisionArguments(m_interpreter, m_surroundings, m_modules, m_file.path).of(definition);
        arguments.span.file = m_file.file;
        if (function->isUnknown()) {
            noteUnknownCall(m_interpreter,
                            UnknownCall{.callee = m_name,
                                        .reason = function->reason(),
                                        .arguments = arguments,
                                        .span = arguments.span,
                                        .result = false});
            return;
        }
        const Evaluated result = m_interpreter.call(*function, arguments);
        if (!result)
            end(result.error());
    }

    void end(const Raised& raised)
    {
        m_reading.end =
            raised.stopsReading ? RevisionReading::End::Limit : RevisionReading::End::Raises;
        m_reading.raised = raised.stopsReading ? raised.message : textOf(raised);
        m_reading.endSpan = raised.span;
    }

    const SourceModule& m_file;
    std::string m_name;
    const Surroundings& m_surroundings;
    TypeSettings m_types;
    ModuleSource& m_modules;
    NativeModules m_natives;
    PossibleStops m_raises;
    RevisionSession m_session;
    Interpreter m_interpreter;
    RevisionReading m_reading;
};

} // namespace

RevisionReading readRevision(const SourceModule& file,
                             Direction direction,
                             const Surroundings& surroundings,
                             MigrationTarget& target,
                             ModuleSource& modules,
                             std::stop_token stop)
{
    return Reading(file, direction, surroundings, target, modules, std::move(stop)).run();
}

} // namespace sightglass
