// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/cluster/private_server.h"
#include "core/inspection/inspection.h"
#include "tests/support/alembic_oracle.h"
#include "tests/support/migration_case.h"

#include <memory>
#include <string>
#include <vector>

namespace sightglass::tests {

/// One thing that reading and reality do not have alike.
struct Disagreement
{
    std::string where; ///< "r2", "r2 sql"
    std::string text;
};

struct CaseResult
{
    std::vector<Disagreement> disagreements;
    std::size_t revisionsCompared = 0;
    std::size_t statementsCompared = 0;
};

/// Runs cases with real Alembic on a real server and compares every revision's schema, the SQL that
/// is printed offline, and where an upgrade stops.
class CaseRunner
{
public:
    /// False with words in `error` when Alembic or a server can't be had.
    bool start(QString& error);

    CaseResult run(const MigrationCase& each);

private:
    std::string newDatabase();
    Inspection read(const std::string& folder) const;
    void compareSchemas(const MigrationCase& each,
                        const std::string& folder,
                        const Inspection& inspection,
                        CaseResult& result);
    void compareStop(const QJsonObject& answer,
                     const std::string& revision,
                     const Inspection& inspection,
                     CaseResult& result) const;
    void compareSql(const std::string& folder, const Inspection& inspection, CaseResult& result);

    std::unique_ptr<PrivateServer> m_server;
    AlembicOracle m_oracle;
    int m_databases = 0;
};

/// Lines for a failed test: every disagreement of a case.
std::string describe(const MigrationCase& each, const CaseResult& result);

} // namespace sightglass::tests
