// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/environment_sanity.h"

#include "core/models/model_source.h"
#include "core/python/syntax_tree.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>

namespace sightglass {

const ConfigureOption* EnvironmentSanity::option(std::string_view name) const
{
    const auto found = std::ranges::find(options, name, &ConfigureOption::name);
    return found == options.end() ? nullptr : &*found;
}

namespace {

constexpr std::size_t largestEnvironment = 1'000'000;

bool has(std::string_view text, std::string_view word)
{
    return text.find(word) != std::string_view::npos;
}

class SanityReader
{
public:
    SanityReader(const Project& project, EnvironmentSanity& made)
        : m_project(project)
        , m_made(made)
    {}

    void read(const SyntaxTree& tree)
    {
        m_made.read = true;
        for (SyntaxNode call : nodesOfKind(tree.root(), "call"))
            readCall(call);
        for (SyntaxNode each : nodesOfKind(tree.root(), "assignment"))
            readAssignment(each);
        for (SyntaxNode each : nodesOfKind(tree.root(), "subscript")) {
            if (each.field("value").text().ends_with("environ"))
                m_variables[std::string(each.field("subscript").text())] = each.line();
        }
        m_made.offlineBranch = has(tree.text(), "is_offline_mode");
        std::ranges::sort(m_made.options, {}, &ConfigureOption::name);
        settleUrl();
    }

private:
    void readCall(SyntaxNode call)
    {
        const std::string_view name = call.field("function").text();
        const std::string_view last = name.substr(name.rfind('.') + 1);
        if (last == "configure" && (name == last || has(name, "context")))
            readConfigure(call);
        const auto arguments = call.field("arguments").namedChildren();
        const std::string_view first =
            arguments.empty() ? std::string_view() : arguments.front().text();
        if ((last == "set_main_option" || last == "set_section_option") &&
            has(call.text(), "sqlalchemy.url"))
            offer(0, "env.py sets sqlalchemy.url", call.line());
        else if (last == "getenv" || name.ends_with("environ.get"))
            m_variables[std::string(first)] = call.line();
        else if (last == "create_engine" || last == "create_async_engine")
            offer(1, std::string(last) + " in env.py", call.line());
        else if (last == "get_main_option" && has(first, "sqlalchemy.url"))
            m_readsIni = true;
        else if (last == "engine_from_config" || last == "async_engine_from_config" ||
                 last == "get_section")
            m_readsIni = true;
        else if (last.ends_with("connect") || last == "begin" ||
                 last.find("engine") != std::string_view::npos || last == "get_bind")
            offer(3,
                  "a connection that env.py takes from " +
                      std::string(name.substr(0, name.rfind('.'))),
                  call.line());
    }

    void readAssignment(SyntaxNode assignment)
    {
        const SyntaxNode left = assignment.field("left");
        if (left.is("subscript") && has(left.text(), "sqlalchemy.url"))
            offer(0, "env.py sets sqlalchemy.url", assignment.line());
    }

    void readConfigure(SyntaxNode call)
    {
        m_made.configures = true;
        for (SyntaxNode part : call.field("arguments").namedChildren()) {
            if (part.is("dictionary_splat")) {
                m_made.hidden = true;
                continue;
            }
            if (!part.is("keyword_argument"))
                continue;
            const std::string name(part.field("name").text());
            const TextRange range = part.range();
            if (m_made.option(name) == nullptr)
                m_made.options.push_back(
                    {.name = name,
                     .value = std::string(part.field("value").text().substr(0, 120)),
                     .span = {.file = m_project.environmentFile.string(),
                              .begin = range.begin,
                              .end = range.end,
                              .line = range.line,
                              .column = range.column}});
            if (name == "url" || name == "dialect_name")
                offer(2, "the url that env.py gives", range.line);
        }
    }

    /// Smaller ranks say more about where the database is.
    void offer(int rank, std::string source, int line)
    {
        if (rank >= m_rank)
            return;
        m_rank = rank;
        m_made.urlSource = std::move(source);
        m_made.urlLine = line;
    }

