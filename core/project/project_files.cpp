// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/project_files.h"

#include "core/scripts/environment_search.h"
#include "core/scripts/locations.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <string_view>
#include <utility>

namespace sightglass {

namespace {

constexpr std::size_t headBytes = 128;

std::string lower(std::string_view text)
{
    std::string made(text);
    std::ranges::transform(
        made, made.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return made;
}

bool isOneOf(std::string_view name, std::initializer_list<std::string_view> names)
{
    return std::ranges::find(names, name) != names.end();
}

bool isSkippedFolder(std::string_view name)
{
    if (isOneOf(name,
                {".github", ".circleci", ".gitlab", ".devcontainer", ".docker", ".buildkite"}))
        return false;
    return name.starts_with('.') || isOneOf(name,
                                            {"node_modules",
                                             "__pycache__",
                                             "site-packages",
                                             "dist-packages",
                                             "venv",
                                             "bower_components",
                                             "vendor",
                                             "third_party",
                                             "dist",
                                             "target"});
}

struct KindOfEnding
{
    std::string_view ending;
    ProjectFileKind kind;
};

constexpr std::array kindsOfEndings{
    KindOfEnding{".py", ProjectFileKind::Python},
    KindOfEnding{".sh", ProjectFileKind::Shell},
    KindOfEnding{".bash", ProjectFileKind::Shell},
    KindOfEnding{".zsh", ProjectFileKind::Shell},
    KindOfEnding{".mk", ProjectFileKind::Makefile},
    KindOfEnding{".just", ProjectFileKind::Justfile},
    KindOfEnding{".yml", ProjectFileKind::Yaml},
    KindOfEnding{".yaml", ProjectFileKind::Yaml},
    KindOfEnding{".sql", ProjectFileKind::Sql},
    KindOfEnding{".dockerfile", ProjectFileKind::Dockerfile},
};

ProjectFileKind kindByShebang(const FileSystem& files, const Path& path)
{
    const auto head = files.read(path, headBytes);
    if (!head || !head->starts_with("#!"))
        return ProjectFileKind::Other;
    const std::string_view line = std::string_view(*head).substr(0, head->find('\n'));
    if (line.find("python") != std::string_view::npos)
        return ProjectFileKind::Python;
    const bool shell = line.find("sh") != std::string_view::npos;
    return shell ? ProjectFileKind::Shell : ProjectFileKind::Other;
}

ProjectFileKind kindOfFile(const FileSystem& files, const Path& path, std::string_view name)
{
    const std::string low = lower(name);
    if (isOneOf(low, {"makefile", "gnumakefile"}) || low.starts_with("makefile."))
        return ProjectFileKind::Makefile;
    if (isOneOf(low, {"justfile", ".justfile"}))
        return ProjectFileKind::Justfile;
    if (low == "package.json")
        return ProjectFileKind::PackageJson;
    if (low == "pyproject.toml")
        return ProjectFileKind::Pyproject;
    if (low == "procfile")
        return ProjectFileKind::Procfile;
    for (const KindOfEnding& each : kindsOfEndings) {
        if (low.ends_with(each.ending))
            return each.kind;
    }
    // Dockerfile, Dockerfile.prod, api.Dockerfile; not Dockerfile.md or a template of one.
    const bool named = low == "dockerfile" || low == "containerfile" ||
                       low.starts_with("dockerfile.") || low.starts_with("dockerfile-");
    if (named && !low.ends_with(".md") && !low.ends_with(".j2") && !low.ends_with(".dockerignore"))
        return ProjectFileKind::Dockerfile;
    if (low.find('.') == std::string::npos)
        return kindByShebang(files, path);
    return ProjectFileKind::Other;
}

bool isTestFolder(std::string_view name)
{
    return isOneOf(name,
                   {"test",
                    "tests",
                    "testing",
                    "testdata",
                    "fixtures",
                    "e2e",
                    "integration-tests",
                    "integration_tests",
                    "__tests__",
                    "benchmarks",
                    "benchmark",
                    "bench"});
}

bool isExampleFolder(std::string_view name)
{
    return isOneOf(name,
                   {"doc",
                    "docs",
                    "docs_src",
                    "documentation",
                    "example",
                    "examples",
                    "sample",
                    "samples",
                    "tutorial",
                    "tutorials",
                    "cookbook",
                    "cookbooks",
                    "demo",
                    "demos"});
}

bool isCiName(std::string_view name)
{
    return isOneOf(name,
                   {".github",
                    ".circleci",
                    ".gitlab",
                    ".buildkite",
                    ".gitlab-ci.yml",
                    ".gitlab-ci.yaml",
                    ".travis.yml",
                    "azure-pipelines.yml",
                    "bitbucket-pipelines.yml",
                    "appveyor.yml",
                    "cloudbuild.yaml",
                    ".zuul.yaml",
                    ".drone.yml"});
}

bool isInside(const Path& path, const Path& folder)
{
    return !folder.empty() && path.native().starts_with(folder.native() + "/");
}

ProjectPlace placeOf(const Project& project, const Path& path, const std::string& shown)
{
    bool test = false;
    bool example = false;
    for (std::size_t begin = 0; begin < shown.size();) {
        const std::size_t end = std::min(shown.find('/', begin), shown.size());
        const std::string name = lower(std::string_view(shown).substr(begin, end - begin));
        if (isCiName(name))
            return ProjectPlace::Ci;
        test = test || isTestFolder(name);
        example = example || (end < shown.size() && isExampleFolder(name));
        begin = end + 1;
    }
    const auto isIn = [&path](const Path& folder) { return isInside(path, folder); };
    const std::string file = path.filename().string();
    test = test || file == "conftest.py" || file.starts_with("test_") || file.ends_with("_test.py");
    if (test)
        return ProjectPlace::Test;
    const bool script = path.extension() == ".py" && isIn(project.scriptLocation);
    if (script || std::ranges::any_of(project.versionLocations, isIn))
        return ProjectPlace::Migration;
    return example ? ProjectPlace::Example : ProjectPlace::Application;
}

/// The repository around a project; the project's own folder where there is none.
Path rootOf(const FileSystem& files, const Path& start)
{
    for (const Path& folder : foldersUpward(files, start)) {
        if (files.isDirectory(folder / ".git") || files.isFile(folder / ".git"))
            return folder;
    }
    return start;
}

class Lister
{
public:
    Lister(const FileSystem& files,
           const Project& project,
           const RunContext& run,
           const ScanLimits& limits)
        : m_files(files)
        , m_project(project)
        , m_run(run)
        , m_limits(limits)
    {}

    ProjectFiles list()
    {
        m_made.root = rootOf(m_files, m_project.root);
        enter(m_made.root, {}, 0);
        std::ranges::sort(m_made.files, {}, &ProjectFile::shown);
        noteLimits();
        return std::move(m_made);
    }

private:
    void enter(const Path& folder, const std::string& shown, int depth)
    {
        if (m_run.stopRequested())
            return;
        if (depth > m_limits.depth || m_folders >= m_limits.folders ||
            m_made.files.size() >= m_limits.files) {
            m_cut = true;
            return;
        }
        ++m_folders;
        const auto entries = m_files.list(folder);
        if (!entries) {
            m_made.notes.push_back((shown.empty() ? std::string("The folder") : printable(shown)) +
                                   " can't be listed: " + entries.error().message);
            return;
        }
        for (const DirectoryEntry& entry : *entries) {
            if (entry.isLink)
                continue;
            const std::string name = shown.empty() ? entry.name : shown + "/" + entry.name;
            if (entry.isDirectory && mayEnter(folder / entry.name, entry.name))
                enter(folder / entry.name, name, depth + 1);
            else if (entry.isFile)
                add(folder / entry.name, entry.name, name);
        }
    }

    void add(const Path& path, const std::string& name, const std::string& shown)
    {
        if (m_made.files.size() >= m_limits.files) {
            m_cut = true;
            return;
        }
        const ProjectFileKind kind = kindOfFile(m_files, path, name);
        if (kind != ProjectFileKind::Other || name == ".env")
            m_made.files.push_back({.path = path,
                                    .shown = shown,
                                    .kind = kind,
                                    .place = placeOf(m_project, path, shown)});
    }

    bool mayEnter(const Path& folder, const std::string& name)
    {
        if (isSkippedFolder(name) || m_files.isFile(folder / "pyvenv.cfg"))
            return false;
        const bool ours = folder == m_project.root || isInside(m_project.root, folder) ||
                          folder == m_project.scriptLocation ||
                          isInside(m_project.scriptLocation, folder);
        if (!ours && settingsIn(m_files, folder)) {
            m_made.notes.push_back(printable(name) +
                                   " is an Alembic project of its own and was left out.");
            return false;
        }
        return true;
    }

    void noteLimits()
    {
        if (m_cut)
            m_made.notes.push_back("The folder is larger than what is looked at: " +
                                   std::to_string(m_made.files.size()) + " files in " +
                                   std::to_string(m_folders) +
                                   " folders were taken, the rest was not.");
    }

    const FileSystem& m_files;
    const Project& m_project;
    const RunContext& m_run;
    const ScanLimits& m_limits;
    ProjectFiles m_made;
    std::size_t m_folders = 0;
    bool m_cut = false;
};

} // namespace

std::vector<const ProjectFile*> ProjectFiles::of(ProjectFileKind kind) const
{
    std::vector<const ProjectFile*> made;
    for (const ProjectFile& file : files) {
        if (file.kind == kind)
            made.push_back(&file);
    }
    return made;
}

const ProjectFile* ProjectFiles::at(const Path& path) const
{
    const Path normal = path.lexically_normal();
    const auto found = std::ranges::find(files, normal, &ProjectFile::path);
    return found == files.end() ? nullptr : &*found;
}

ProjectFiles listProjectFiles(const FileSystem& files,
                              const Project& project,
                              const RunContext& run,
                              const ScanLimits& limits)
{
    return Lister(files, project, run, limits).list();
}

bool namesTests(std::string_view text)
{
    const std::string low = lower(text);
    for (std::size_t at = 0; at < low.size();) {
        std::size_t end = at;
        while (end < low.size() && std::isalnum(static_cast<unsigned char>(low[end])) != 0)
            ++end;
        if (isOneOf(std::string_view(low).substr(at, end - at),
                    {"test", "tests", "testing", "ci", "e2e", "integration", "pytest"}))
            return true;
        at = std::max(end, at + 1);
    }
    return false;
}

} // namespace sightglass
