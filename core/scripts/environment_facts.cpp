// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scripts/environment_facts.h"

#include "core/python/module_names.h"
#include "core/scripts/docstring_facts.h"
#include "core/scripts/project_modules.h"
#include "core/scripts/python_text.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>

namespace sightglass {

namespace {

constexpr std::size_t largestEnvironment = 4'000'000; // bytes

/// What the calls say about one keyword.
struct Keyword
{
    std::string name;
    std::string fallback;
    std::vector<ReadFact> seen;
};

ReadFact unknownFact(std::string reason, SourceSpan span = {})
{
    return {.value = Unknown{std::move(reason)}, .span = std::move(span)};
}

class EnvironmentReader
{
public:
    EnvironmentReader(const Path& file, const Settings* settings, ProjectModules& modules)
        : m_source{.file = file.string(), .skipped = 0}
        , m_settings(settings)
        , m_hooks(modules.hooks())
    {
        m_hooks.call = [this](std::string_view name, const std::vector<Literal>& arguments) {
            return answer(name, arguments);
        };
        m_hooks.onCall = [this](SyntaxNode call, const Names& names) { see(call, names); };
    }

    EnvironmentFacts read(const SyntaxTree& tree, std::size_t skipped)
    {
        m_source.skipped = skipped;
        const EvaluationHooks silent{.import = m_hooks.import,
                                     .importAll = m_hooks.importAll,
                                     .call = m_hooks.call,
                                     .onCall = {}};
        const ModuleNames atEnd = followStatements(tree.root(), {}, silent);
        followStatements(tree.root(), {}, m_hooks);
        for (SyntaxNode function : nodesOfKind(tree.root(), "function_definition"))
            readFunction(function, atEnd.names);
        m_facts.versionTable = conclusion(m_table);
        m_facts.versionTableSchema = conclusion(m_schema);
        if (!m_called) {
            const std::string reason = "no call of context.configure was found in " + m_source.file;
            m_facts.versionTable = unknownFact(reason, m_source.span({}));
            m_facts.versionTableSchema = unknownFact(reason, m_source.span({}));
        }
        return std::move(m_facts);
    }

private:
    void readFunction(SyntaxNode function, const Names& moduleNames)
    {
        if (function.text().find("configure") == std::string_view::npos &&
            function.text().find("set_main_option") == std::string_view::npos)
            return;
        Names names = moduleNames;
        for (SyntaxNode parameter :
             nodesOfKind(function.field("parameters"), "identifier", {"default_parameter", "type"}))
            names[std::string(parameter.text())] = {
                .value = Literal::unknown("a parameter of " +
                                          std::string(function.field("name").text())),
                .range = parameter.range()};
        for (SyntaxNode parameter : function.field("parameters").namedChildren()) {
            if (const SyntaxNode name = parameter.field("name"))
                names[std::string(name.text())] = {
                    .value = Literal::unknown("a parameter of " +
                                              std::string(function.field("name").text())),
                    .range = parameter.range()};
        }
        followStatements(function.field("body"), std::move(names), m_hooks);
    }

    /// Calls whose answer the settings or the place know.
    std::optional<Literal> answer(std::string_view name,
                                  const std::vector<Literal>& arguments) const
    {
        const bool environment = name.ends_with("environ.get") || name.ends_with("getenv");
        if (environment && !arguments.empty() && arguments.front().isText())
            return Literal::unknown("depends on the environment variable " +
                                    arguments.front().text);
        if (!name.ends_with("config.get_main_option") || m_settings == nullptr ||
            arguments.empty() || !arguments.front().isText())
            return std::nullopt;
        const auto found = m_settings->mainOption(arguments.front().text);
        if (!found)
            return Literal::unknown(found.error().message);
        if (*found)
            return Literal::ofText((*found)->text);
        return arguments.size() > 1 ? arguments[1] : Literal::none();
    }

    void see(SyntaxNode call, const Names& names)
    {
        const SyntaxNode function = call.field("function");
        const std::string_view name = function.text();
        if (name.ends_with("set_main_option"))
            seeMainOption(call, names);
        if (!isConfigure(function, names) || !m_seen.insert(call.begin()).second)
            return;
        m_called = true;
        readCall(call, names);
    }

    /// context.configure(…), under whatever name the context was imported.
    static bool isConfigure(SyntaxNode function, const Names& names)
    {
        if (function.is("attribute")) {
            const std::string_view object = function.field("object").text();
            if (function.field("attribute").text() != "configure")
                return false;
            const auto bound = names.find(object);
            const bool imported = bound != names.end() && bound->second.imported &&
                                  bound->second.imported->module == "alembic" &&
                                  bound->second.imported->name == "context";
            return imported || object.find("context") != std::string_view::npos ||
                   object == "ctx" || object == "env";
        }
        const auto bound = names.find(function.text());
        return bound != names.end() && bound->second.imported &&
               bound->second.imported->module == "alembic.context" &&
               bound->second.imported->name == "configure";
    }

