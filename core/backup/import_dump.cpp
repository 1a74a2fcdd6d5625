// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/backup/import_dump.h"

#include "core/backup/backup_name.h"
#include "core/backup/dump_file.h"
#include "core/base/error.h"
#include "core/journal/run_lock.h"
#include "core/process/run_process.h"

#include <array>
#include <fstream>
#include <optional>
#include <sstream>
#include <system_error>
#include <vector>

namespace sightglass {

namespace {

namespace fs = std::filesystem;

/// Schema and name of "…; … TABLE DATA schema name owner"; nothing where a blank in a name makes it
/// unclear.
std::optional<std::pair<std::string, std::string>> dataEntry(const std::string& line)
{
    constexpr std::string_view marker = " TABLE DATA ";
    const std::size_t at = line.find(marker);
    if (at == std::string::npos)
        return std::nullopt;
    std::istringstream words(line.substr(at + marker.size()));
    std::string schema;
    std::string name;
    std::string owner;
    std::string more;
    if (!(words >> schema >> name >> owner) || words >> more)
        return std::nullopt;
    return std::pair(schema, name);
}

/// The rows of a version table, out of the text that would copy them.
std::optional<std::vector<std::string>> copiedRows(const std::string& text)
{
    std::istringstream lines(text);
    std::vector<std::string> rows;
    bool isData = false;
    for (std::string line; std::getline(lines, line);) {
        if (isData && line == "\\.")
            return rows;
        if (isData)
            rows.push_back(line.find('\t') == std::string::npos ? line : std::string());
        isData =
            isData || (line.starts_with("COPY ") && line.ends_with("(version_num) FROM stdin;"));
    }
    return std::nullopt;
}

/// Version table and rows, where there is exactly one such table.
void readVersion(const Path& dump,
                 const DumpTools& tools,
                 const DumpContents& contents,
                 BackupManifest& manifest,
                 const RunContext& run)
{
    manifest.versionRowsKnown = false;
    std::vector<std::pair<std::string, std::string>> found;
    for (const std::string& line : contents.lines) {
        const auto entry = dataEntry(line);
        if (!entry)
            continue;
        manifest.tables.push_back({.name = entry->first + "." + entry->second});
        if (entry->second == "alembic_version")
            found.push_back(*entry);
    }
    if (found.size() != 1)
        return;
    const auto said = runProcess({.program = tools.restore,
                                  .arguments = {"--data-only",
                                                "--schema=" + found.front().first,
                                                "--table=" + found.front().second,
                                                "--file=-",
                                                dump.string()},
                                  .environment = {{"LC_ALL", "C.UTF-8"}},
                                  .workingDirectory = {},
                                  .input = {},
                                  .limit = std::chrono::hours(1),
                                  .onOutput = {},
                                  .withChildren = true},
                                 run);
    if (!said || said->exitCode != 0)
        return;
    if (auto rows = copiedRows(said->output)) {
        manifest.versionTable = found.front().first + "." + found.front().second;
        manifest.versionRows = std::move(*rows);
        manifest.versionRowsKnown = true;
    }
}

/// A copy for its owner alone; heard within some milliseconds when it is to stop.
Result<void> copyFile(const Path& from, const Path& to, const RunContext& run)
{
    std::ifstream source(from, std::ios::binary);
    std::ofstream copy(to, std::ios::binary | std::ios::trunc);
    std::error_code code;
    fs::permissions(to, fs::perms::owner_read | fs::perms::owner_write, code);
    std::vector<char> piece(1U << 20U);
    while (source && copy && !run.stopRequested()) {
        source.read(piece.data(), static_cast<std::streamsize>(piece.size()));
        copy.write(piece.data(), source.gcount());
    }
    copy.close();
    if (run.stopRequested())
        return failure(ErrorCode::Cancelled, "Stopped.");
    if (!source.eof() || !copy)
        return failure(ErrorCode::NotPermitted,
                       "Can't copy " + printable(from.string()) + " to " +
                           printable(to.parent_path().string()) + ".",
                       "Check the permissions and the room on the disk.");
    return {};
}

Result<void> copyDump(const Path& from, const Path& to, const RunContext& run)
{
    std::error_code code;
    if (!fs::is_directory(from, code))
        return copyFile(from, to, run);
    fs::create_directory(to, code);
    fs::permissions(to, fs::perms::owner_all, code);
    for (fs::directory_iterator it(from, code), end; !code && it != end; it.increment(code)) {
        if (auto copied = copyFile(it->path(), to / it->path().filename(), run); !copied)
            return copied;
    }
    return {};
}

} // namespace

Result<BackupManifest> importDump(const Path& dump,
                                  const BackupStore& store,
                                  const DumpTools& tools,
                                  const Clock& clock,
                                  const RunContext& run)
{
    auto contents = contentsOf(dump, tools, run);
    if (!contents && contents.error().code == ErrorCode::Malformed)
        return failure(ErrorCode::Unsupported,
                       printable(dump.string()) + " is no dump that pg_restore can read.",
                       "A plain SQL script is loaded with psql; dump with --format=custom to "
                       "import it.");
    if (!contents)
        return failure(contents.error());
    if (auto made = store.makeFolder(); !made)
        return failure(made.error());
    (void)store.removeLeftovers();
    BackupManifest manifest{.id = newBackupId(store, contents->database, clock.now())};
    const auto lock = FileLock::take(store.lockOf(manifest.id), std::chrono::milliseconds(0));
    if (!lock)
        return failure(lock.error());
    const Path part = store.partOf(manifest.id);
    std::error_code code;
    manifest.file = manifest.id + (fs::is_directory(dump, code) ? ".dir" : ".dump");
    manifest.format = contents->format;
    manifest.target = "imported from " + printable(dump.filename().string());
    manifest.database = contents->database;
    manifest.serverVersion = contents->serverVersion;
    manifest.toolVersion = contents->toolVersion;
    manifest.importedFrom = dump.string();
    manifest.contents = contents->entries;
    readVersion(dump, tools, *contents, manifest, run);
    auto done = copyDump(dump, part, run);
    const auto digest = done ? digestOf(part, run) : Result<DumpDigest>(failure(done.error()));
    if (digest) {
        manifest.bytes = digest->bytes;
        manifest.checksum = digest->checksum;
        manifest.begunAt = manifest.endedAt = manifest.verifiedAt = toRfc3339(clock.now());
        done = store.complete(manifest);
    }
    store.removeUnfinished(manifest.id);
    if (!digest)
        return failure(digest.error());
    return done ? Result<BackupManifest>(std::move(manifest)) : failure(done.error());
}

} // namespace sightglass
