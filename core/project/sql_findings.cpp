// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/sql_scan.h"

#include <algorithm>

namespace sightglass {

namespace {

Finding findingOf(std::string rule, Severity severity, const SqlFileFacts& file, int line = 1)
{
    Finding made{.rule = std::move(rule), .category = "project", .severity = severity};
    made.span = {.file = file.path.string(), .line = line};
    return made;
}

std::string counted(std::size_t count, std::string_view one, std::string_view many)
{
    return std::to_string(count) + " " + std::string(count == 1 ? one : many);
}

std::string listed(const std::vector<std::string>& names)
{
    std::string text;
    for (std::size_t i = 0; i < names.size() && i < 4; ++i)
        text += (i == 0 ? "" : ", ") + printable(names[i]);
    return names.size() > 4 ? text + " and " + std::to_string(names.size() - 4) + " others" : text;
}

void addHalfWay(const SqlFileFacts& file, std::vector<Finding>& made)
{
    if (file.transaction != SqlTransaction::None && file.transaction != SqlTransaction::Partly)
        return;
    const bool first = !file.runBy.empty();
    // Who runs the others is not known; only what sets up tables is worth a word then.
    if (!first && (file.tables.empty() || file.place != ProjectPlace::Application))
        return;
    const Severity severity = first             ? Severity::Medium
                              : file.fromPgDump ? Severity::Info
                                                : Severity::Low;
    Finding finding = findingOf("sql-file-stops-half-way", severity, file, file.firstOutside);
    finding.title = printable(file.file) + " has no transaction around " +
                    counted(file.outside, "change", "changes");
    finding.detail = "Each of the " + std::to_string(file.outside) +
                     " statements is its own transaction. If one fails, what stands above it "
                     "stays and what stands below is missing. ";
    if (first)
        finding.detail +=
            "It is run by " + printable(file.runBy) +
            ": after a failure the folder of the server is not empty, so the next start "
            "does not run it again. ";
    finding.detail +=
        "Write BEGIN; at its top and COMMIT; at its end, or run it with psql --single-transaction.";
    if (!first) {
        finding.confidence = Confidence::Likely;
        finding.unsettled = "Whoever runs it may open a transaction around it.";
    }
    made.push_back(std::move(finding));
}

void addRevision(const SqlFileFacts& file, const SqlScanInput& input, std::vector<Finding>& made)
{
    if (input.revisions == nullptr)
        return;
    for (const std::string& row : file.versionRows) {
        if (input.revisions->contains(row))
            continue;
        Finding finding = findingOf("sql-file-of-unknown-revision", Severity::Medium, file);
        finding.title = printable(file.file) + " stamps a revision that no file defines";
        finding.detail =
            "It writes " + printable(row) +
            " into the version table. A database made of it stops Alembic: it can't locate the "
            "revision. The file is newer than the code, or the revision was lost. Look for it in "
            "git.";
        finding.object = row;
        made.push_back(std::move(finding));
    }
}

void addBeside(const SqlFileFacts& file, std::vector<Finding>& made)
{
    if (file.alsoInChain.empty() || !file.versionRows.empty() || !file.isPostgres)
        return;
    const bool first = !file.runBy.empty();
    const Severity severity = file.place != ProjectPlace::Application ? Severity::Info
                              : first                                 ? Severity::High
                                                                      : Severity::Low;
    Finding finding = findingOf("sql-file-beside-chain", severity, file);
    finding.title = printable(file.file) + " creates " +
                    counted(file.alsoInChain.size(), "table", "tables") + " of the chain";
    finding.detail =
        "It creates " + listed(file.alsoInChain) +
        ", which the revisions create too, and writes no row into the version table. After it "
        "`alembic upgrade head` starts from nothing and stops at the first table that exists. ";
    if (first)
        finding.detail += "Every new container runs it: " + printable(file.runBy) + ". ";
    finding.detail += "Find the revision that it equals and stamp that one after it.";
    finding.object = file.alsoInChain.front();
    made.push_back(std::move(finding));
}

} // namespace

std::vector<Finding> sqlFileFindings(const std::vector<SqlFileFacts>& sqlFiles,
                                     const SqlScanInput& input)
{
    std::vector<Finding> made;
    for (const SqlFileFacts& file : sqlFiles) {
        if (!file.read)
            continue;
        if (file.isPostgres)
            addHalfWay(file, made);
        addRevision(file, input, made);
        addBeside(file, made);
    }
    return made;
}

} // namespace sightglass
