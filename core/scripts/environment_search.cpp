// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scripts/environment_search.h"

#include <algorithm>
#include <array>
#include <deque>
#include <string_view>

namespace sightglass {

namespace {

constexpr std::size_t headBytes = 16'384;
constexpr std::size_t filesAskedForRevisions = 50;
constexpr int deepestBelow = 5;
constexpr std::size_t foldersBelow = 2'000;

bool mentions(const FileSystem& files, const Path& file, std::string_view word)
{
    const auto text = files.read(file, headBytes);
    return text && text->find(word) != std::string::npos;
}

bool isSkipped(std::string_view name)
{
    static constexpr std::array names{
        "node_modules", "__pycache__", "site-packages", "venv", "env", "build", "dist", "target"};
    return name.starts_with('.') || std::ranges::find(names, name) != names.end();
}

} // namespace

std::optional<Candidate> settingsIn(const FileSystem& files, const Path& folder)
{
    Candidate found;
    if (files.isFile(folder / "alembic.ini"))
        found.ini = folder / "alembic.ini";
    const Path toml = folder / "pyproject.toml";
    if (files.isFile(toml)) {
        const auto text = files.read(toml, 4'000'000);
        if (text && text->find("tool.alembic") != std::string::npos)
            found.toml = toml;
    }
    return found.hasSettings() ? std::optional(found) : std::nullopt;
}

bool holdsRevisions(const FileSystem& files, const Path& folder)
{
    const auto entries = files.list(folder);
    if (!entries)
        return false;
    std::size_t asked = 0;
    for (const DirectoryEntry& entry : *entries) {
        if (entry.isDirectory || !entry.name.ends_with(".py") || entry.name.starts_with("__init__"))
            continue;
        const auto text = files.read(folder / entry.name, headBytes);
        if (text && text->find("down_revision") != std::string::npos && entry.name != "env.py")
            return true;
        if (++asked >= filesAskedForRevisions)
            return false;
    }
    return false;
}

std::optional<Path> subfolderWithRevisions(const FileSystem& files, const Path& folder)
{
    std::deque<std::pair<Path, int>> open{{folder, 0}};
    for (std::size_t listed = 0; !open.empty() && listed < foldersBelow; ++listed) {
        const auto [one, depth] = open.front();
        open.pop_front();
        if (depth > 0 && holdsRevisions(files, one))
            return one;
        const auto entries = files.list(one);
        if (!entries || depth >= deepestBelow)
            continue;
        for (const DirectoryEntry& entry : *entries) {
            if (entry.isDirectory && !entry.isLink && !entry.name.ends_with("__pycache__"))
                open.emplace_back(one / entry.name, depth + 1);
        }
    }
    return std::nullopt;
}

bool isScriptFolder(const FileSystem& files, const Path& folder)
{
    const Path versions = folder / "versions";
    const bool hasVersions = files.isDirectory(versions);
    if (files.isFile(folder / "env.py"))
        return (hasVersions || files.isFile(folder / "script.py.mako")) &&
               mentions(files, folder / "env.py", "alembic");
    return hasVersions && holdsRevisions(files, versions);
}

std::vector<Candidate> environmentsBelow(const FileSystem& files, const Path& folder)
{
    std::vector<Candidate> found;
    std::deque<std::pair<Path, int>> open{{folder, 0}};
    for (std::size_t listed = 0; !open.empty() && listed < foldersBelow; ++listed) {
        const auto [one, depth] = open.front();
        open.pop_front();
        if (auto settings = settingsIn(files, one))
            found.push_back(*settings);
        else if (isScriptFolder(files, one))
            found.push_back({.ini = {}, .toml = {}, .scripts = one});
        if (depth >= deepestBelow)
            continue;
        const auto entries = files.list(one);
        if (!entries)
            continue;
        for (const DirectoryEntry& entry : *entries) {
            if (entry.isDirectory && !entry.isLink && !isSkipped(entry.name))
                open.emplace_back(one / entry.name, depth + 1);
        }
    }
    return found;
}

} // namespace sightglass
