// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/operations/operation.h"
#include "core/render/version_rows.h"

#include <string>
#include <vector>

namespace sightglass {

/// One revision that runs, up or down.
struct ScriptStep
{
    std::string revision;
    std::vector<std::string>
        downRevisions; ///< down_revision as the file has it, without depends_on
    std::vector<Operation> operations;
    std::vector<VersionRowChange> rows; ///< of the version table; see VersionRows
    std::string note = {};              ///< a comment before the operations; one line
};

struct ScriptSettings
{
    bool downgrade = false;
    bool transactionalDdl = true;
    bool transactionPerMigration = false;
    std::vector<std::string> startRows; ///< the version table at the start; empty: from nothing
    QualifiedName versionTable = {.schema = {}, .name = "alembic_version"};
    bool versionTableKey = true; ///< version_table_pk
    /// Alembic before 1.19 drops the version table when nothing is left in it.
    bool dropsVersionTable = false;
};

struct ScriptLine
{
    enum class Kind
    {
        Statement,
        Comment,
        Unknown ///< a comment that says what can't be written
    };
    std::string text; ///< without semicolon; comments with their dashes
    Kind kind = Kind::Statement;
    std::size_t step = 0;
    friend bool operator==(const ScriptLine&, const ScriptLine&) = default;
};

/// What `alembic upgrade A:B --sql` writes, line by line: BEGIN and COMMIT, the version table, each
/// revision's comment, statements and version rows. Likewise for a downgrade.
///
/// source  Alembic 1.8 and 1.19, MigrationContext.run_migrations; compared in tests
std::vector<ScriptLine> scriptLines(const std::vector<ScriptStep>& steps,
                                    const ScriptSettings& settings = {});

/// The lines as text; a comment stands among them with its dashes.
std::vector<std::string> upgradeScript(const std::vector<ScriptStep>& steps,
                                       const ScriptSettings& settings = {});

/// Lines as Alembic prints them: a semicolon behind each statement, a blank line behind each line.
std::string scriptText(const std::vector<ScriptLine>& lines);

/// CREATE TABLE of the version table.
std::string createVersionTable(const ScriptSettings& settings);
/// The statement that changes a row of it.
std::string versionRowStatement(const VersionRowChange& change, const ScriptSettings& settings);

} // namespace sightglass
