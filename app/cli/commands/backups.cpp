// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/action_context.h"
#include "app/cli/command.h"
#include "app/cli/command_support.h"
#include "app/cli/progress_line.h"
#include "core/backup/import_dump.h"
#include "core/backup/verify_backup.h"
#include "core/report/json_values.h"
#include "core/report/text_layout.h"

#include <CLI/CLI.hpp>

#include <array>
#include <memory>
#include <ostream>

namespace sightglass::commands::backups {

namespace {

struct Options
{
    std::string what = "list";
    std::string id;
    std::string folder;
    std::size_t keep = 10;
    bool restore = false; ///< verify by restoring
    std::string confirm;
};

json::Value backupJson(const StoredBackup& backup)
{
    const BackupManifest& manifest = backup.manifest;
    json::Value value;
    value["id"] = manifest.id;
    value["file"] = manifest.file;
    value["dump_format"] = manifest.format;
    value["target"] = manifest.target;
    value["database"] = manifest.database;
    value["environment"] = manifest.environment;
    value["project"] = manifest.project;
    value["server_version"] = manifest.serverVersion;
    json::setText(value, "imported_from", manifest.importedFrom);
    json::setText(value, "chain", manifest.chain);
    json::setText(value, "schema_fingerprint", manifest.fingerprint);
    json::setText(value, "version_table", manifest.versionTable);
    value["version_rows_known"] = manifest.versionRowsKnown;
    value["version_rows"] = manifest.versionRows;
    value["tables"] = manifest.tables.size();
    value["bytes"] = manifest.bytes;
    value["checksum"] = manifest.checksum;
    value["begun"] = manifest.begunAt;
    value["ended"] = manifest.endedAt;
    value["verified"] = backup.isVerified();
    json::setText(value, "verified_at", manifest.verifiedAt);
    json::setText(value, "rehearsed_at", manifest.rehearsedAt);
    json::setText(value, "problem", backup.problem);
    return value;
}

std::string rowsText(const BackupManifest& manifest)
{
    if (!manifest.versionRowsKnown)
        return "revision not known";
    std::string text;
    for (const std::string& row : manifest.versionRows)
        text += (text.empty() ? "" : ", ") + row;
    return text.empty() ? "base" : text;
}

void print(const std::vector<StoredBackup>& backups,
           const CommonOptions& common,
           CommandContext& context)
{
    if (common.format == "json") {
        auto value = json::document("backups");
        value["backups"] = json::Value::array();
        for (const StoredBackup& backup : backups)
            value["backups"].push_back(backupJson(backup));
        context.out << json::text(value);
        return;
    }
    std::vector<std::vector<std::string>> rows;
    for (const StoredBackup& backup : backups)
        rows.push_back({backup.manifest.id,
                        backup.manifest.target,
                        rowsText(backup.manifest),
                        sizeText(backup.manifest.bytes),
                        !backup.problem.empty() ? backup.problem
                        : backup.isVerified()   ? "verified " + backup.manifest.verifiedAt
                                                : std::string("not verified")});
    context.out << (rows.empty() ? std::string("There is no backup.\n") : aligned(rows, ""));
}

ExitStatus refused(const Error& error, CommandContext& context)
{
    printError(context, error);
    if (error.code == ErrorCode::Cancelled)
        return ExitStatus::Interrupted;
    if (error.code == ErrorCode::QueryFailed || error.code == ErrorCode::TimedOut)
        return ExitStatus::ActionFailed;
    return error.code == ErrorCode::Malformed ? ExitStatus::FindingsFound : ExitStatus::UsageError;
}

ExitStatus
list(const BackupStore& store, const Options&, const CommonOptions& common, CommandContext& context)
{
    const auto backups = store.list();
    if (!backups)
        return refused(backups.error(), context);
    print(*backups, common, context);
    return ExitStatus::Done;
}

ExitStatus verify(const BackupStore& store,
                  const Options& options,
                  const CommonOptions& common,
                  CommandContext& context)
{
    const auto backup = store.find(options.id);
    if (!backup)
        return refused(backup.error(), context);
    const auto tools = findDumpTools(context.run);
    if (!tools)
        return refused(tools.error(), context);
    const SystemClock clock;
    ProgressLine line(context.err);
    const RunContext run{.stop = context.run.stop, .progress = &line};
    const auto manifest = options.restore
                              ? rehearseRestore(store, *backup, *tools, serverDoor(), clock, run)
                              : verifyBackup(store, *backup, *tools, clock, run);
    if (!manifest)
        return refused(manifest.error(), context);
    print({{.manifest = *manifest, .problem = {}}}, common, context);
    return ExitStatus::Done;
}

ExitStatus import(const BackupStore& store,
                  const Options& options,
                  const CommonOptions& common,
                  CommandContext& context)
{
    const auto tools = findDumpTools(context.run);
    if (!tools)
        return refused(tools.error(), context);
    const auto manifest = importDump(
        std::filesystem::absolute(options.id), store, *tools, SystemClock(), context.run);
    if (!manifest)
        return refused(manifest.error(), context);
    print({{.manifest = *manifest, .problem = {}}}, common, context);
    return ExitStatus::Done;
}

ExitStatus prune(const BackupStore& store,
                 const Options& options,
                 const CommonOptions& common,
                 CommandContext& context)
{
    const auto backups = store.list();
    if (!backups)
        return refused(backups.error(), context);
    for (const BackupManifest& old : tooMany(*backups, options.keep)) {
        if (auto removed = store.remove(old); !removed)
            return refused(removed.error(), context);
        context.err << "Removed " << printable(old.id) << ".\n";
    }
    return list(store, options, common, context);
}

ExitStatus remove(const BackupStore& store,
                  const Options& options,
                  const CommonOptions& common,
                  CommandContext& context)
{
    const auto backup = store.find(options.id);
    if (!backup)
        return refused(backup.error(), context);
    if (options.confirm != backup->manifest.id) {
        printError(context,
                   {.code = ErrorCode::NotPermitted,
                    .message = "Nothing was removed: it is not confirmed.",
                    .nextStep = "Add --confirm " + printable(backup->manifest.id) + "."});
        return ExitStatus::Refused;
    }
    if (auto removed = store.remove(backup->manifest); !removed)
        return refused(removed.error(), context);
    return list(store, options, common, context);
}

struct Deed
{
    std::string_view name;
    bool needsId;
    ExitStatus (*run)(const BackupStore&, const Options&, const CommonOptions&, CommandContext&);
};

constexpr std::array deeds{Deed{"list", false, list},
                           Deed{"verify", true, verify},
                           Deed{"import", true, import},
                           Deed{"prune", false, prune},
                           Deed{"remove", true, remove}};

ExitStatus run(const CommonOptions& common, const Options& options, CommandContext& context)
{
    const BackupStore store = backupsIn(options.folder);
    for (const Deed& deed : deeds) {
        if (deed.name != options.what)
            continue;
        if (deed.needsId && options.id.empty())
            return refused({.code = ErrorCode::Usage,
                            .message = "Which backup or file is meant is not said.",
                            .nextStep = "Name it; sightglass-cli backups lists the backups."},
                           context);
        return deed.run(store, options, common, context);
    }
    return ExitStatus::UsageError;
}

void declare(CLI::App& app,
             const CommonOptions& common,
             CommandContext& context,
             ExitStatus* status)
{
    const auto options = std::make_shared<Options>();
    app.add_option("WHAT", options->what, "list, verify, import, prune or remove (default: list)")
        ->check(CLI::IsMember({"list", "verify", "import", "prune", "remove"}));
    app.add_option("ID", options->id, "id of a backup, or the end of it; for import a dump's file");
    app.add_flag("--restore",
                 options->restore,
                 "verify: also restore it on a private server and compare catalog and rows");
    app.add_option("--confirm", options->confirm, "remove: the whole id")->type_name("ID");
    app.add_option("--out", options->folder, "folder (default: the user's own)")->type_name("DIR");
    app.add_option("--keep", options->keep, "backups of a database that prune keeps (default: 10)")
        ->type_name("N");
    app.callback(
        [options, &common, &context, status] { *status = run(common, *options, context); });
}

} // namespace

extern const Command command{
    .name = "backups",
    .summary = "The backups there are: list, verify, import, prune or remove them",
    .examples = "  sightglass-cli backups\n"
                "  sightglass-cli backups verify 030100 --restore\n"
                "  sightglass-cli backups import /srv/dumps/shop.dump\n"
                "  sightglass-cli backups prune --keep 5",
    .declare = declare,
};

} // namespace sightglass::commands::backups
