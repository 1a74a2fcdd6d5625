// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/visit.h"

#include "app/user_folders.h"
#include "core/diagnosis/diagnose.h"
#include "core/project/compose.h"
#include "core/scripts/sightglass_settings.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <set>
#include <string>
#include <system_error>
#include <utility>

namespace sightglass {

namespace {

constexpr std::size_t largestFile = 8'000'000;

/// There in full or not at all; readable by its owner alone.
bool writeWhole(const Path& file, const std::string& text)
{
    namespace fs = std::filesystem;
    std::error_code code;
    fs::create_directories(file.parent_path(), code);
    const Path beside = file.string() + "." + std::to_string(::getpid()) + ".part";
    {
        std::ofstream stream(beside, std::ios::binary | std::ios::trunc);
        fs::permissions(beside, fs::perms::owner_read | fs::perms::owner_write, code);
        stream << text;
        stream.close();
        if (!stream)
            code = std::make_error_code(std::errc::io_error);
    }
    if (!code)
        fs::rename(beside, file, code);
    if (!code)
        return true;
    std::error_code ignored;
    fs::remove(beside, ignored);
    return false;
}

/// "1", "true", "yes": what CI systems set.
bool saysYes(const std::optional<std::string>& value)
{
    static constexpr std::array words{"1", "true", "True", "TRUE", "yes"};
    return value && std::ranges::any_of(words, [&](const char* word) { return *value == word; });
}

auto orderOf(const RevisionGraph& graph)
{
    return [&graph](const std::string& earlier, const std::string& later) -> std::optional<bool> {
        const auto one = graph.find(earlier);
        const auto other = graph.find(later);
        if (!one || !other)
            return std::nullopt;
        if (*one == *other)
            return false;
        const std::array start{*other};
        return graph.withAncestors(start)[*one];
    };
}

/// Names of the tables that the chain has where these rows stand; none where a row is unknown.
std::set<std::string> tablesAt(const Inspection& inspection, const std::vector<std::string>& rows)
{
    std::set<std::string> names;
    std::vector<RevisionIndex> at;
    for (const std::string& row : rows) {
        const auto index = inspection.graph->find(row);
        if (!index)
            return names;
        at.push_back(*index);
    }
    if (inspection.history == nullptr)
        return names;
    for (const auto& [name, table] : inspection.history->at(at).schema.tables)
        names.insert(toText(QualifiedName{.schema = name.schema.empty() ? "public" : name.schema,
                                          .name = name.name}));
    return names;
}

ChainBetween chainBetween(const Inspection& inspection,
                          const DatabaseIdentity& before,
                          const DatabaseIdentity& now)
{
    ChainBetween chain{.comesBefore = orderOf(*inspection.graph),
                       .removes = [](const std::string&) { return false; }};
    if (before.versionRows == now.versionRows)
        return chain;
    chain.removes = [first = tablesAt(inspection, before.versionRows),
                     second = tablesAt(inspection, now.versionRows)](const std::string& table) {
        return first.contains(table) && !second.contains(table);
    };
    return chain;
}

std::vector<ComposedServer> composedServers(const FileSystem& files, const Project& project)
{
    const ScanLimits near{.files = 2'000, .folders = 300, .depth = 3};
    const ProjectFiles tree = listProjectFiles(files, project, {}, near);
    std::vector<std::string> notes;
    std::vector<ComposedServer> made;
    for (const ComposeFile& file : readComposeFiles(files, tree, near, notes)) {
        for (const ComposeService& service : file.services) {
            for (const std::string& port :
                 runsPostgres(service) ? service.ports : std::vector<std::string>())
                made.push_back({.port = port,
                                .file = file.file,
                                .service = service.name,
                                .environment = file.isForTests ? EnvironmentKind::Test
                                                               : EnvironmentKind::Development});
        }
    }
    return made;
}

void compareAndKeep(const Inspection& inspection,
                    const DatabaseIdentity& now,
                    const Path& file,
                    bool accept,
                    DatabaseVisit& visit)
{
    const DiskFileSystem files;
    const auto text = files.read(file, largestFile);
    const auto before =
        text ? readIdentity(*text) : Result<DatabaseIdentity>(failure(text.error()));
    DatabaseIdentity kept = now;
    if (before && !accept) {
        visit.rememberedAt = before->readAt;
        visit.noticed = before->noticed;
        visit.changes = identityChanges(*before, now, chainBetween(inspection, *before, now));
        kept = withNoticed(now, *before, visit.changes);
    } else if (!before && before.error().code == ErrorCode::Malformed) {
        visit.notCompared = before.error().message + " It was made anew.";
    } else if (!before && before.error().code != ErrorCode::NotFound) {
        visit.notCompared = before.error().message;
        return; // what can't be read now is not written over
    }
    if (!writeWhole(file, identityText(kept)))
        visit.notKept = "It is not remembered: " + printable(file.string()) + " can't be written.";
}

} // namespace

EnvironmentHints environmentHints(const FileSystem& files, const Project& project)
{
    EnvironmentHints made;
    made.inCi = saysYes(environmentVariable("CI"));
    if (project.root.empty())
        return made;
    if (const auto settings = readSightglassSettings(files, project.root)) {
        for (const auto& [pattern, word] : settings->environment)
            made.patterns.push_back({pattern, environmentFromText(word)});
    }
    made.composed = composedServers(files, project);
    return made;
}

DatabaseVisit visitDatabase(const FileSystem& files,
                            const Inspection& inspection,
                            const ConnectionTarget& target,
                            bool accept)
{
    const Project& project = inspection.scripts->project;
    DatabaseVisit visit;
    EnvironmentHints hints = environmentHints(files, project);
    const ServerFacts& server = inspection.live->server;
    hints.connectedHost = server.host;
    hints.connectedPort = server.port;
    hints.connectedDatabase = server.database;
    visit.environment = judgeEnvironment(target, hints);
    const Path folder = identityFolder();
    if (visit.environment.environment == EnvironmentKind::Ephemeral)
        visit.notCompared = "The database is thrown away with what made it.";
    else if (folder.empty())
        visit.notCompared = "Nothing is remembered of databases here.";
    if (!visit.notCompared.empty())
        return visit;
    const auto pairing = pairVersionTable(project, *inspection.graph, *inspection.live);
    const auto now = identityOf(*inspection.live, target.shown, pairing.table);
    if (now)
        compareAndKeep(inspection, *now, folder / identityFileName(target), accept, visit);
    else
        visit.notCompared = "A part of the catalog could not be read.";
    return visit;
}

} // namespace sightglass