    void readCall(SyntaxNode call, const Names& names)
    {
        std::map<std::string, ReadFact, std::less<>> given;
        std::string hidden; // why a keyword may be passed that can't be seen
        for (SyntaxNode part : call.field("arguments").namedChildren()) {
            if (part.is("keyword_argument"))
                given[std::string(part.field("name").text())] =
                    factOf(evaluate(part.field("value"), names, m_hooks), part);
            else if (part.is("dictionary_splat"))
                addSplat(part, evaluate(part.firstNamed(), names, m_hooks), given, hidden);
        }
        for (Keyword* keyword : {&m_table, &m_schema}) {
            const auto found = given.find(keyword->name);
            if (found != given.end())
                keyword->seen.push_back(found->second);
            else if (!hidden.empty())
                keyword->seen.push_back(unknownFact(
                    keyword->name + " may be among keywords that are not known: " + hidden,
                    m_source.span(call.range())));
            else
                keyword->seen.push_back({.value = keyword->fallback, .span = {}});
        }
    }

    void addSplat(SyntaxNode part,
                  const Literal& value,
                  std::map<std::string, ReadFact, std::less<>>& given,
                  std::string& hidden)
    {
        if (value.kind != Literal::Kind::Dictionary) {
            hidden = value.kind == Literal::Kind::Unknown ? value.text : kindInWords(value);
            return;
        }
        for (std::size_t i = 0; i + 1 < value.items.size(); i += 2) {
            if (value.items[i].isText())
                given[value.items[i].text] = factOf(value.items[i + 1], part);
            else
                hidden = value.items[i].isKnown() ? kindInWords(value.items[i])
                                                  : value.items[i].reason();
        }
    }

    ReadFact factOf(const Literal& value, SyntaxNode part) const
    {
        const SourceSpan span = m_source.span(part.range());
        if (value.isText())
            return {.value = value.text, .span = span};
        if (value.kind == Literal::Kind::None)
            return {.value = std::string(), .span = span};
        return unknownFact(value.isKnown() ? "it is " + kindInWords(value) : value.reason(), span);
    }

    /// One answer from several calls; they have to agree.
    static ReadFact conclusion(const Keyword& keyword)
    {
        ReadFact result{.value = keyword.fallback, .span = {}};
        bool first = true;
        for (const ReadFact& one : keyword.seen) {
            if (!one.value.isKnown())
                return one;
            if (!first && one.value.value() != result.value.value()) {
                return unknownFact("the calls of context.configure pass different values, \"" +
                                       result.value.value() + "\" and \"" + one.value.value() +
                                       "\"",
                                   one.span);
            }
            if (first || result.span.file.empty())
                result = one;
            first = false;
        }
        if (keyword.name == "version_table" && result.value.value().empty())
            return unknownFact("version_table is None or empty", result.span);
        return result;
    }

    void seeMainOption(SyntaxNode call, const Names& names)
    {
        const auto arguments = call.field("arguments").namedChildren();
        if (arguments.size() < 2 || !m_seen.insert(call.begin()).second)
            return;
        const Literal option = evaluate(arguments[0], names, m_hooks);
        if (!option.isText() || option.text != "sqlalchemy.url")
            return;
        const Literal value = evaluate(arguments[1], names, m_hooks);
        const std::string why = value.isKnown() ? "a value written there" : value.reason();
        m_facts.notes.push_back("env.py sets sqlalchemy.url itself in line " +
                                std::to_string(call.line()) + " (" + why +
                                "), so the one in the ini may not be used.");
    }

    SpanSource m_source;
    const Settings* m_settings;
    EvaluationHooks m_hooks;
    EnvironmentFacts m_facts;
    Keyword m_table{.name = "version_table", .fallback = "alembic_version", .seen = {}};
    Keyword m_schema{.name = "version_table_schema", .fallback = {}, .seen = {}};
    std::set<std::size_t> m_seen; ///< calls, by where they begin
    bool m_called = false;
};

} // namespace

EnvironmentFacts readEnvironment(const FileSystem& files,
                                 const Path& environmentFile,
                                 const Settings* settings,
                                 const std::vector<Path>& importRoots)
{
    EnvironmentFacts facts;
    const auto refuse = [&](const std::string& reason) {
        const SourceSpan span{.file = environmentFile.string()};
        facts.versionTable = unknownFact(reason, span);
        facts.versionTableSchema = unknownFact(reason, span);
        return facts;
    };
    const auto bytes = files.read(environmentFile, largestEnvironment);
    if (!bytes)
        return refuse(bytes.error().message);
    PythonText decoded = decodePython(*bytes);
    if (decoded.state == PythonText::State::Refused)
        return refuse("env.py " + decoded.problem);
    const auto tree = SyntaxTree::parse(std::move(decoded.text));
    if (!tree)
        return refuse("env.py could not be parsed");
    ProjectModules modules(files, importRoots);
    return EnvironmentReader(environmentFile, settings, modules).read(*tree, decoded.skipped);
}

} // namespace sightglass
