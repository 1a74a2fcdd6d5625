// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/run_context.h"
#include "core/findings/finding.h"
#include "core/project/compose.h"
#include "core/project/project_files.h"
#include "core/schema/schema.h"

#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace sightglass {

enum class SqlTransaction
{
    Whole,    ///< one transaction around everything that changes
    Partly,   ///< some statements stand outside
    None,     ///< every statement is its own
    NotNeeded ///< at most one statement changes anything
};

std::string_view toText(SqlTransaction transaction); ///< "whole", "partly", "none", "not-needed"

/// A file of plain SQL beside the chain.
struct SqlFileFacts
{
    std::string file; ///< as ProjectFile::shown
    Path path;
    ProjectPlace place = ProjectPlace::Application;
    std::size_t bytes = 0;
    bool read = false;
    std::string whyNot;
    bool isPostgres = true; ///< false: most of it is no SQL that PostgreSQL reads
    bool fromPgDump = false;
    std::string serverVersion; ///< that pg_dump names: "15.4"
    std::string dumpVersion;
    /// Lines `-- key: value` of its head that speak of a version or a revision.
    std::vector<std::pair<std::string, std::string>> header;
    std::vector<std::string> versionRows; ///< that it writes into the version table
    std::size_t statements = 0;
    std::size_t changes = 0; ///< statements that change schema or rows
    std::size_t outside = 0; ///< of these, outside of any transaction
    std::size_t unreadable = 0;
    int firstOutside = 0; ///< line; 0: none
    SqlTransaction transaction = SqlTransaction::NotNeeded;
    std::string runBy; ///< "docker-entrypoint-initdb.d of service db"; empty: not known
    std::vector<std::string> tables;      ///< that are there after it, sorted
    std::vector<std::string> alsoInChain; ///< of these, those that the chain makes too
    /// What it makes of an empty database: ranking revisions against it is another's work.
    std::shared_ptr<const Schema> schema;
};

struct SqlScanInput
{
    const Project& project;
    const ProjectFiles& tree;
    const std::vector<ComposeFile>& composeFiles;
    const Schema* chain = nullptr;                    ///< at the heads; null: not known
    const std::set<std::string>* revisions = nullptr; ///< ids of the chain; null: not known
};

/// Every .sql file outside of the migrations. Read by PostgreSQL's own parser; nothing is run.
std::vector<SqlFileFacts> readSqlFiles(const FileSystem& files,
                                       const SqlScanInput& input,
                                       const ScanLimits& limits,
                                       const RunContext& run);

/// "sql-file-stops-half-way", "sql-file-beside-chain", "sql-file-of-unknown-revision".
std::vector<Finding> sqlFileFindings(const std::vector<SqlFileFacts>& sqlFiles,
                                     const SqlScanInput& input);

} // namespace sightglass
