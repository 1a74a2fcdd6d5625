// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scripts/automatic_upgrades.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <string_view>

namespace sightglass {

namespace {

constexpr std::size_t mostEntries = 5'000;
constexpr std::size_t largestFile = 256 * 1024; // bytes
constexpr int mostLevels = 5;
constexpr int mostAbove = 3;

constexpr std::array<std::string_view, 9> skippedFolders{"node_modules",
                                                         ".git",
                                                         ".venv",
                                                         "venv",
                                                         "__pycache__",
                                                         "site-packages",
                                                         "build",
                                                         "dist",
                                                         "versions"};

/// Files that start something by themselves. A name that ends or begins so, in lower case.
struct StartingName
{
    std::string_view begin;
    std::string_view end;
};

constexpr std::array startingNames{StartingName{"dockerfile", ""},
                                   StartingName{"", ".dockerfile"},
                                   StartingName{"containerfile", ""},
                                   StartingName{"docker-compose", ".yml"},
                                   StartingName{"docker-compose", ".yaml"},
                                   StartingName{"compose", ".yml"},
                                   StartingName{"compose", ".yaml"},
                                   StartingName{"procfile", ""},
                                   StartingName{"jenkinsfile", ""},
                                   StartingName{".gitlab-ci", ".yml"},
                                   StartingName{"azure-pipelines", ".yml"},
                                   StartingName{"bitbucket-pipelines", ".yml"},
                                   StartingName{"cloudbuild", ".yaml"},
                                   StartingName{"render", ".yaml"},
                                   StartingName{"fly", ".toml"},
                                   StartingName{"railway", ".toml"},
                                   StartingName{"railway", ".json"},
                                   StartingName{"supervisord", ".conf"},
                                   StartingName{"docker-entrypoint", ""},
                                   StartingName{"entrypoint", ""}};

std::string lowered(std::string_view text)
{
    std::string result(text);
    std::ranges::transform(result, result.begin(), [](unsigned char letter) {
        return static_cast<char>(std::tolower(letter));
    });
    return result;
}

bool isIn(const Path& file, std::string_view folder)
{
    return file.generic_string().find(folder) != std::string::npos;
}

bool startsSomething(const Path& file)
{
    const std::string name = lowered(file.filename().string());
    const bool yaml = name.ends_with(".yml") || name.ends_with(".yaml");
    if (yaml && (isIn(file, "/.github/workflows/") || isIn(file, "/.circleci/")))
        return true;
    return std::ranges::any_of(startingNames, [&](const StartingName& each) {
        return name.starts_with(each.begin) && name.ends_with(each.end) &&
               name.size() >= each.begin.size() + each.end.size();
    });
}

struct FoundFile
{
    Path path;
    std::string text;
};

class Search
{
public:
    explicit Search(const FileSystem& files)
        : m_files(files)
    {}

    AutomaticUpgrades from(const Path& root)
    {
        walk(root, 0);
        for (const FoundFile& file : m_starting)
            readLines(file);
        for (const Path& script : m_scripts) {
            if (isStarted(script))
                readScript(script);
        }
        std::ranges::stable_sort(m_result.found, {}, [](const AutomaticUpgrade& each) {
            return std::pair(each.span.file, each.span.line);
        });
        return std::move(m_result);
    }

private:
    void walk(const Path& folder, int level)
    {
        const auto entries = m_files.list(folder);
        if (!entries || level > mostLevels)
            return;
        for (const DirectoryEntry& entry : *entries) {
            if (++m_entries > mostEntries) {
                m_result.stopped = true;
                return;
            }
            const Path path = folder / entry.name;
            if (entry.isDirectory) {
                const bool skipped =
                    std::ranges::find(skippedFolders, entry.name) != skippedFolders.end();
                if (!skipped && !entry.isLink)
                    walk(path, level + 1);
            } else if (entry.isFile) {
                take(path);
            }
        }
    }

    void take(const Path& file)
    {
        if (startsSomething(file)) {
            if (auto text = m_files.read(file, largestFile))
                m_starting.push_back({.path = file, .text = std::move(*text)});
        } else if (file.extension() == ".sh" || file.extension() == ".bash") {
            m_scripts.push_back(file);
        }
    }

    /// A file that starts something names the script.
    bool isStarted(const Path& script) const
    {
        const std::string name = script.filename().string();
        return std::ranges::any_of(m_starting, [&](const FoundFile& file) {
            return file.text.find(name) != std::string::npos;
        });
    }

    void readScript(const Path& script)
    {
        if (auto text = m_files.read(script, largestFile))
            readLines({.path = script, .text = std::move(*text)});
    }

    void readLines(const FoundFile& file)
    {
        ++m_result.filesRead;
        std::string_view rest = file.text;
        for (int line = 1; !rest.empty(); ++line) {
            const std::size_t end = std::min(rest.find('\n'), rest.size());
            readLine(rest.substr(0, end), file.path, line);
            rest.remove_prefix(std::min(end + 1, rest.size()));
        }
    }

    void readLine(std::string_view line, const Path& file, int number)
    {
        constexpr std::string_view blanks = " \t\r";
        line.remove_prefix(std::min(line.find_first_not_of(blanks), line.size()));
        line.remove_suffix(line.size() - std::min(line.find_last_not_of(blanks) + 1, line.size()));
        if (line.starts_with('#'))
            return;
        const std::size_t alembic = line.find("alembic");
        if (alembic == std::string_view::npos || line.find("upgrade", alembic) == line.npos)
            return;
        // `pip install --upgrade alembic` has the words the other way round.
        AutomaticUpgrade found;
        found.span.file = file.string();
        found.span.line = number;
        found.text = line;
        m_result.found.push_back(std::move(found));
    }

    const FileSystem& m_files;
    std::size_t m_entries = 0;
    std::vector<FoundFile> m_starting;
    std::vector<Path> m_scripts;
    AutomaticUpgrades m_result;
};

Path searchRoot(const FileSystem& files, const Path& project)
{
    Path folder = project;
    for (int above = 0; above <= mostAbove; ++above) {
        if (files.isDirectory(folder / ".git") || files.isFile(folder / ".git"))
            return folder;
        if (!folder.has_parent_path() || folder.parent_path() == folder)
            break;
        folder = folder.parent_path();
    }
    return project;
}

} // namespace

AutomaticUpgrades automaticUpgrades(const FileSystem& files, const Project& project)
{
    return Search(files).from(searchRoot(files, project.root));
}

} // namespace sightglass
