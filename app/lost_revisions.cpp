// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/lost_revisions.h"

#include "core/git/repository.h"
#include "core/scripts/project_modules.h"
#include "core/scripts/revision_file.h"

#include <algorithm>
#include <array>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string_view>
#include <utility>

namespace sightglass {

namespace {

/// Where a folder search stops.
constexpr std::size_t mostFolders = 400;
constexpr std::size_t mostFolderFiles = 5000;
constexpr int deepest = 6;
constexpr std::size_t longestFile = 1U << 18U;
constexpr std::array<std::string_view, 5> foldersLeftOut{
    "node_modules", "site-packages", "__pycache__", "build", "dist"};

/// A file that may be a revision's, and where it came from.
struct Candidate
{
    FoundRevision place; ///< all but id and what it builds on
    std::string_view text;
};

class Elsewhere
{
public:
    Elsewhere(const FileSystem& files,
              const Scripts& scripts,
              const RevisionGraph& graph,
              const RunContext& run)
        : m_files(files)
        , m_project(scripts.project)
        , m_graph(graph)
        , m_run(run)
        , m_modules(files, {}) // other code than this project's
    {}

    ElsewhereSearch result(const std::vector<std::string>& ids)
    {
        searchGit();
        searchFolders();
        for (const std::string& id : ids) {
            if (const Candidate* found = find(id))
                add(id, *found);
        }
        return std::move(m_result);
    }

private:
    void searchGit()
    {
        const auto repository = GitRepository::containing(m_project.root);
        if (!repository)
            return;
        auto answer =
            repository->searchHistory({.suffix = ".py", .contains = "down_revision"}, m_run);
        if (!answer)
            return;
        m_history = std::move(*answer);
        m_result.complete = m_history.complete;
        m_result.searched = std::to_string(m_history.commits) +
                            (m_history.commits == 1 ? " commit" : " commits") +
                            " of all branches, tags and stashes";
        for (const FileVersion& file : m_history.files) {
            using Place = FoundRevision::Place;
            const Place place = !file.branch.empty() ? Place::Branch
                                : file.isStashed     ? Place::Stash
                                                     : Place::Deleted;
            m_candidates.push_back({.place = {.id = {},
                                              .place = place,
                                              .where = file.branch,
                                              .path = file.path,
                                              .commit = file.commit,
                                              .summary = file.summary,
                                              .when = file.date,
                                              .contents = file.contents,
                                              .buildsOn = {}},
                                    .text = file.contents});
        }
        // What a branch has now is better than what was lost.
        std::ranges::stable_sort(m_candidates, {}, [](const Candidate& each) {
            return static_cast<int>(each.place.place);
        });
    }

    /// Folders named like one of the version folders, beside the project.
    void searchFolders()
    {
        std::set<std::string> names;
        for (const Path& folder : m_project.versionLocations)
            names.insert(folder.filename().string());
        const Path above = m_project.root.parent_path();
        if (names.empty() || above.empty() || above == m_project.root || !above.has_relative_path())
            return;
        std::size_t folders = 0;
        walk(above, names, 0, folders);
        for (const auto& [folder, text] : m_folderTexts) {
            m_candidates.push_back({.place = {.id = {},
                                              .place = FoundRevision::Place::Folder,
                                              .where = folder.parent_path().string(),
                                              .path = folder.filename().string(),
                                              .commit = {},
                                              .summary = {},
                                              .when = {},
                                              .contents = text,
                                              .buildsOn = {}},
                                    .text = text});
        }
        m_result.searched += (m_result.searched.empty() ? "" : ", and ") + std::to_string(folders) +
                             " folders beside the project";
    }

    void walk(const Path& folder, const std::set<std::string>& names, int depth, std::size_t& count)
    {
        if (depth > deepest || count >= mostFolders || m_run.stopRequested())
            return;
        ++count;
        const auto entries = m_files.list(folder);
        if (!entries)
            return;
        const bool wanted = names.contains(folder.filename().string()) && !isOwn(folder);
        for (const DirectoryEntry& entry : *entries) {
            if (entry.isLink)
                continue;
            if (entry.isDirectory && !entry.name.starts_with(".") &&
                std::ranges::find(foldersLeftOut, entry.name) == foldersLeftOut.end())
                walk(folder / entry.name, names, depth + 1, count);
            else if (wanted && entry.isFile && entry.name.ends_with(".py") &&
                     m_folderTexts.size() < mostFolderFiles)
                take(folder / entry.name);
        }
    }