    void settleUrl()
    {
        const ReadFact& url = m_project.databaseUrl;
        const bool inIni = !url.value.isKnown() || !url.value.value().empty();
        // engine_from_config and get_main_option give what the ini says, which may be nothing.
        if (m_rank > 0 && m_readsIni && m_variables.empty()) {
            m_made.urlSource =
                inIni ? "sqlalchemy.url of " + m_project.config.filename().string() : std::string();
            m_made.urlLine = url.span.line;
        }
        if (m_made.urlSource.empty() || m_rank >= 1) {
            for (const auto& [variable, line] : m_variables) {
                if (has(variable, "URL") || has(variable, "DSN") || has(variable, "DATABASE") ||
                    has(variable, "DB") || has(variable, "SQL")) {
                    m_made.urlSource =
                        "the environment variable " + variable.substr(1, variable.size() - 2);
                    m_made.urlLine = line;
                    return;
                }
            }
        }
        if (m_made.urlSource.empty() && !m_readsIni)
            m_made.urlSource = "code that env.py imports";
    }

    const Project& m_project;
    EnvironmentSanity& m_made;
    std::map<std::string, int> m_variables;
    bool m_readsIni = false;
    int m_rank = 9;
};

std::string shownPathOf(const ProjectFiles& tree, const std::string& path)
{
    const ProjectFile* file = tree.at(path);
    return file == nullptr ? path : file->shown;
}

/// Files that declare tables and that no import leads to.
void readUnimported(const FileSystem& files,
                    const Project& project,
                    const ProjectFiles& tree,
                    const ModelsReading& models,
                    const RunContext& run,
                    EnvironmentSanity& made)
{
    ModelSource source(files, project.importRoots, project.environmentFile);
    ModuleWalk walk(source, files, project.importRoots, run);
    walk.follow(environmentModule);
    std::set<std::string> reached;
    for (const std::string& name : walk.modules()) {
        if (const SourceModule* module = source.find(name))
            reached.insert(module->path.lexically_normal().string());
    }
    std::map<std::string, UnimportedModels> missing;
    for (const auto& [table, span] : models.declaredAt) {
        const std::string path = Path(span.file).lexically_normal().string();
        if (span.file.empty() || reached.contains(path) || tree.at(path) == nullptr)
            continue;
        UnimportedModels& one = missing[path];
        if (one.tables.empty())
            one = {.file = shownPathOf(tree, path), .tables = {}, .span = span};
        one.tables.push_back(table.name);
    }
    for (auto& [path, one] : missing)
        made.unimported.push_back(std::move(one));
}

bool speaksOfModels(const FileSystem& files, const ProjectFiles& tree, const RunContext& run)
{
    static constexpr std::array words{
        "__tablename__", "declarative_base", "DeclarativeBase", "table=True"};
    for (const ProjectFile& file : tree.files) {
        if (file.kind != ProjectFileKind::Python || file.place != ProjectPlace::Application)
            continue;
        if (run.stopRequested())
            return false;
        const auto text = files.read(file.path, largestEnvironment);
        if (text && std::ranges::any_of(words, [&](const char* word) { return has(*text, word); }))
            return true;
    }
    return false;
}

} // namespace

EnvironmentSanity readEnvironmentSanity(const FileSystem& files,
                                        const Project& project,
                                        const ProjectFiles& tree,
                                        const ModelsReading* models,
                                        const RunContext& run)
{
    EnvironmentSanity made;
    if (project.environmentFile.empty()) {
        made.whyNot = "there is no env.py";
        return made;
    }
    made.file = shownPathOf(tree, project.environmentFile.string());
    auto text = files.read(project.environmentFile, largestEnvironment);
    auto syntax = text ? SyntaxTree::parse(std::move(*text)) : std::nullopt;
    if (!syntax) {
        made.whyNot = text ? "it can't be parsed" : text.error().message;
        return made;
    }
    SanityReader(project, made).read(*syntax);
    if (models == nullptr)
        return made;
    made.metadataFound = models->found;
    made.metadataWhyNot = models->whyNot;
    made.tables = models->schema.tables.size();
    if (models->found)
        readUnimported(files, project, tree, *models, run, made);
    else
        made.projectHasModels = speaksOfModels(files, tree, run);
    return made;
}

} // namespace sightglass
