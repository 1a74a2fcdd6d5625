// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scripts/version_files.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <utility>

namespace sightglass {

namespace {

using Kind = FileProblem::Kind;

/// Why Alembic's pattern `(?!\.\#|__init__)(.*\.py)$` leaves a name out; empty when it does not.
std::string reasonAgainst(std::string_view name, bool sourceless)
{
    if (name.starts_with(".#"))
        return "its name begins with .#, as an editor's lock does";
    if (name.starts_with("__init__"))
        return "its name begins with __init__";
    // In the pattern a dot stands for anything but a newline, and $ also stands before a last
    // newline.
    const std::string_view line = name.ends_with('\n') ? name.substr(0, name.size() - 1) : name;
    if (line.find('\n') != std::string_view::npos)
        return "its name holds a newline";
    if (line.ends_with(".py") || (sourceless && (line.ends_with(".pyc") || line.ends_with(".pyo"))))
        return {};
    return "its name does not end in .py";
}

std::string lower(std::string text)
{
    std::ranges::transform(text, text.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c;
    });
    return text;
}

/// Stem of a compiled file: x of x.pyc and of x.cpython-311.pyc; empty for other names.
std::string compiledStem(const std::string& name, bool inCache)
{
    if (!name.ends_with(".pyc") && !name.ends_with(".pyo"))
        return {};
    return name.substr(0, inCache ? name.find('.') : name.size() - 4);
}

class Lister
{
public:
    Lister(const FileSystem& files, const Project& project)
        : m_files(files)
        , m_project(project)
    {}

    Result<VersionFiles> list(const RunContext& run)
    {
        for (const Path& location : m_project.versionLocations) {
            m_open.push_back(location);
            while (!m_open.empty()) {
                if (run.stopRequested())
                    return failure(ErrorCode::Cancelled,
                                   "Listing the versions folder was stopped.");
                const Path folder = std::move(m_open.back());
                m_open.pop_back();
                listFolder(folder);
            }
        }
        return std::move(m_result);
    }

private:
    void listFolder(const Path& folder)
    {
        const auto entries = m_files.list(folder);
        if (!entries) {
            if (entries.error().code == ErrorCode::NotFound)
                return; // Alembic steps over a location that does not exist
            m_result.failures.push_back(entries.error());
            m_result.problems.push_back(
                {.kind = Kind::Unreadable,
                 .detail = entries.error().message + " " + entries.error().nextStep,
                 .span = {.file = folder.string()},
                 .revision = {},
                 .alembic = {}});
            return;
        }
        ++m_result.locationsListed;
        std::set<std::string> sources;
        for (const DirectoryEntry& entry : *entries) {
            if (!entry.isDirectory && entry.name.ends_with(".py"))
                sources.insert(entry.name.substr(0, entry.name.size() - 3));
        }
        std::vector<Path> folders;
        for (const DirectoryEntry& entry : *entries) {
            if (entry.isDirectory)
                listSubfolder(folder, entry, sources, folders);
            else
                addFile(folder, entry, sources);
        }
        findCaseCollisions(folder, *entries);
        m_open.insert(
            m_open.end(), folders.rbegin(), folders.rend()); // the first is gone into first
    }

    void listSubfolder(const Path& folder,
                       const DirectoryEntry& entry,
                       const std::set<std::string>& sources,
                       std::vector<Path>& folders)
    {
        const Path path = folder / entry.name;
        if (entry.name.ends_with("__pycache__")) {
            if (m_project.sourceless && entry.name == "__pycache__")
                listCache(path, sources);
            return;
        }
        if (!m_project.recursive) {
            ignore(path, "it is a folder, and recursive_version_locations is not true");
            return;
        }
        if (entry.isLink) {
            ignore(path, "it is a link to a folder, and those are not followed");
            return;
        }
        folders.push_back(path);
    }

    void listCache(const Path& folder, const std::set<std::string>& sources)
    {
        const auto entries = m_files.list(folder);
        if (!entries)
            return;
        for (const DirectoryEntry& entry : *entries) {
            const std::string stem = compiledStem(entry.name, true);
            if (!stem.empty() && !stem.starts_with("__init__") && !sources.contains(stem))
                addCompiled(folder / entry.name);
        }
    }

    void
    addFile(const Path& folder, const DirectoryEntry& entry, const std::set<std::string>& sources)
    {
        const Path path = folder / entry.name;
        std::string name = entry.name;
        std::optional<Path> real;
        if (entry.isLink) {
            // Alembic takes the real file, and so its name.
            if (const auto resolved = m_files.canonical(path)) {
                real = *resolved;
                name = real->filename().string();
            }
        }
        if (std::string reason = reasonAgainst(name, m_project.sourceless); !reason.empty()) {
            ignore(path, std::move(reason));
            return;
        }
        if (const std::string stem = compiledStem(name, false); !stem.empty()) {
            if (!sources.contains(stem))
                addCompiled(path);
            return;
        }
        if (!m_seen.insert((real ? *real : realFolder(folder) / name).string()).second) {
            const std::string same = (real ? *real : realFolder(folder) / name).string();
            m_result.problems.push_back(
                {.kind = Kind::LoadedTwice,
                 .detail = "The file is reached twice and counts once; make the entries of "
                           "version_locations differ, "
                           "or remove the link.",
                 .span = {.file = path.string()},
                 .revision = {},
                 .alembic = "File " + same +
                            " loaded twice! ignoring. Please ensure version_locations is unique."});
            return;
        }
        m_result.files.push_back({.path = path, .shown = (folder / name).string()});
    }

    void addCompiled(const Path& path)
    {
        m_result.problems.push_back(
            {.kind = Kind::CompiledOnly,
             .detail = "The file is compiled and its source is gone, so it can't be read here; "
                       "restore the .py file.",
             .span = {.file = path.string()},
             .revision = {},
             .alembic = {}});
    }

    void findCaseCollisions(const Path& folder, const std::vector<DirectoryEntry>& entries)
    {
        std::map<std::string, std::string> names;
        for (const DirectoryEntry& entry : entries) {
            if (entry.isDirectory || !reasonAgainst(entry.name, false).empty())
                continue;
            const auto [first, fresh] = names.emplace(lower(entry.name), entry.name);
            if (fresh)
                continue;
            m_result.problems.push_back({.kind = Kind::CaseCollision,
                                         .detail = "The names " + printable(first->second) +
                                                   " and " + printable(entry.name) +
                                                   " differ only in case and are one file on "
                                                   "Windows and macOS; rename one of them.",
                                         .span = {.file = (folder / entry.name).string()},
                                         .revision = {},
                                         .alembic = {}});
        }
    }

    void ignore(const Path& path, std::string reason)
    {
        m_result.ignored.push_back({.file = path.string(), .reason = std::move(reason)});
    }

    const Path& realFolder(const Path& folder)
    {
        const auto [entry, fresh] = m_real.try_emplace(folder.string(), folder);
        if (fresh)
            entry->second = m_files.canonical(folder).value_or(folder);
        return entry->second;
    }

    const FileSystem& m_files;
    const Project& m_project;
    VersionFiles m_result;
    std::vector<Path> m_open;
    std::set<std::string> m_seen;
    std::map<std::string, Path> m_real;
};

} // namespace

Result<VersionFiles>
listVersionFiles(const FileSystem& files, const Project& project, const RunContext& run)
{
    return Lister(files, project).list(run);
}

} // namespace sightglass
