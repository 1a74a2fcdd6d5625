// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluation/file_module_source.h"

#include <algorithm>
#include <utility>

namespace sightglass {

namespace {

constexpr std::size_t largestModule = 4'000'000; // bytes
constexpr std::size_t largestOpened = 64'000'000;

bool isDottedName(std::string_view dotted)
{
    return !dotted.empty() && dotted.find('/') == std::string_view::npos &&
           dotted.find('\0') == std::string_view::npos &&
           dotted.find("..") == std::string_view::npos && dotted.front() != '.' &&
           dotted.back() != '.';
}

} // namespace

FileModuleSource::FileModuleSource(const FileSystem& files, std::vector<Path> roots)
    : m_files(files)
    , m_roots(std::move(roots))
{}

const SourceModule* FileModuleSource::find(std::string_view dotted)
{
    const auto known = m_modules.find(dotted);
    if (known != m_modules.end())
        return known->second.get();
    return m_modules.emplace(std::string(dotted), load(dotted)).first->second.get();
}

std::optional<std::string> FileModuleSource::readFile(const Path& path)
{
    auto bytes = m_files.read(path, largestOpened);
    return bytes ? std::optional<std::string>(std::move(*bytes)) : std::nullopt;
}

std::unique_ptr<SourceModule> FileModuleSource::load(std::string_view dotted) const
{
    auto found = textOf(dotted);
    if (!found)
        return nullptr;
    auto tree = SyntaxTree::parse(std::move(found->text));
    if (!tree)
        return nullptr;
    return std::make_unique<SourceModule>(SourceModule{.file = found->path.string(),
                                                       .path = found->path,
                                                       .isPackage = found->isPackage,
                                                       .tree = std::move(*tree)});
}

std::optional<FileModuleSource::ModuleText> FileModuleSource::textOf(std::string_view dotted) const
{
    if (!isDottedName(dotted))
        return std::nullopt;
    std::string relative(dotted);
    std::ranges::replace(relative, '.', '/');
    std::optional<ModuleText> folder;
    for (const Path& root : m_roots) {
        const Path base = root / relative;
        const std::pair<Path, bool> candidates[] = {{base / "__init__.py", true},
                                                    {base.string() + ".py", false}};
        for (const auto& [path, isPackage] : candidates) {
            if (!m_files.isFile(path))
                continue;
            auto text = m_files.read(path, largestModule);
            if (!text)
                return std::nullopt;
            return ModuleText{.path = path, .isPackage = isPackage, .text = std::move(*text)};
        }
        if (!folder && m_files.isDirectory(base))
            folder = ModuleText{.path = base, .isPackage = true, .text = {}};
    }
    return folder;
}

} // namespace sightglass
