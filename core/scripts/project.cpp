// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scripts/project.h"

#include "core/scripts/environment_facts.h"
#include "core/scripts/environment_search.h"
#include "core/scripts/project_settings.h"

#include <algorithm>
#include <utility>

namespace sightglass {

namespace {

using Found = Result<std::optional<Project>>;

class Finder
{
public:
    Finder(const FileSystem& files, const ProjectRequest& request)
        : m_files(files)
        , m_request(request)
    {}

    Result<Project> find()
    {
        auto start = m_files.canonical(m_request.start);
        if (!start)
            return failure(start.error());
        if (!m_files.isDirectory(*start)) {
            if (start->extension() != ".py")
                return fromFile(*start);
            start = start->parent_path(); // a revision or env.py stands for its folder
        }
        auto above = upward(*start);
        if (!above)
            return failure(above.error());
        if (*above)
            return std::move(**above);
        return below(*start);
    }

private:
    Result<Project> project(const Candidate& candidate) const
    {
        return projectFrom(m_files, candidate, m_request);
    }

    Result<Project> fromFile(const Path& file) const
    {
        if (file.filename() == "pyproject.toml") {
            const Path ini = file.parent_path() / "alembic.ini";
            return project(
                {.ini = m_files.isFile(ini) ? ini : Path(), .toml = file, .scripts = {}});
        }
        const Path toml = file.parent_path() / "pyproject.toml";
        return project({.ini = file, .toml = m_files.isFile(toml) ? toml : Path(), .scripts = {}});
    }

    /// The nearest environment at `start` or above. A folder of scripts belongs to settings further
    /// up when those name it.
    Found upward(const Path& start)
    {
        std::optional<Candidate> scripts;
        if (holdsRevisions(m_files, start))
            scripts = Candidate{.ini = {}, .toml = {}, .scripts = start, .bare = true};
        for (const Path& folder : foldersUpward(m_files, start)) {
            m_lookedAt.push_back(folder);
            if (auto settings = settingsIn(m_files, folder)) {
                auto found = project(*settings);
                if (!scripts)
                    return found ? Found(std::move(*found)) : failure(found.error());
                if (found && names(*found, scripts->scripts))
                    return std::optional(std::move(*found));
                continue;
            }
            const bool better = !scripts || (scripts->bare && folder != scripts->scripts &&
                                             folder / "versions" == scripts->scripts);
            if (better && isScriptFolder(m_files, folder))
                scripts = Candidate{.ini = {}, .toml = {}, .scripts = folder};
        }
        if (!scripts)
            return std::optional<Project>();
        auto found = project(*scripts);
        return found ? Found(std::move(*found)) : failure(found.error());
    }

    bool names(const Project& candidate, const Path& scripts) const
    {
        const auto same = [&](const Path& path) {
            const auto real = m_files.canonical(path);
            return real && *real == scripts;
        };
        const auto holds = [&](const Path& path) {
            const auto real = m_files.canonical(path);
            return real && candidate.recursive &&
                   scripts.string().starts_with(real->string() + "/");
        };
        return same(candidate.scriptLocation) ||
               std::ranges::any_of(candidate.versionLocations, same) ||
               std::ranges::any_of(candidate.versionLocations, holds);
    }

    Result<Project> below(const Path& start)
    {
        std::vector<Candidate> candidates = environmentsBelow(m_files, start);
        dropNamedBySettings(candidates);
        if (candidates.size() == 1) {
            auto found = project(candidates.front());
            if (found) {
                found->notes.insert(found->notes.begin(),
                                    "The environment was found below the folder given, at " +
                                        candidates.front().place().string() + ".");
            }
            return found;
        }
        if (candidates.empty())
            return failure(nothingThere(start));
        std::string list;
        for (std::size_t i = 0; i < candidates.size() && i < 8; ++i)
            list += (i == 0 ? "" : ", ") + candidates[i].place().string();
        return failure(Error{.code = ErrorCode::Ambiguous,
                             .message = "There are " + std::to_string(candidates.size()) +
                                        " Alembic environments below " + start.string() + ": " +
                                        list + ".",
                             .nextStep = "Open one of them.",
                             .file = start.string()});
    }

    /// A folder with env.py that settings elsewhere name is their environment and no other.
    void dropNamedBySettings(std::vector<Candidate>& candidates) const
    {
        std::vector<Path> owned;
        for (const Candidate& candidate : candidates) {
            if (!candidate.hasSettings())
                continue;
            if (const auto found = project(candidate))
                owned.push_back(
                    m_files.canonical(found->scriptLocation).value_or(found->scriptLocation));
        }
        std::erase_if(candidates, [&](const Candidate& one) {
            return !one.hasSettings() && std::ranges::find(owned, one.scripts) != owned.end();
        });
    }

    Error nothingThere(const Path& start) const
    {
        std::string looked;
        for (const Path& folder : m_lookedAt)
            looked += (looked.empty() ? "" : ", ") + folder.string();
        return {.code = ErrorCode::NotFound,
                .message = "No Alembic environment is at or below " + start.string() +
                           ", nor above it (looked for alembic.ini, pyproject.toml with "
                           "[tool.alembic], and versions/ in " +
                           looked + ").",
                .nextStep =
                    "Open the folder that holds alembic.ini, or the versions folder itself.",
                .file = start.string()};
    }

    const FileSystem& m_files;
    const ProjectRequest& m_request;
    std::vector<Path> m_lookedAt;
};

} // namespace

Result<Project> findProject(const FileSystem& files, const ProjectRequest& request)
{
    return Finder(files, request).find();
}

} // namespace sightglass
