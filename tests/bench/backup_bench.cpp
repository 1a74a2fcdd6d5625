// SPDX-License-Identifier: GPL-3.0-or-later
// usage: backup_bench [MEGABYTES [RUNS]]
#include "core/backup/run_backup.h"
#include "core/cluster/private_server.h"
#include "core/postgres/snapshot_catalog.h"
#include "core/postgres/writing_session.h"
#include "core/process/run_process.h"
#include "tests/bench/measure.h"

#include <QCoreApplication>
#include <QTemporaryDir>

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <string_view>

using namespace sightglass;
using namespace sightglass::bench;

namespace {

constexpr double aim = 1.1;
constexpr const char* database = "shop";

/// Ten tables of rows that compress as text does, with an index each.
std::string tableSql(int number, int megabytes)
{
    const std::string name = "t" + std::to_string(number);
    // About 1,000 rows a megabyte.
    return "CREATE TABLE " + name +
           " AS SELECT g AS id, (SELECT string_agg(md5((g * 31 + k)::text), ' ') FROM "
           "generate_series(1, 29) k) AS body FROM generate_series(1, " +
           std::to_string(100 * megabytes) + ") g; ALTER TABLE " + name +
           " ADD PRIMARY KEY (id); ANALYZE " + name + ";";
}

std::string problemOf(const Result<ProcessOutcome>& outcome)
{
    if (!outcome)
        return toText(outcome.error());
    return outcome->exitCode == 0 ? std::string() : outcome->errors;
}

int failed(const Error& error)
{
    std::fprintf(stderr, "%s\n", toText(error).c_str());
    return 1;
}

Result<void> fill(const PrivateServer& server, int megabytes)
{
    if (auto made = server.createDatabase(database, {}); !made)
        return made;
    for (int number = 0; number < 10; ++number) {
        if (auto filled = server.runSql(database, tableSql(number, megabytes), {}); !filled)
            return filled;
    }
    return {};
}

void compare(const PrivateServer& server, const DumpTools& tools, int megabytes, int runs)
{
    const QTemporaryDir folder;
    const BackupStore store(Path(folder.path().toStdString()));
    const std::string file = folder.filePath(QStringLiteral("theirs")).toStdString();
    const SessionLimits limits{.statement = std::chrono::hours(1)};
    const ServerDoor door{.read = catalogReader(limits),
                          .open = [&](const ConnectionTarget& target, const RunContext& run) {
                              return connectForAction(target, limits, run);
                          }};
    BackupJob job{.target = *parseConnectionTarget(server.conninfo(database)), .tools = tools};
    job.manifest.format = "custom";
    int number = 0;
    std::chrono::duration<double> theirs{};
    std::chrono::duration<double> ours{};
    // In turns, so that another load on the machine meets both.
    for (int run = 0; run < runs; ++run) {
        theirs += medianOf(1, [&] {
            return problemOf(runProcess(
                {.program = tools.dump,
                 .arguments = {"--format=custom", "--file=" + file, server.conninfo(database)},
                 .environment = {},
                 .workingDirectory = {},
                 .input = {},
                 .limit = std::chrono::hours(1)},
                {}));
        });
        ours += medianOf(1, [&] {
            job.manifest.id = "shop-" + std::to_string(++number);
            job.manifest.file = job.manifest.id + ".dump";
            const auto made = runBackup(job, store, door, SystemClock(), {});
            if (!made)
                return toText(made.error());
            const auto removed = store.remove(*made);
            return removed ? std::string() : toText(removed.error());
        });
    }
    printRatio("backup, " + std::to_string(megabytes) + " MB", ours, "pg_dump", theirs, aim);
}

int numberIn(const char* word)
{
    int number = 0;
    const std::string_view text(word);
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

} // namespace

int main(int argc, char** argv)
{
    const QCoreApplication application(argc, argv);
    const int megabytes = argc > 1 ? std::max(1, numberIn(argv[1])) : 1'000;
    const int runs = argc > 2 ? std::max(1, numberIn(argv[2])) : 3;
    const auto tools = findDumpTools({});
    if (!tools)
        return failed(tools.error());
    const auto server = PrivateServer::start({});
    if (!server)
        return failed(server.error());
    if (auto filled = fill(**server, megabytes); !filled)
        return failed(filled.error());
    compare(**server, *tools, megabytes, runs);
    return 0;
}
