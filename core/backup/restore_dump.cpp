// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/backup/restore_dump.h"

#include "core/backup/row_counts.h"
#include "core/backup/schema_shape.h"
#include "core/backup/table_watch.h"
#include "core/base/error.h"
#include "core/process/run_process.h"

#include <algorithm>

namespace sightglass {

namespace {

constexpr std::size_t mostSentences = 10;
constexpr auto countingLimit = std::chrono::hours(12);

/// The number before the first dot; spellings of a catalog differ from one to the next.
std::string majorOf(const std::string& version)
{
    return version.substr(0, version.find_first_of(". "));
}

Result<std::vector<std::string>> missingRows(const BackupManifest& manifest,
                                             const Schema& schema,
                                             WritingSession& session,
                                             const RunContext& run)
{
    if (auto begun = session.begin(WritingSession::Access::ReadOnly, run); !begun)
        return failure(begun.error());
    const auto counted = countedRows(schema, session, countingLimit, run);
    session.rollback();
    if (!counted)
        return failure(counted.error());
    std::map<std::string, std::int64_t> now;
    for (const auto& [name, rows] : *counted)
        now[toText(name)] = rows;
    std::vector<std::string> sentences;
    for (const BackedUpTable& table : manifest.tables) {
        const auto found = now.find(table.name);
        if (!table.counted || (found != now.end() && found->second == *table.counted))
            continue;
        sentences.push_back("The table " + printable(table.name) + " has " +
                            (found == now.end() ? "rows that could not be counted"
                                                : std::to_string(found->second) + " rows") +
                            ", and had " + std::to_string(*table.counted) + ".");
    }
    return sentences;
}

} // namespace

CommandWork restoreCommand(const DumpRestoring& restoring)
{
    const ClientConnection connection = clientConnection(restoring.into, "sightglass restore");
    CommandWork command{.argv = {restoring.tools.restore,
                                 "--exit-on-error",
                                 "--no-password",
                                 "--verbose",
                                 "--no-subscriptions"},
                        .directory = {},
                        .environment = connection.environment,
                        .limit = std::chrono::hours(48)};
    if (!restoring.owners)
        command.argv.insert(command.argv.end(),
                            {"--no-owner", "--no-privileges", "--no-publications"});
    if (restoring.jobs > 1)
        command.argv.push_back("--jobs=" + std::to_string(restoring.jobs));
    command.argv.push_back(connection.argument);
    command.argv.push_back(restoring.dump.string());
    return command;
}

Result<void> restoreDump(const DumpRestoring& restoring,
                         const std::vector<BackedUpTable>& tables,
                         const RunContext& run)
{
    TableWatch watch(tables, "restoring", "processing data for table \"", run);
    const CommandWork command = restoreCommand(restoring);
    const auto outcome = runProcess({.program = command.argv.front(),
                                     .arguments = {command.argv.begin() + 1, command.argv.end()},
                                     .environment = command.environment,
                                     .workingDirectory = {},
                                     .input = {},
                                     .limit = command.limit,
                                     .onOutput = [&](std::string_view said) { watch.take(said); },
                                     .withChildren = true},
                                    run);
    if (!outcome)
        return failure(outcome.error());
    if (outcome->exitCode == 0)
        return {};
    const std::string complaint = complaintIn(outcome->errors);
    const bool isLost = complaint.find("server closed the connection") != std::string::npos ||
                        complaint.find("terminating connection") != std::string::npos;
    return failure(isLost ? ErrorCode::ConnectionLost : ErrorCode::QueryFailed,
                   "pg_restore could not restore " + printable(restoring.dump.string()) + ": " +
                       (complaint.empty() ? "it gave no reason" : complaint) + ".",
                   "Mend that, then restore again.");
}

Result<std::vector<std::string>> missingAfterRestore(const BackupManifest& manifest,
                                                     const ConnectionTarget& into,
                                                     const ServerDoor& door,
                                                     const RunContext& run)
{
    const auto live = door.read(into, {}, run);
    if (!live)
        return failure(live.error());
    std::vector<std::string> sentences;
    const bool isComparable = !manifest.shapes.empty() &&
                              majorOf(manifest.serverVersion) == majorOf(live->server.versionText);
    if (isComparable)
        sentences = shapeDifferences(manifest.shapes, shapesOf(live->schema));
    const auto session = door.open(into, run);
    if (!session)
        return failure(session.error());
    const auto rows = missingRows(manifest, live->schema, **session, run);
    if (!rows)
        return failure(rows.error());
    sentences.insert(sentences.end(), rows->begin(), rows->end());
    if (sentences.size() > mostSentences)
        sentences.resize(mostSentences);
    return sentences;
}

} // namespace sightglass
