// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/evaluation/interpreter.h"

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace sightglass {

/// Modules of a project found in its import roots, each parsed once. One for each thread.
class FileModuleSource final : public ModuleSource
{
public:
    FileModuleSource(const FileSystem& files, std::vector<Path> roots);

    /// A namespace package (a folder without __init__.py) is an empty module.
    const SourceModule* find(std::string_view dotted) override;
    std::optional<std::string> readFile(const Path& path) override;

    struct ModuleText
    {
        Path path; ///< its folder for a namespace package
        bool isPackage = false;
        std::string text;
    };

    /// A module's text as it is now, not parsed; empty when the project does not have it.
    std::optional<ModuleText> textOf(std::string_view dotted) const;

private:
    std::unique_ptr<SourceModule> load(std::string_view dotted) const;

    const FileSystem& m_files;
    std::vector<Path> m_roots;
    std::map<std::string, std::unique_ptr<SourceModule>, std::less<>>
        m_modules; ///< null = not in the project
};

} // namespace sightglass
