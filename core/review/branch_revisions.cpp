// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/review/branch_revisions.h"

#include "core/scripts/revision_file.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <ranges>
#include <set>

namespace sightglass {

namespace {

Path realPath(const Path& path)
{
    std::error_code error;
    return std::filesystem::weakly_canonical(path, error);
}

/// A version location as git names it; empty text: the working folder itself; absent: outside.
std::optional<std::string> folderIn(const GitRepository& repository, const Path& location)
{
    const std::string relative = realPath(location)
                                     .lexically_relative(realPath(repository.workingFolder()))
                                     .generic_string();
    if (relative.empty() || relative.starts_with(".."))
        return std::nullopt;
    return relative == "." ? std::string() : relative;
}

/// The files that a commit has in the version locations.
Result<std::vector<CommittedFile>>
filesAt(const GitRepository& repository, const std::string& commit, const Scripts& scripts)
{
    std::vector<CommittedFile> result;
    for (const Path& location : scripts.project.versionLocations) {
        const auto folder = folderIn(repository, location);
        if (!folder)
            continue;
        auto committed = repository.filesAt(commit, *folder, ".py");
        if (!committed)
            return failure(committed.error());
        std::ranges::move(*committed, std::back_inserter(result));
    }
    return result;
}

/// Ids and contents of the revision files among them.
std::map<std::string, std::string> revisionsIn(const std::vector<CommittedFile>& committed,
                                               ProjectModules& modules)
{
    std::map<std::string, std::string> result;
    for (const CommittedFile& file : committed) {
        const RevisionFile read =
            readRevisionFile({.file = file.path, .bytes = file.contents}, modules);
        if (read.revision)
            result.insert_or_assign(read.revision->id, file.contents);
    }
    return result;
}

} // namespace

Result<BranchRevisions> revisionsSince(const FileSystem& files,
                                       const Scripts& scripts,
                                       const RevisionGraph& graph,
                                       const std::string& reference)
{
    if (scripts.project.versionLocations.empty())
        return failure(
            ErrorCode::NotFound, "The project has no version location.", "See alembic.ini.");
    const auto repository = GitRepository::containing(scripts.project.versionLocations.front());
    if (!repository)
        return failure(repository.error());
    const auto base = repository->mergeBase(reference);
    if (!base)
        return failure(base.error());
    ProjectModules modules(files, scripts.project.importRoots);
    const auto committed = filesAt(*repository, *base, scripts);
    if (!committed)
        return failure(committed.error());
    const auto before = revisionsIn(*committed, modules);
    BranchRevisions result{.base = *base};
    for (const CommittedFile& file : *committed) {
        const Path path = realPath(repository->workingFolder() / file.path);
        const auto now = files.read(path);
        if (now && *now == file.contents)
            result.unchanged.insert(path);
    }
    std::set<std::string> here;
    for (const RevisionIndex index : graph.walkOrder() | std::views::reverse) {
        const Revision& revision = graph.revision(index);
        here.insert(revision.id);
        const auto known = before.find(revision.id);
        if (known != before.end()) {
            const auto now = files.read(revision.span.file);
            if (!now || *now == known->second)
                continue;
        }
        result.added.push_back(index);
    }
    for (const auto& [id, contents] : before) {
        if (!here.contains(id))
            result.deleted.push_back(id);
    }
    return result;
}

} // namespace sightglass
