// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/demos/demo.h"

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <sstream>

#include <toml++/toml.h>

namespace sightglass {

namespace fs = std::filesystem;

namespace {

struct OrderedDemo
{
    int order = 0;
    DemoDescription demo;
};

Result<OrderedDemo> readDescription(const Path& folder)
{
    const Path file = folder / "demo.toml";
    const auto text = DiskFileSystem().read(file);
    if (!text)
        return failure(text.error());
    toml::table table;
    try {
        table = toml::parse(*text);
    } catch (const toml::parse_error& error) {
        return failure(Error{.code = ErrorCode::Malformed,
                             .message = "The demo's description can't be read: " + std::string(error.description()) + ".",
                             .file = file.string(),
                             .line = static_cast<int>(error.source().begin.line)});
    }
    const auto word = [&](std::string_view key) { return table[key].value_or(std::string()); };
    const Path project = (folder / table["project"].value_or(std::string("project"))).lexically_normal();
    return OrderedDemo{.order = table["order"].value_or(1'000),
                       .demo = {.name = folder.filename().string(),
                                .title = word("title"),
                                .summary = word("summary"),
                                .database = word("database"),
                                .projectName = word("project_name").empty() ? folder.filename().string()
                                                                            : word("project_name"),
                                .expectedState = word("expected_state"),
                                .folder = folder,
                                .project = project}};
}

Result<void> copyProject(const Path& from, const Path& to)
{
    std::error_code code;
    fs::copy(from, to, fs::copy_options::recursive, code);
    if (code)
        return failure(ErrorCode::NotReadable, "The demo's project could not be copied: " + code.message() + ".");
    return {};
}

Result<void> fillDatabase(const PrivateServer& server, const DemoDescription& demo, const RunContext& run)
{
    run.report({.stage = "Bringing the database into its state"});
    if (auto made = server.createDatabase(demo.database, run); !made)
        return made;
    const auto sql = DiskFileSystem().read(demo.folder / "database.sql");
    if (!sql)
        return failure(sql.error());
    return server.runSql(demo.database, *sql, run);
}

std::string namesOf(const std::vector<DemoDescription>& demos)
{
    std::string names;
    for (const DemoDescription& demo : demos)
        names += (names.empty() ? "" : ", ") + demo.name;
    return names;
}

} // namespace

Result<Path> demosFolder()
{
    std::vector<Path> candidates;
    if (const char* chosen = std::getenv("SIGHTGLASS_DEMOS")) // NOLINT(concurrency-mt-unsafe)
        candidates.emplace_back(chosen);
    std::error_code code;
    const Path program = fs::read_symlink("/proc/self/exe", code);
    if (!code)
        candidates.push_back(program.parent_path().parent_path() / "share" / "sightglass" / "demos");
    candidates.emplace_back(SIGHTGLASS_SOURCE_DIR "/resources/demos");
    for (const Path& candidate : candidates) {
        if (fs::is_directory(candidate, code))
            return candidate;
    }
    return failure(ErrorCode::NotFound, "The demos are not installed.",
                   "Install them beside the program or set SIGHTGLASS_DEMOS to their folder.");
}

Result<std::vector<DemoDescription>> listDemos(const Path& folder)
{
    const auto entries = DiskFileSystem().list(folder);
    if (!entries)
        return failure(entries.error());
    std::vector<OrderedDemo> ordered;
    for (const DirectoryEntry& entry : *entries) {
        if (!entry.isDirectory || !DiskFileSystem().isFile(folder / entry.name / "demo.toml"))
            continue;
        auto demo = readDescription(folder / entry.name);
        if (!demo)
            return failure(demo.error());
        ordered.push_back(std::move(*demo));
    }
    std::ranges::stable_sort(ordered, {}, &OrderedDemo::order);
    std::vector<DemoDescription> demos;
    for (OrderedDemo& entry : ordered)
        demos.push_back(std::move(entry.demo));
    return demos;
}

Result<RunningDemo> startDemo(const std::string& name, const RunContext& run)
{
    const auto demos = demosFolder().and_then(listDemos);
    if (!demos)
        return failure(demos.error());
    const auto found = std::ranges::find(*demos, name, &DemoDescription::name);
    if (found == demos->end())
        return failure(ErrorCode::Usage, "There is no demo \"" + name + "\".", "There are: " + namesOf(*demos) + ".");
    auto server = PrivateServer::start(run);
    if (!server)
        return failure(server.error());
    RunningDemo running{.description = *found, .server = std::move(*server)};
    running.project = Path(running.server->folder()) / "project" / found->projectName;
    std::error_code code;
    fs::create_directories(running.project.parent_path(), code);
    if (const auto copied = copyProject(found->project, running.project); !copied)
        return failure(copied.error());
    if (const auto filled = fillDatabase(*running.server, *found, run); !filled)
        return failure(filled.error());
    running.dsn = running.server->uri(found->database);
    return running;
}

} // namespace sightglass
