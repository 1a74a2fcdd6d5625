// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/cluster/private_server.h"
#include "core/inspection/inspection.h"
#include "core/live/database.h"
#include "core/replay/replay.h"
#include "tests/support/alembic_oracle.h"
#include "tests/support/migration_case.h"

#include <cstddef>
#include <memory>
#include <set>
#include <string>
#include <vector>

namespace sightglass::tests {

/// One thing that reading and reality do not have alike.
struct Disagreement
{
    std::string where; ///< "r2", "sql"
    std::string text;
};

struct CaseResult
{
    std::vector<Disagreement> disagreements;
    std::size_t revisionsCompared = 0;
    std::size_t downgradesCompared = 0;
    std::size_t statementsCompared = 0;
    std::size_t doubted = 0;         ///< differences at objects that reading says it does not know
    std::vector<std::string> doubts; ///< everything that reading doubts at the last revision
    bool verdictNotKnown = false;    ///< reading can't say whether a fresh run succeeds
};

/// Runs cases with real Alembic on a real server and compares every revision's schema, what
/// downgrades leave, the SQL that is printed offline, and where an upgrade stops.
class CaseRunner
{
public:
    /// False with words in `error` when Alembic or a server can't be had.
    bool start(QString& error);

    /// `only` are the revisions at which schemas are compared; empty: all.
    CaseResult run(const MigrationCase& each, const std::set<std::string>& only = {});

private:
    struct Work;

    Inspection read(const std::string& folder) const;
    QJsonObject ask(const char* what, const std::string& folder, const std::string& to);
    Schema liveSchema();
    void compareAtOnce(Work& work);
    void compareSteps(Work& work, const std::set<std::string>& only);
    void compareDowngrades(Work& work);
    void compareSchema(Work& work, const std::string& where, const ReplayedSchema& replayed);
    void compareStop(Work& work, const QJsonObject& answer) const;
    void compareSql(Work& work, const std::string& range, bool downgrade);

    std::unique_ptr<PrivateServer> m_server;
    std::unique_ptr<Database> m_database; ///< made empty for each case
    std::string m_dsn;
    AlembicOracle m_oracle;
};

/// Lines for a failed test: every disagreement of a case.
std::string describe(const MigrationCase& each, const CaseResult& result);

} // namespace sightglass::tests
