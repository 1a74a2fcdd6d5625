// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/history/first_reading.h"

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

bool asksSchema(const FirstReading& reading)
{
    return reading.upgrade.end == RevisionReading::End::NeedsSchema;
}

/// Reads files one after the other; one for each thread.
class FileReader
{
public:
    FileReader(const FirstReadingRequest& request, const RunContext& run)
        : m_request(request)
        , m_run(run)
        , m_modules(request.files, request.importRoots)
        , m_recording(m_modules)
    {}

    /// key, identity  set where the reading can be told by them
    FirstReadingOrKept read(const std::string& file, std::string& key, std::string& identity)
    {
        auto bytes = m_request.files.read(file, largestFile + 1);
        if (!bytes)
            return neitherRead(file, bytes.error().message);
        if (bytes->size() > largestFile)
            return neitherRead(file, "the file has more than 16 MB");
        if (m_request.cache == nullptr)
            return parsed(file, std::move(*bytes));
        ReadingCache& cache = *m_request.cache;
        key = cache.keyOf(file, *bytes);
        if (auto kept = cache.find(key, m_modules)) {
            identity = identityOf(key, kept->head.lookups);
            return KeptSteps{.bytes = std::move(kept->bytes),
                             .file = file,
                             .upgradeAsksSchema = kept->head.upgradeAsksSchema};
        }
        kept::KeptReading made{.head = {}, .reading = parsed(file, std::move(*bytes))};
        if (m_run.stopRequested())
            return std::move(made.reading);
        made.head = {.upgradeAsksSchema = asksSchema(made.reading),
                     .lookups = m_recording.lookups()};
        identity = identityOf(key, made.head.lookups);
        cache.keep(key, made);
        return std::move(made.reading);
    }

private:
    FirstReading parsed(const std::string& file, std::string bytes)
    {
        auto tree = SyntaxTree::parse(std::move(bytes), m_run.stop);
        if (!tree)
            return neitherRead(file, "reading was stopped");
        const SourceModule module{
            .file = file, .path = file, .isPackage = false, .tree = std::move(*tree)};
        RecordingTarget target;
        const auto read = [&](Direction direction) {
            RevisionReading reading = readRevision(
                module, direction, m_request.surroundings, target, m_recording, m_run.stop);
            reading.operations.shrink_to_fit(); // they are large, and stay
            return reading;
        };
        m_recording.begin();
        return {.upgrade = read(Direction::Upgrade), .downgrade = read(Direction::Downgrade)};
    }

    const FirstReadingRequest& m_request;
    const RunContext& m_run;
    FileModuleSource m_modules;
    RecordingModules m_recording;
};

} // namespace

FirstReading neitherRead(const std::string& file, const std::string& why)
{
    return {.upgrade = notRead(file, why), .downgrade = notRead(file, why)};
}

bool upgradeAsksSchema(const FirstReadingOrKept& reading)
{
    if (const auto* kept = std::get_if<KeptSteps>(&reading))
        return kept->upgradeAsksSchema;
    return asksSchema(std::get<FirstReading>(reading));
}

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

FirstReadings readFirst(const FirstReadingRequest& request, const RunContext& run)
{
    const std::size_t size = request.graph.size();
    FirstReadings results;
    results.readings.resize(size);
    results.keys.resize(size);
    results.identities.resize(size);
    std::atomic<std::size_t> next{0};
    std::atomic<std::size_t> done{0};
    const auto work = [&] {
        FileReader reader(request, run);
        for (std::size_t i = next++; i < size && !run.stopRequested(); i = next++) {
            const auto index = static_cast<RevisionIndex>(i);
            results.readings[i] = reader.read(
                request.graph.revision(index).span.file, results.keys[i], results.identities[i]);
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
