// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/run_context.h"
#include "core/evaluation/file_module_source.h"

#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace sightglass {

/// The dotted name under which env.py itself is read.
constexpr std::string_view environmentModule = "__environment__";
/// env.py once more, as the command line calls it.
constexpr std::string_view environmentOfCommandLine = "__environment_of_command_line__";

constexpr bool isEnvironment(std::string_view dotted)
{
    return dotted == environmentModule || dotted == environmentOfCommandLine;
}

/// The project's modules and env.py; remembers what it gave out.
class ModelSource final : public ModuleSource
{
public:
    ModelSource(const FileSystem& files, std::vector<Path> roots, const Path& environment);

    const SourceModule* find(std::string_view dotted) override;
    std::optional<std::string> readFile(const Path& path) override;

    /// The attribute of a class's body that the call at this place is assigned to; empty: none.
    std::string attributeAt(const SourceSpan& span) const;

    /// Whether a module of this top-level package was asked for and found.
    bool gave(std::string_view package) const { return m_packages.contains(package); }

    bool hasEnvironment() const { return m_environment != nullptr; }

private:
    /// A module of a public package whose models are known.
    const SourceModule* known(std::string_view dotted);

    FileModuleSource m_files;
    std::map<std::string, std::unique_ptr<SourceModule>, std::less<>> m_known;
    std::unique_ptr<SourceModule> m_environment;
    std::map<std::string, const SourceModule*, std::less<>> m_byFile;
    std::set<std::string, std::less<>> m_packages;
};

/// What a module imports when it is run, by absolute dotted names; loops over the modules of a
/// package name all of them.
struct ModuleImports
{
    std::vector<std::string> names;    ///< modules, and names that may be modules
    std::vector<std::string> packages; ///< all of whose modules are imported by a loop
};

ModuleImports importsOf(const SourceModule& module, std::string_view dotted);

/// Everything that importing env.py would run, found without running it.
class ModuleWalk
{
public:
    ModuleWalk(ModelSource& source,
               const FileSystem& files,
               std::vector<Path> roots,
               const RunContext& run);

    void follow(std::string_view dotted);

    const std::vector<std::string>& modules() const { return m_modules; }

    const std::vector<std::string>& notes() const { return m_notes; }

    /// Dotted names of the project's files whose text has one of `words`, tests and revisions left
    /// out.
    std::vector<std::string> modulesWith(const std::vector<std::string_view>& words);

private:
    void add(std::string_view dotted);
    void addPackage(const std::string& dotted);
    /// The name that imports use for a file, which is found as `name` below one of the roots.
    std::string importedName(const std::string& name, const Path& path);
    void list(const Path& folder, const std::string& dotted, int depth);

    ModelSource& m_source;
    const FileSystem& m_files;
    std::vector<Path> m_roots;
    const RunContext& m_run;
    std::set<std::string, std::less<>> m_seen;
    std::vector<std::string> m_modules;
    std::vector<std::string> m_queue;
    std::vector<std::string> m_notes;
    std::vector<std::pair<std::string, Path>> m_listed;
};

} // namespace sightglass
