// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/file_system.h"
#include "core/python/module_names.h"

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace sightglass {

/// The project's own modules, found in its import roots and followed without running them. Modules
/// are read when somebody asks for one of their names, and once.
///
/// thread  one at a time; each worker has its own
class ProjectModules
{
public:
    ProjectModules(const FileSystem& files, std::vector<Path> roots);

    /// Hooks for a module of the dotted name `module` ("" = a file that is loaded by its path,
    /// which belongs to no package). They refer to this object.
    EvaluationHooks hooks(std::string module = {}, bool isPackage = false);

    /// File or folder of a module; empty when no root has it.
    std::optional<Path> locate(std::string_view dotted) const;

private:
    struct Module
    {
        ModuleNames names;
        EvaluationHooks hooks;
    };

    std::optional<Literal> lookUp(const std::string& dotted, std::string_view attribute);
    const Module* load(const std::string& dotted);

    const FileSystem& m_files;
    std::vector<Path> m_roots;
    std::map<std::string, std::unique_ptr<Module>, std::less<>>
        m_modules;                ///< null = not in the project
    std::set<std::string> m_open; ///< being followed or looked up: a circle of imports ends there
};

} // namespace sightglass
