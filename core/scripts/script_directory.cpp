// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scripts/script_directory.h"

#include "core/scripts/revision_file.h"
#include "core/scripts/version_files.h"

#include <algorithm>
#include <atomic>
#include <thread>

namespace sightglass {

namespace {

constexpr std::size_t largestFile = 16'000'000; // bytes; the largest revision file known has 0.7 MB
constexpr std::size_t headOfLarge = 1'000'000;
constexpr std::size_t filesAReport = 64;

FileProblem unreadable(const VersionFile& file, const Error& error)
{
    const bool vanished = error.code == ErrorCode::NotFound;
    return {.kind = FileProblem::Kind::Unreadable,
            .detail = vanished
                          ? "The file was listed and is gone, or is a link to nothing; read the "
                            "folder again, or "
                            "remove the link."
                          : error.message + (error.nextStep.empty() ? "" : " " + error.nextStep),
            .span = {.file = file.shown},
            .revision = {},
            .alembic = vanished ? "FileNotFoundError"
                                : "an error of the operating system while loading the file"};
}

FileProblem tooLarge(const VersionFile& file)
{
    return {.kind = FileProblem::Kind::TooLarge,
            .detail = "The file has more than 16 MB, so only its first 1 MB was read and "
                      "identifiers bound later are not "
                      "seen; move its data into another file.",
            .span = {.file = file.shown},
            .revision = {},
            .alembic = {}};
}

RevisionFile readOne(const FileSystem& files,
                     const VersionFile& file,
                     ProjectModules& modules,
                     std::stop_token stop)
{
    const auto bytes = files.read(file.path, largestFile + 1);
    if (!bytes)
        return {.revision = std::nullopt, .problems = {unreadable(file, bytes.error())}};
    const bool whole = bytes->size() <= largestFile;
    RevisionFileRequest request{.file = file.shown, .bytes = *bytes, .whole = whole};
    if (!whole)
        request.bytes = request.bytes.substr(0, headOfLarge);
    RevisionFile result = readRevisionFile(request, modules, std::move(stop));
    if (!whole) {
        result.problems.insert(result.problems.begin(), tooLarge(file));
        if (result.revision)
            result.problems.front().revision = result.revision->id;
    }
    return result;
}

/// Reads every file into its own place; workers take the next one when they are free.
std::vector<RevisionFile> readAll(const FileSystem& files,
                                  const Project& project,
                                  const std::vector<VersionFile>& list,
                                  const RunContext& run)
{
    std::vector<RevisionFile> results(list.size());
    std::atomic<std::size_t> next{0};
    std::atomic<std::size_t> done{0};
    const auto work = [&] {
        ProjectModules modules(files, project.importRoots);
        for (std::size_t i = next++; i < list.size() && !run.stopRequested(); i = next++) {
            results[i] = readOne(files, list[i], modules, run.stop);
            const std::size_t count = ++done;
            if (count % filesAReport == 0 || count == list.size())
                run.report(
                    {.stage = "Reading revision files", .done = count, .total = list.size()});
        }
    };
    const std::size_t cores = std::max(1U, std::thread::hardware_concurrency());
    const std::size_t helpers = std::min(cores, list.size() / 16 + 1) - 1;
    std::vector<std::jthread> threads;
    for (std::size_t i = 0; i < helpers; ++i)
        threads.emplace_back(work);
    work();
    threads.clear(); // waits for them
    return results;
}

} // namespace

Result<Scripts> readScripts(const FileSystem& files, const Project& project, const RunContext& run)
{
    const auto begin = std::chrono::steady_clock::now();
    auto list = listVersionFiles(files, project, run);
    if (!list)
        return failure(list.error());
    if (list->locationsListed == 0 && !list->failures.empty())
        return failure(list->failures.front());
    auto read = readAll(files, project, list->files, run);
    if (run.stopRequested())
        return failure(ErrorCode::Cancelled, "Reading the revision files was stopped.");
    Scripts scripts{.project = project,
                    .problems = std::move(list->problems),
                    .ignored = std::move(list->ignored)};
    scripts.filesRead = list->files.size();
    scripts.revisions.reserve(read.size());
    for (RevisionFile& file : read) {
        std::ranges::move(file.problems, std::back_inserter(scripts.problems));
        if (file.revision)
            scripts.revisions.push_back(std::move(*file.revision));
    }
    scripts.duration = std::chrono::duration_cast<std::chrono::milliseconds>(
        std::chrono::steady_clock::now() - begin);
    return scripts;
}

} // namespace sightglass
