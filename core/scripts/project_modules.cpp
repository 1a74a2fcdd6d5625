// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scripts/project_modules.h"

#include "core/scripts/python_text.h"

#include <algorithm>

namespace sightglass {

namespace {

constexpr std::size_t largestModule = 4'000'000; // bytes
constexpr std::size_t deepestImport = 30;

/// Name of a module that stands `level` dots up from `module`; empty when that is outside any
/// package.
std::optional<std::string>
absoluteName(const std::string& module, bool isPackage, std::string_view dotted, int level)
{
    if (level == 0)
        return std::string(dotted);
    std::string base = module;
    for (int up = isPackage ? 1 : 0; up < level; ++up) {
        if (base.empty())
            return std::nullopt;
        const auto dot = base.rfind('.');
        base = dot == std::string::npos ? std::string() : base.substr(0, dot);
    }
    if (base.empty())
        return std::nullopt;
    return dotted.empty() ? base : base + "." + std::string(dotted);
}

} // namespace

ProjectModules::ProjectModules(const FileSystem& files, std::vector<Path> roots)
    : m_files(files)
    , m_roots(std::move(roots))
{}

EvaluationHooks ProjectModules::hooks(std::string module, bool isPackage)
{
    EvaluationHooks result;
    result.import =
        [this, module, isPackage](std::string_view dotted,
                                  int level,
                                  std::string_view attribute) -> std::optional<Literal> {
        const auto name = absoluteName(module, isPackage, dotted, level);
        return name ? lookUp(*name, attribute) : std::nullopt;
    };
    result.importAll = [this, module, isPackage](std::string_view dotted,
                                                 int level) -> std::optional<Names> {
        const auto name = absoluteName(module, isPackage, dotted, level);
        const Module* found = name ? load(*name) : nullptr;
        if (found == nullptr || !found->names.openings.empty())
            return std::nullopt;
        Names names;
        const Binding* listed = found->names.find("__all__");
        for (const auto& [key, binding] : found->names.names) {
            const bool wanted =
                listed == nullptr
                    ? !key.starts_with('_')
                    : std::ranges::any_of(listed->value.items,
                                          [&](const Literal& item) { return item.text == key; });
            if (wanted)
                names.emplace(key, Binding{.value = valueOf(binding, found->hooks), .range = {}});
        }
        return names;
    };
    return result;
}

std::optional<Path> ProjectModules::locate(std::string_view dotted) const
{
    if (dotted.empty() || dotted.find('/') != std::string_view::npos ||
        dotted.find('\0') != std::string_view::npos)
        return std::nullopt;
    std::string relative(dotted);
    std::ranges::replace(relative, '.', '/');
    std::optional<Path> folder; // a namespace package: no __init__.py
    for (const Path& root : m_roots) {
        const Path base = root / relative;
        const Path package = base / "__init__.py";
        if (m_files.isFile(package))
            return package;
        Path module = base;
        module += ".py";
        if (m_files.isFile(module))
            return module;
        if (!folder && m_files.isDirectory(base))
            folder = base;
    }
    return folder;
}

std::optional<Literal> ProjectModules::lookUp(const std::string& dotted, std::string_view attribute)
{
    const auto module = [&](std::string name) {
        return Literal{
            .kind = Literal::Kind::Module, .text = std::move(name), .items = {}, .range = {}};
    };
    if (attribute.empty())
        return locate(dotted) ? std::optional(module(dotted)) : std::nullopt;
    std::string full = dotted + "." + std::string(attribute);
    const Module* found = load(dotted);
    if (found != nullptr) {
        if (const Binding* binding = found->names.find(attribute)) {
            const std::string asked = "name " + full;
            if (m_open.size() >= deepestImport || !m_open.insert(asked).second)
                return Literal::unknown("imported in a circle through " + dotted);
            Literal value = valueOf(*binding, found->hooks);
            m_open.erase(asked);
            if (value.kind == Literal::Kind::Unknown)
                value.text = full + " in another file is " + value.text;
            return value;
        }
    }
    if (locate(full))
        return module(std::move(full));
    if (found != nullptr)
        return Literal::unknown(full + " is not bound in that module as far as it can be followed");
    return std::nullopt;
}

const ProjectModules::Module* ProjectModules::load(const std::string& dotted)
{
    if (const auto known = m_modules.find(dotted); known != m_modules.end())
        return known->second.get();
    if (m_open.size() >= deepestImport || !m_open.insert(dotted).second)
        return nullptr; // it is being read further up: what it binds is not known yet
    std::unique_ptr<Module> module;
    const auto path = locate(dotted);
    if (path && m_files.isFile(*path)) {
        const auto size = m_files.size(*path);
        const auto bytes = m_files.read(*path, largestModule);
        if (bytes && size && *size <= largestModule) {
            PythonText decoded = decodePython(*bytes);
            if (const auto tree = SyntaxTree::parse(std::move(decoded.text))) {
                module = std::make_unique<Module>();
                module->hooks = hooks(dotted, path->filename() == "__init__.py");
                module->names = followStatements(tree->root(), {}, module->hooks);
            }
        }
    }
    m_open.erase(dotted);
    return m_modules.emplace(dotted, std::move(module)).first->second.get();
}

} // namespace sightglass
