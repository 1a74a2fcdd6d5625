// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/review/branch_revisions.h"

#include "core/scripts/revision_file.h"

#include <map>
#include <ranges>
#include <set>

namespace sightglass {

namespace {

/// A version location as git names it; empty text: the working folder itself; absent: outside.
std::optional<std::string> folderIn(const GitRepository& repository, const Path& location)
{
    std::error_code error;
    const auto real = std::filesystem::weakly_canonical(location, error);
    const auto root = std::filesystem::weakly_canonical(repository.workingFolder(), error);
    const std::string relative = real.lexically_relative(root).generic_string();
    if (relative.empty() || relative.starts_with(".."))
        return std::nullopt;
    return relative == "." ? std::string() : relative;
}

/// Ids and contents of the revision files that a commit has.
Result<std::map<std::string, std::string>> revisionsAt(const GitRepository& repository,
                                                       const std::string& commit,
                                                       const Scripts& scripts,
                                                       ProjectModules& modules)
{
    std::map<std::string, std::string> result;
    for (const Path& location : scripts.project.versionLocations) {
        const auto folder = folderIn(repository, location);
        if (!folder)
            continue;
        auto committed = repository.filesAt(commit, *folder, ".py");
        if (!committed)
            return failure(committed.error());
        for (const CommittedFile& file : *committed) {
            const RevisionFile read =
                readRevisionFile({.file = file.path, .bytes = file.contents}, modules);
            if (read.revision)
                result.insert_or_assign(read.revision->id, file.contents);
        }
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
    const auto before = revisionsAt(*repository, *base, scripts, modules);
    if (!before)
        return failure(before.error());
    BranchRevisions result{.base = *base};
    std::set<std::string> here;
    for (const RevisionIndex index : graph.walkOrder() | std::views::reverse) {
        const Revision& revision = graph.revision(index);
        here.insert(revision.id);
        const auto known = before->find(revision.id);
        if (known != before->end()) {
            const auto now = files.read(revision.span.file);
            if (!now || *now == known->second)
                continue;
        }
        result.added.push_back(index);
    }
    for (const auto& [id, contents] : *before) {
        if (!here.contains(id))
            result.deleted.push_back(id);
    }
    return result;
}

} // namespace sightglass
