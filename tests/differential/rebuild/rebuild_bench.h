// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/cluster/private_server.h"
#include "core/live/live_state.h"
#include "core/rebuild/schema_script.h"
#include "tests/support/alembic_oracle.h"
#include "tests/support/migration_case.h"

#include <memory>
#include <string>
#include <vector>

namespace sightglass::tests {

/// A private server with one database that real Alembic fills, and what it then holds.
class RebuildBench
{
public:
    /// False with words in `error` when Alembic or a server can't be had.
    bool start(QString& error);

    /// Empties the database and upgrades it; empty when all went well, else the error's words.
    QString upgrade(const std::string& folder, const std::string& to = "heads");
    QString downgrade(const std::string& folder, const std::string& to);

    LiveState live() const;
    Schema schema() const; ///< without the version table
    FunctionTexts functions() const;
    /// pg_dump's text of everything but the version table, in a fixed order of statements.
    std::vector<std::string> dump() const;

private:
    QString ask(const char* what, const std::string& folder, const std::string& to);

    std::unique_ptr<PrivateServer> m_server;
    std::string m_dsn;
    AlembicOracle m_oracle;
};

/// Every case of tests/data/operations.
std::vector<MigrationCase> operationCases();

/// What two lists do not share, one a line: "- left", "+ right".
QString unlike(const std::vector<std::string>& left, const std::vector<std::string>& right);

} // namespace sightglass::tests
