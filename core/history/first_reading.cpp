// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/history/first_reading.h"

#include "core/evaluation/file_module_source.h"
#include "core/history/reading_cache.h"

#include <algorithm>
#include <atomic>
#include <thread>

namespace sightglass {

namespace {

constexpr std::size_t largestFile = 16'000'000; // bytes
constexpr std::size_t filesAReport = 64;

RevisionReading notRead(const std::string& file, std::string why)
{
    RevisionReading reading;
    reading.end = RevisionReading::End::Limit;
    reading.raised = std::move(why);
    reading.endSpan.file = file;
    return reading;
}

FirstReading readOne(const FirstReadingRequest& request,
                     const std::string& file,
                     FileModuleSource& modules,
                     const RunContext& run)
{
    const auto bytes = request.files.read(file, largestFile + 1);
    if (!bytes)
        return {.upgrade = notRead(file, bytes.error().message),
                .downgrade = notRead(file, bytes.error().message)};
    if (bytes->size() > largestFile) {
        const std::string why = "the file has more than 16 MB";
        return {.upgrade = notRead(file, why), .downgrade = notRead(file, why)};
    }
    std::string key;
    if (request.cache != nullptr) {
        key = request.cache->keyOf(file, *bytes);
        if (auto kept = request.cache->find(key, modules))
            return std::move(*kept);
    }
    auto tree = SyntaxTree::parse(*bytes, run.stop);
    if (!tree)
        return {.upgrade = notRead(file, "reading was stopped"),
                .downgrade = notRead(file, "reading was stopped")};
    const SourceModule module{
        .file = file, .path = file, .isPackage = false, .tree = std::move(*tree)};
    RecordingTarget target;
    FirstReading result{
        .upgrade = readRevision(
            module, Direction::Upgrade, request.surroundings, target, modules, run.stop),
        .downgrade = readRevision(
            module, Direction::Downgrade, request.surroundings, target, modules, run.stop)};
    if (request.cache != nullptr && !run.stopRequested())
        request.cache->keep(key, result, modules);
    return result;
}

} // namespace

std::optional<SourceModule>
parseRevision(const FileSystem& files, const std::string& file, std::stop_token stop)
{
    auto bytes = files.read(file, largestFile + 1);
    if (!bytes || bytes->size() > largestFile)
        return std::nullopt;
    auto tree = SyntaxTree::parse(std::move(*bytes), std::move(stop));
    if (!tree)
        return std::nullopt;
    return SourceModule{.file = file, .path = file, .isPackage = false, .tree = std::move(*tree)};
}

std::vector<FirstReading> readFirst(const FirstReadingRequest& request, const RunContext& run)
{
    const std::size_t size = request.graph.size();
    std::vector<FirstReading> results(size);
    std::atomic<std::size_t> next{0};
    std::atomic<std::size_t> done{0};
    const auto work = [&] {
        FileModuleSource modules(request.files, request.importRoots);
        for (std::size_t i = next++; i < size && !run.stopRequested(); i = next++) {
            const auto index = static_cast<RevisionIndex>(i);
            results[i] = readOne(request, request.graph.revision(index).span.file, modules, run);
            const std::size_t count = ++done;
            if (count % filesAReport == 0 || count == size)
                run.report({.stage = "Reading operations", .done = count, .total = size});
        }
    };
    const std::size_t cores = std::max(1U, std::thread::hardware_concurrency());
    const std::size_t helpers = std::min(cores, size / 16 + 1) - 1;
    std::vector<std::jthread> threads;
    for (std::size_t i = 0; i < helpers; ++i)
        threads.emplace_back(work);
    work();
    threads.clear(); // waits for them
    return results;
}

} // namespace sightglass
