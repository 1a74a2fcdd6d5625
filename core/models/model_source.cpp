// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/models/model_source.h"

#include "core/models/known_packages.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <utility>

namespace sightglass {
namespace {

constexpr std::size_t mostModules = 4000;
constexpr std::size_t mostFiles = 8000;
constexpr int deepestFolder = 12;

/// The nodes from the root to the smallest one around a range.
std::vector<SyntaxNode> pathTo(SyntaxNode root, std::size_t begin, std::size_t end)
{
    std::vector<SyntaxNode> path;
    for (SyntaxNode node = root; node;) {
        path.push_back(node);
        if (node.is("call") && node.begin() == begin && node.end() == end)
            break;
        SyntaxNode next;
        for (SyntaxNode child : node.namedChildren()) {
            if (child.begin() <= begin && child.end() >= end)
                next = child;
        }
        node = next;
    }
    return path;
}

std::string packageOf(const SourceModule& module, std::string_view dotted)
{
    if (module.isPackage)
        return std::string(dotted);
    const std::size_t dot = dotted.rfind('.');
    return dot == std::string_view::npos ? std::string() : std::string(dotted.substr(0, dot));
}

std::string compact(std::string_view text)
{
    std::string made;
    std::ranges::copy_if(text, std::back_inserter(made), [](char c) {
        return c != ' ' && c != '\n' && c != '\r' && c != '\t' && c != '\\';
    });
    return made;
}

std::string absolute(SyntaxNode name, const SourceModule& module, std::string_view dotted)
{
    std::string text = compact(name.text());
    if (!text.starts_with('.'))
        return text;
    std::string base = packageOf(module, dotted);
    const std::size_t dots = std::min(text.find_first_not_of('.'), text.size());
    for (std::size_t i = 1; i < dots; ++i) {
        const std::size_t dot = base.rfind('.');
        base = dot == std::string::npos ? std::string() : base.substr(0, dot);
    }
    const std::string rest = text.substr(dots);
    if (base.empty())
        return rest;
    return rest.empty() ? base : base + "." + rest;
}

/// Bodies that only type checkers see.
std::vector<std::pair<std::size_t, std::size_t>> unseen(SyntaxNode root)
{
    std::vector<std::pair<std::size_t, std::size_t>> made;
    for (SyntaxNode each : nodesOfKind(root, "if_statement", {"function_definition"})) {
        const std::string condition = compact(each.field("condition").text());
        if (condition == "TYPE_CHECKING" || condition.ends_with(".TYPE_CHECKING")) {
            const SyntaxNode body = each.field("consequence");
            made.emplace_back(body.begin(), body.end());
        }
    }
    return made;
}

bool isWord(char c)
{
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '.';
}

/// Names before `.__path__`.
std::vector<std::string> pathOwners(const std::string& text)
{
    std::vector<std::string> made;
    static constexpr std::string_view mark = ".__path__";
    for (std::size_t at = text.find(mark); at != std::string::npos; at = text.find(mark, at + 1)) {
        std::size_t begin = at;
        while (begin > 0 && isWord(text[begin - 1]))
            --begin;
        if (begin < at)
            made.push_back(text.substr(begin, at - begin));
    }
    return made;
}

bool loopsOverModules(const std::string& text)
{
    return text.find("iter_modules(") != std::string::npos ||
           text.find("walk_packages(") != std::string::npos ||
           ((text.find("import_module(") != std::string::npos ||
             text.find("__import__(") != std::string::npos) &&
            (text.find("glob(") != std::string::npos ||
             text.find("listdir(") != std::string::npos ||
             text.find("iterdir(") != std::string::npos));
}

/// import_module("a.b")
void addLiteralImports(const std::string& text, std::vector<std::string>& names)
{
    static constexpr std::string_view mark = "import_module(";
    for (std::size_t at = text.find(mark); at != std::string::npos; at = text.find(mark, at + 1)) {
        const std::size_t open = at + mark.size();
        if (open >= text.size() || (text[open] != '"' && text[open] != '\''))
            continue;
        const std::size_t close = text.find(text[open], open + 1);
        if (close == std::string::npos || close - open > 200)
            continue;
        const std::string name = text.substr(open + 1, close - open - 1);
        if (!name.empty() && std::ranges::all_of(name, isWord) && name.front() != '.')
            names.push_back(name);
    }
}

void addLoops(const SourceModule& module, std::string_view dotted, ModuleImports& made)
{
    const std::string& text = module.tree.text();
    addLiteralImports(text, made.names);
    if (!loopsOverModules(text))
        return;
    for (const std::string& owner : pathOwners(text)) {
        const auto known = std::ranges::find_if(made.names, [&](const std::string& name) {
            return name == owner || name.ends_with("." + owner);
        });
        if (known != made.names.end())
            made.packages.push_back(*known);
    }
    if (module.isPackage)
        made.packages.emplace_back(dotted);
}

bool isIdentifier(const std::string& name)
{
    return !name.empty() && std::isdigit(static_cast<unsigned char>(name.front())) == 0 &&
           std::ranges::all_of(name, [](char c) { return isWord(c) && c != '.'; });
}

bool isLeftOut(const std::string& folder)
{
    static constexpr std::array<std::string_view, 16> names{"tests",
                                                            "test",
                                                            "testing",
                                                            "migrations",
                                                            "versions",
                                                            "alembic",
                                                            "node_modules",
                                                            "venv",
                                                            "env",
                                                            "site-packages",
                                                            "build",
                                                            "dist",
                                                            "docs",
                                                            "static",
                                                            "examples",
                                                            "__pycache__"};
    return folder.starts_with('.') || std::ranges::find(names, folder) != names.end();
}

} // namespace

ModelSource::ModelSource(const FileSystem& files, std::vector<Path> roots, const Path& environment)
    : m_files(files, std::move(roots))
{
    if (environment.empty())
        return;
    auto text = files.read(environment);
    auto tree = text ? SyntaxTree::parse(std::move(*text)) : std::nullopt;
    if (!tree)
        return;
    m_environment = std::make_unique<SourceModule>(SourceModule{.file = environment.string(),
                                                                .path = environment,
                                                                .isPackage = false,
                                                                .tree = std::move(*tree)});
    m_byFile.emplace(m_environment->file, m_environment.get());
}

const SourceModule* ModelSource::find(std::string_view dotted)
{
    if (isEnvironment(dotted))
        return m_environment.get();
    const SourceModule* found = m_files.find(dotted);
    if (found == nullptr)
        found = known(dotted);
    if (found != nullptr)
        m_byFile.emplace(found->file, found);
    if (found != nullptr)
        m_packages.emplace(dotted.substr(0, dotted.find('.')));
    return found;
}

const SourceModule* ModelSource::known(std::string_view dotted)
{
    const std::string_view source = knownPackageSource(dotted);
    if (source.empty())
        return nullptr;
    auto& module = m_known[std::string(dotted)];
    if (module == nullptr) {
        auto tree = SyntaxTree::parse(std::string(source));
        if (!tree)
            return nullptr;
        module = std::make_unique<SourceModule>(SourceModule{
            .file = std::string(dotted), .path = {}, .isPackage = true, .tree = std::move(*tree)});
    }
    return module.get();
}

std::optional<std::string> ModelSource::readFile(const Path& path)
{
    return m_files.readFile(path);
}

std::string ModelSource::attributeAt(const SourceSpan& span) const
{
    const auto module = m_byFile.find(span.file);
    if (module == m_byFile.end())
        return {};
    const auto path = pathTo(module->second->tree.root(), span.begin, span.end);
    std::size_t at = path.size();
    while (at > 0 && (path[at - 1].is("call") || path[at - 1].is("argument_list") ||
                      path[at - 1].is("parenthesized_expression")))
        --at;
    if (at < 4 || !path[at - 1].is("assignment") || !path[at - 2].is("expression_statement") ||
        !path[at - 3].is("block") || !path[at - 4].is("class_definition"))
        return {};
    const SyntaxNode left = path[at - 1].field("left");
    std::string name(left.is("identifier") ? left.text() : std::string_view());
    return name.starts_with("__") ? std::string() : name;
}

ModuleImports importsOf(const SourceModule& module, std::string_view dotted)
{
    ModuleImports made;
    const SyntaxNode root = module.tree.root();
    const auto hidden = unseen(root);
    const auto isHidden = [&](SyntaxNode node) {
        return std::ranges::any_of(hidden, [&](const auto& range) {
            return node.begin() >= range.first && node.end() <= range.second;
        });
    };
    const auto nameOf = [](SyntaxNode node) {
        return node.is("aliased_import") ? node.field("name") : node;
    };
    for (SyntaxNode each : nodesOfKind(root, "import_statement", {"function_definition"})) {
        if (isHidden(each))
            continue;
        for (SyntaxNode name : each.namedChildren())
            made.names.push_back(compact(nameOf(name).text()));
    }
    for (SyntaxNode each : nodesOfKind(root, "import_from_statement", {"function_definition"})) {
        const SyntaxNode from = each.field("module_name");
        if (isHidden(each) || !from)
            continue;
        const std::string base = absolute(from, module, dotted);
        if (base.empty())
            continue;
        made.names.push_back(base);
        for (SyntaxNode name : each.namedChildren()) {
            if (name == from || name.is("wildcard_import"))
                continue;
            made.names.push_back(base + "." + compact(nameOf(name).text()));
        }
    }
    addLoops(module, dotted, made);
    return made;
}

ModuleWalk::ModuleWalk(ModelSource& source,
                       const FileSystem& files,
                       std::vector<Path> roots,
                       const RunContext& run)
    : m_source(source)
    , m_files(files)
    , m_roots(std::move(roots))
    , m_run(run)
{}

void ModuleWalk::add(std::string_view dotted)
{
    for (std::size_t dot = dotted.find('.');; dot = dotted.find('.', dot + 1)) {
        const std::string name(dotted.substr(0, dot));
        if (m_seen.insert(name).second)
            m_queue.push_back(name);
        if (dot == std::string_view::npos)
            return;
    }
}

void ModuleWalk::follow(std::string_view dotted)
{
    add(dotted);
    for (std::size_t at = 0; at < m_queue.size() && !m_run.stop.stop_requested(); ++at) {
        if (m_modules.size() > mostModules) {
            m_notes.emplace_back("More modules are imported than are read; tables may be missing.");
            break;
        }
        const std::string name = m_queue[at];
        const SourceModule* module = m_source.find(name);
        if (module == nullptr)
            continue;
        m_modules.push_back(name);
        const ModuleImports imports = importsOf(*module, name);
        for (const std::string& each : imports.names)
            add(each);
        for (const std::string& each : imports.packages)
            addPackage(each);
    }
    m_queue.clear();
}

void ModuleWalk::addPackage(const std::string& dotted)
{
    const SourceModule* module = m_source.find(dotted);
    if (module == nullptr || !module->isPackage)
        return;
    m_listed.clear();
    const bool isFile = module->path.filename() == "__init__.py";
    list(isFile ? module->path.parent_path() : module->path, dotted, 0);
    for (const auto& [name, path] : m_listed)
        add(name);
    m_notes.push_back("All modules of " + dotted + " are imported by a loop.");
}

void ModuleWalk::list(const Path& folder, const std::string& dotted, int depth)
{
    if (depth > deepestFolder || m_listed.size() > mostFiles || m_run.stop.stop_requested())
        return;
    const auto entries = m_files.list(folder);
    if (!entries)
        return;
    const std::string prefix = dotted.empty() ? std::string() : dotted + ".";
    for (const DirectoryEntry& each : *entries) {
        if (each.isDirectory && !each.isLink && isIdentifier(each.name) && !isLeftOut(each.name))
            list(folder / each.name, prefix + each.name, depth + 1);
        if (!each.isFile || !each.name.ends_with(".py"))
            continue;
        const std::string stem = each.name.substr(0, each.name.size() - 3);
        if (stem == "__init__" && !dotted.empty())
            m_listed.emplace_back(dotted, folder / each.name);
        else if (isIdentifier(stem) && stem != "conftest" && stem != "setup")
            m_listed.emplace_back(prefix + stem, folder / each.name);
    }
}

std::string ModuleWalk::importedName(const std::string& name, const Path& path)
{
    // Under the name by which the project itself reaches it: read under two, it would make its
    // tables twice.
    Path place = path.filename() == "__init__.py" ? path.parent_path() : path;
    std::string dotted = place.stem().string();
    for (int depth = 0; depth < deepestFolder; ++depth) {
        if (m_source.gave(dotted.substr(0, dotted.find('.')))) {
            const SourceModule* module = m_source.find(dotted);
            if (module != nullptr && module->path == path)
                return dotted;
        }
        place = place.parent_path();
        if (!place.has_filename())
            break;
        dotted = place.filename().string() + "." + dotted;
    }
    return name;
}

std::vector<std::string> ModuleWalk::modulesWith(const std::vector<std::string_view>& words)
{
    std::vector<Path> roots = m_roots;
    std::ranges::stable_sort(
        roots, [](const Path& a, const Path& b) { return a.native().size() > b.native().size(); });
    std::set<Path> seen;
    std::vector<std::string> made;
    for (const Path& root : roots) {
        // A folder above the project may hold other projects.
        static constexpr std::array<const char*, 6> marks{"pyproject.toml",
                                                          "setup.py",
                                                          "setup.cfg",
                                                          "requirements.txt",
                                                          "alembic.ini",
                                                          "Pipfile"};
        const bool isProject = std::ranges::any_of(
            marks, [&](const char* mark) { return m_files.isFile(root / mark); });
        const bool isAbove = std::ranges::any_of(m_roots, [&](const Path& other) {
            return other != root && other.native().starts_with(root.native() + "/");
        });
        if (isAbove && !isProject)
            continue;
        m_listed.clear();
        list(root, {}, 0);
        for (const auto& [name, path] : m_listed) {
            if (!seen.insert(path).second)
                continue;
            const auto text = m_files.read(path, 1'000'000);
            if (text && std::ranges::any_of(words, [&](std::string_view word) {
                    return text->find(word) != std::string::npos;
                }))
                made.push_back(importedName(name, path));
        }
    }
    return made;
}

} // namespace sightglass
