// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/branch_reading.h"

#include "app/review_project.h"
#include "core/git/repository.h"
#include "ui/text.h"

namespace sightglass {

namespace {

Path versionsFolderOf(const Project& project)
{
    return project.versionLocations.empty() ? project.root : project.versionLocations.front();
}

} // namespace

Result<BranchChoices> branchesOf(const Project& project)
{
    const auto repository = GitRepository::containing(versionsFolderOf(project));
    if (!repository)
        return failure(repository.error());
    const auto branches = repository->branches();
    if (!branches)
        return failure(branches.error());
    BranchChoices choices{
        .current = toQString(branches->current), .usual = toQString(branches->usual), .names = {}};
    for (const std::string& name : branches->names)
        choices.names << toQString(name);
    return choices;
}

BranchReview
reviewOfBranch(const Inspection& inspection, const std::string& reference, const RunContext& run)
{
    BranchReview review;
    auto report = reviewProject(DiskFileSystem(), inspection, {.since = reference}, run);
    if (!report) {
        review.error = std::move(report.error());
        return review;
    }
    review.report = std::move(*report);
    for (const ReviewedRevision& revision : review.report.result.revisions)
        review.operations += revision.footprints.size();
    const auto repository =
        GitRepository::containing(versionsFolderOf(inspection.scripts->project));
    if (!repository)
        return review;
    if (const auto branches = repository->branches())
        review.branch = toQString(branches->current);
    return review;
}

} // namespace sightglass