    bool isOwn(const Path& folder) const
    {
        return std::ranges::any_of(m_project.versionLocations, [&](const Path& each) {
            return each.lexically_normal() == folder.lexically_normal();
        });
    }

    void take(const Path& file)
    {
        auto text = m_files.read(file, longestFile);
        if (text && text->find("down_revision") != std::string::npos)
            m_folderTexts.emplace(file, std::move(*text));
    }

    /// Only files that have the id in quotes are read.
    const Candidate* find(const std::string& id)
    {
        for (const Candidate& candidate : m_candidates) {
            if (candidate.text.find("'" + id + "'") == std::string_view::npos &&
                candidate.text.find("\"" + id + "\"") == std::string_view::npos)
                continue;
            const auto revision = read(candidate);
            if (revision && revision->id == id)
                return &candidate;
        }
        return nullptr;
    }

    std::optional<Revision> read(const Candidate& candidate)
    {
        return readRevisionFile({.file = candidate.place.path, .bytes = candidate.text}, m_modules)
            .revision;
    }

    /// Follows the down revisions through other files that were found, to ones of this chain.
    void add(const std::string& id, const Candidate& candidate)
    {
        constexpr std::size_t longestWay = 500;
        FoundRevision found = candidate.place;
        found.id = id;
        std::vector<const Candidate*> layer{&candidate};
        std::set<std::string> seen{id};
        for (found.steps = 1; found.steps < longestWay && found.buildsOn.empty(); ++found.steps) {
            std::vector<const Candidate*> next;
            for (const Candidate* each : layer)
                follow(*each, seen, found, next);
            if (!found.buildsOn.empty() || next.empty())
                break;
            layer = std::move(next);
        }
        m_result.found.push_back(std::move(found));
    }

    void follow(const Candidate& candidate,
                std::set<std::string>& seen,
                FoundRevision& found,
                std::vector<const Candidate*>& next)
    {
        const auto revision = read(candidate);
        if (!revision)
            return;
        for (const RevisionReference& down : revision->down) {
            if (m_graph.find(down.id))
                found.buildsOn.push_back(down.id);
            else if (seen.insert(down.id).second) {
                if (const Candidate* below = find(down.id))
                    next.push_back(below);
            }
        }
    }

    const FileSystem& m_files;
    const Project& m_project;
    const RevisionGraph& m_graph;
    const RunContext& m_run;
    ProjectModules m_modules;
    HistoryAnswer m_history; ///< candidates point into it
    std::map<Path, std::string> m_folderTexts;
    std::vector<Candidate> m_candidates;
    ElsewhereSearch m_result;
};

} // namespace

std::shared_ptr<const ElsewhereSearch> searchElsewhere(const FileSystem& files,
                                                       const Scripts& scripts,
                                                       const RevisionGraph& graph,
                                                       const LiveState& live,
                                                       const RunContext& run)
{
    const auto pairing = pairVersionTable(scripts.project, graph, live);
    std::vector<std::string> unknown;
    if (pairing.table != nullptr) {
        for (const std::string& row : pairing.table->rows) {
            if (!row.empty() && !graph.find(row))
                unknown.push_back(row);
        }
    }
    if (unknown.empty())
        return nullptr;
    return std::make_shared<const ElsewhereSearch>(
        searchElsewhereFor(files, scripts, graph, unknown, run));
}

ElsewhereSearch searchElsewhereFor(const FileSystem& files,
                                   const Scripts& scripts,
                                   const RevisionGraph& graph,
                                   const std::vector<std::string>& ids,
                                   const RunContext& run)
{
    return Elsewhere(files, scripts, graph, run).result(ids);
}

std::vector<FoundRevision> findLostInGit(const FileSystem& files,
                                         const Scripts& scripts,
                                         const RevisionGraph& graph,
                                         const std::string& id,
                                         const RunContext& run)
{
    std::vector<FoundRevision> found;
    std::set<std::string> asked{id};
    for (std::vector<std::string> wanted{id}; !wanted.empty();) {
        const ElsewhereSearch search = searchElsewhereFor(files, scripts, graph, wanted, run);
        wanted.clear();
        ProjectModules modules(files, {});
        for (const FoundRevision& each : search.found) {
            if (each.place == FoundRevision::Place::Folder)
                continue;
            found.push_back(each);
            const auto revision =
                readRevisionFile({.file = each.path, .bytes = each.contents}, modules).revision;
            for (const RevisionReference& down :
                 revision ? revision->down : std::vector<RevisionReference>()) {
                if (!graph.find(down.id) && asked.insert(down.id).second)
                    wanted.push_back(down.id);
            }
        }
    }
    return found;
}

} // namespace sightglass
