// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/project_report.h"
#include "core/report/text_layout.h"

#include <algorithm>

namespace sightglass {

namespace {

std::string shownFile(const ProjectScan& scan, const std::string& file)
{
    const std::string root = scan.root.string() + "/";
    return printable(file.starts_with(root) ? file.substr(root.size()) : file);
}

std::string shownPlace(const ProjectScan& scan, const SourceSpan& span)
{
    if (span.file.empty())
        return {};
    return shownFile(scan, span.file) + (span.line > 0 ? ":" + std::to_string(span.line) : "");
}

std::string environmentText(const EnvironmentSanity& environment)
{
    std::string text = "\nenv.py\n";
    if (!environment.read)
        return text + wrapped("  ", "Not read: " + printable(environment.whyNot) + ".");
    std::vector<std::vector<std::string>> rows;
    rows.push_back({"models",
                    environment.metadataFound
                        ? std::to_string(environment.tables) + " tables in target_metadata"
                    : environment.metadataWhyNot.empty() ? "not read"
                                                         : environment.metadataWhyNot});
    rows.push_back(
        {"database", environment.urlSource.empty() ? "no URL found" : environment.urlSource});
    rows.push_back({"offline mode", environment.offlineBranch ? "has a branch" : "no branch"});
    for (const char* name : {"compare_type",
                             "compare_server_default",
                             "include_object",
                             "include_name",
                             "include_schemas",
                             "transaction_per_migration",
                             "render_as_batch"}) {
        if (const ConfigureOption* option = environment.option(name))
            rows.push_back({name, option->value});
    }
    return text + aligned(rows, "  ");
}

std::string startsText(const ProjectScan& scan)
{
    std::string text = "\nContainer start\n";
    std::vector<std::vector<std::string>> rows;
    for (const ContainerStart& start : scan.starts)
        rows.push_back({start.service.empty() ? "(image)" : start.service,
                        startWords(start) + (start.forTests ? " (for tests)" : ""),
                        shownPlace(scan, start.span)});
    if (rows.empty())
        return text + "  No compose file or Dockerfile starts the project's Python code.\n";
    return text + aligned(rows, "  ");
}

std::string volumesText(const ProjectScan& scan)
{
    std::string text = "\nWhere the data are\n";
    std::vector<std::vector<std::string>> rows;
    for (const DatabaseVolume& each : scan.volumes)
        rows.push_back({each.service,
                        std::string(toText(each.kind)) + (each.name.empty() ? "" : " " + each.name),
                        shownPlace(scan, each.span) + (each.forTests ? " (for tests)" : "")});
    text += rows.empty() ? "  No compose file runs PostgreSQL.\n" : aligned(rows, "  ");
    if (!scan.docker.asked && !scan.volumes.empty())
        text += wrapped(
            "  ", "Which volumes exist was not asked: " + printable(scan.docker.whyNot) + ".");
    else if (scan.docker.asked)
        text += wrapped("  ",
                        "Docker has " + std::to_string(scan.docker.volumes.size()) + " volumes, " +
                            std::to_string(scan.staleVolumes.size()) +
                            " of them under an older name of this project.");
    return text;
}

std::string scriptsText(const ProjectScan& scan)
{
    std::string text = "\nCommands that delete a database or its volume\n";
    std::vector<std::vector<std::string>> rows;
    for (const DestructiveCommand& each : scan.destructive)
        rows.push_back({each.asks ? "asks" : "does not ask",
                        each.script,
                        shownPlace(scan, {.file = each.file, .line = each.line})});
    return text + (rows.empty() ? "  None found.\n" : aligned(rows, "  "));
}

std::string sqlText(const ProjectScan& scan)
{
    if (scan.sqlFiles.empty())
        return {};
    std::string text = "\nSQL files beside the chain\n";
    std::vector<std::vector<std::string>> rows;
    for (const SqlFileFacts& each : scan.sqlFiles) {
        std::string what =
            !each.read ? "not read: " + each.whyNot
            : !each.isPostgres
                ? "not PostgreSQL's SQL"
                : std::to_string(each.tables.size()) + " tables, " + std::to_string(each.changes) +
                      " changes, transaction: " + std::string(toText(each.transaction));
        if (each.fromPgDump)
            what += ", pg_dump" + (each.serverVersion.empty() ? "" : " of " + each.serverVersion);
        for (const std::string& row : each.versionRows)
            what += ", revision " + row;
        rows.push_back({each.file, what});
    }
    return text + aligned(rows, "  ");
}

std::string findingsText(const ProjectScan& scan)
{
    if (scan.findings.empty())
        return "\nNo findings.\n";
    std::string text = "\nFindings\n";
    for (const Finding& finding : scan.findings) {
        text += wrapped("  " + padded(toText(finding.severity), 8) + "  ", finding.title);
        if (!finding.span.file.empty())
            text += wrapped("            ", shownPlace(scan, finding.span));
        text += wrapped("            ", finding.detail);
    }
    return text;
}

} // namespace

std::string projectScanText(const Project& project, const ProjectScan& scan)
{
    std::string text =
        printable(project.root.filename().string()) + "  " + printable(scan.root.string()) + "\n";
    text += std::to_string(scan.files) + " files looked at; nothing of the project was run\n";
    text += environmentText(scan.environment);
    text += startsText(scan);
    if (!scan.upgradingScripts.empty()) {
        std::string names;
        for (const std::string& each : scan.upgradingScripts)
            names += (names.empty() ? "" : ", ") + printable(each);
        text += wrapped("  Upgrades elsewhere: ", names);
    }
    text += volumesText(scan);
    text += scriptsText(scan);
    text += sqlText(scan);
    text += findingsText(scan);
    for (const std::string& note : scan.notes)
        text += wrapped("Note: ", note);
    return text;
}

} // namespace sightglass
