// SPDX-License-Identifier: GPL-3.0-or-later
// Every revision of the operations' cases and of generated chains: the database that real Alembic
// leaves, without its version table, has to be recognised.
#include "core/cluster/private_server.h"
#include "core/history/history_reader.h"
#include "core/inference/inference.h"
#include "core/models/models.h"
#include "core/postgres/connect.h"
#include "core/scripts/script_directory.h"
#include "tests/differential/inference/schema_damage.h"
#include "tests/support/alembic_oracle.h"
#include "tests/support/generated_chain.h"
#include "tests/support/migration_case.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

using namespace sightglass;
using namespace sightglass::tests;

namespace {

constexpr const char* databaseName = "inferred";

struct Chain
{
    std::shared_ptr<const RevisionGraph> graph;
    std::shared_ptr<const History> history;
    Fingerprints prints;
};

Chain chainOf(const std::string& folder)
{
    const DiskFileSystem files;
    const auto project = findProject(files, {.start = folder});
    if (!project)
        qFatal("%s", toText(project.error()).c_str());
    const Scripts scripts = *readScripts(files, *project, {});
    Chain chain;
    chain.graph = std::make_shared<const RevisionGraph>(RevisionGraph::build(scripts.revisions));
    HistorySettings settings;
    settings.surroundings.convention = readModels(files, *project, {}, {}).convention;
    chain.history = readHistory(files, scripts, chain.graph, settings, {});
    chain.prints = Fingerprints::of(*chain.history, *chain.graph);
    return chain;
}

bool isVersionTable(const QualifiedName& name)
{
    return name.name == "alembic_version";
}

/// The chain's own env.py only loads; this one runs on the oracle's connection.
void writeEnvironment(const QString& scripts)
{
    QFile file(scripts + QStringLiteral("/env.py"));
    if (!file.open(QFile::WriteOnly))
        qFatal("env.py can't be written");
    file.write("from alembic import context\n\n"
               "context.configure(connection=context.config.attributes['connection'], "
               "target_metadata=None)\n"
               "with context.begin_transaction():\n    context.run_migrations()\n");
}

/// Which one is the first, and what speaks for and against it.
std::string whyNot(const Chain& chain, const InferenceResult& result)
{
    if (result.candidates.empty())
        return {};
    const InferenceCandidate& first = result.candidates.front();
    std::string text = "; " + chain.graph->revision(first.revisions.front()).id + " is, with " +
                       std::to_string(first.score);
    for (const auto* sentences : {&first.evidenceFor, &first.evidenceAgainst}) {
        for (const std::string& sentence : *sentences)
            text += "\n    " + sentence;
    }
    return text;
}

/// 1: the candidate that is, or has the same schema as, `at`; 0: none has.
std::size_t placeOf(const InferenceResult& result, const HeadSet& at)
{
    for (std::size_t i = 0; i < result.candidates.size(); ++i) {
        const InferenceCandidate& each = result.candidates[i];
        if (each.revisions == at || std::ranges::find(each.sameSchema, at) != each.sameSchema.end())
            return i + 1;
    }
    return 0;
}

} // namespace

class InferenceDifferentialTest : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<PrivateServer> m_server;
    AlembicOracle m_oracle;
    std::size_t m_databases = 0;
    std::size_t m_first = 0;
    std::size_t m_told = 0; ///< no other schema scores as high
    std::size_t m_nothing = 0;
    std::size_t m_tied = 0; ///< others of a different schema score as high, which is said
    std::size_t m_damaged = 0;
    std::size_t m_damagedFirstThree = 0;
    std::vector<std::string> m_wrong;

    QJsonObject ask(const char* what, const QString& folder, const std::string& to)
    {
        return m_oracle.ask(
            {{QStringLiteral("ask"), QString::fromLatin1(what)},
             {QStringLiteral("folder"), folder},
             {QStringLiteral("dsn"), QString::fromStdString(m_server->conninfo(databaseName))},
             {QStringLiteral("to"), QString::fromStdString(to)}});
    }

    Schema liveSchema() const
    {
        auto database =
            connectReadOnly(*parseConnectionTarget(m_server->conninfo(databaseName)), {}, {});
        if (!database)
            qFatal("%s", toText(database.error()).c_str());
        auto live = (*database)->readState({}, {});
        if (!live)
            qFatal("%s", toText(live.error()).c_str());
        return std::move(live->schema);
    }

    InferenceResult infer(const Chain& chain, const Schema& schema) const
    {
        return inferRevisions(chain.prints,
                              *chain.history,
                              *chain.graph,
                              {.schema = schema, .doubts = {}},
                              {.leftOut = isVersionTable, .withEvidence = 1});
    }

    void compare(const Chain& chain, const HeadSet& at, const std::string& where)
    {
        const Schema schema = liveSchema();
        ++m_databases;
        const InferenceResult result = infer(chain, schema);
        if (!result.whyNot.empty()) {
            ++m_nothing; // nothing of it is any revision's: so said
            return;
        }
        const std::size_t place = placeOf(result, at);
        const bool tied = place > 1 && place <= result.tied();
        m_first += place == 1 || tied ? 1U : 0U;
        m_tied += tied ? 1U : 0U;
        m_told += place == 1 && result.best() != nullptr ? 1U : 0U;
        if (tied)
            qInfo("%s: as good as %zu others", where.c_str(), result.tied() - 1);
        else if (place != 1)
            m_wrong.push_back(where + ": " + std::to_string(place) + ", not 1" +
                              whyNot(chain, result));
        constexpr unsigned percent = 10;
        if (schema.tables.size() < 4)
            return; // a tenth of it is all of it
        ++m_damaged;
        const std::size_t after = placeOf(
            infer(chain, damaged(schema, percent, static_cast<std::uint32_t>(m_databases))), at);
        m_damagedFirstThree += after >= 1 && after <= 3 ? 1U : 0U;
        if (after == 0 || after > 3)
            qInfo("%s: %zu with 10 %% damage", where.c_str(), after);
    }

    /// Upgrades one revision after another and asks at each.
    ///
    /// scripts  of the project, where Alembic finds env.py
    void walk(const QString& project,
              const QString& scripts,
              const std::string& where,
              std::size_t every = 1)
    {
        QVERIFY(!ask("empty", scripts, {}).contains(QStringLiteral("error")));
        const Chain chain = chainOf(project.toStdString());
        const auto order = chain.graph->walkOrder();
        std::vector<RevisionIndex> applied;
        std::size_t count = 0;
        for (auto each = order.rbegin(); each != order.rend(); ++each) {
            const bool last = std::next(each) == order.rend();
            if (!last && ++count % every != 0)
                continue;
            applied.push_back(*each);
            if (last)
                applied.assign(order.begin(), order.end());
            const std::string& id = chain.graph->revision(*each).id;
            const QJsonObject answer = ask("upgrade", scripts, last ? "heads" : id);
            if (answer.contains(QStringLiteral("error"))) {
                qInfo("%s %s: real Alembic stops: %s",
                      where.c_str(),
                      id.c_str(),
                      qPrintable(answer[QStringLiteral("message")].toString().left(150)));
                return;
            }
            compare(chain, topsOf(*chain.graph, applied), where + " " + id);
        }
    }

private Q_SLOTS:

    void initTestCase()
    {
        QVERIFY2(m_oracle.start(QStringLiteral("differential/operations/oracle.py")),
                 "Install Alembic for /usr/bin/python3.");
        auto server = PrivateServer::start({});
        QVERIFY2(server.has_value(), server ? "" : toText(server.error()).c_str());
        m_server = std::move(*server);
        QVERIFY(m_server->createDatabase(databaseName, {}).has_value());
    }

    void recognisesEveryRevisionOfTheCases_data()
    {
        QTest::addColumn<QString>("file");
        const QDir folder(QStringLiteral(SIGHTGLASS_TEST_DATA "/operations"));
        for (const QString& name : folder.entryList({QStringLiteral("*.cases")}, QDir::Files))
            QTest::newRow(qPrintable(name)) << folder.filePath(name);
    }

    void recognisesEveryRevisionOfTheCases()
    {
        QFETCH(const QString, file);
        // SIGHTGLASS_CASE=words runs the cases whose name or place has them.
        const QString wanted = qEnvironmentVariable("SIGHTGLASS_CASE");
        QFile text(file);
        QVERIFY(text.open(QFile::ReadOnly));
        const std::size_t before = m_wrong.size();
        for (const MigrationCase& each : casesFromText(text.readAll().toStdString(),
                                                       QFileInfo(file).fileName().toStdString())) {
            const std::string where = each.place + " " + each.name;
            if (!each.fails.empty() || each.once || !each.open.empty() ||
                !QString::fromStdString(where).contains(wanted))
                continue;
            QTemporaryDir project;
            writeProject(each, project.path().toStdString());
            walk(project.path(), project.path(), where);
        }
        for (std::size_t i = before; i < m_wrong.size(); ++i)
            qInfo("%s", m_wrong[i].c_str());
    }

    void recognisesRevisionsOfGeneratedChains()
    {
        const std::size_t before = m_wrong.size();
        for (const std::uint32_t seed : {1U, 2U, 3U}) {
            QTemporaryDir project;
            writeAlembicProject(
                project.path().toStdString(), generatedChain(60, 12, seed), GeneratedBodies::Mixed);
            const QString scripts = project.path() + QStringLiteral("/alembic");
            writeEnvironment(scripts);
            walk(project.path(), scripts, "generated " + std::to_string(seed), 5);
        }
        QVERIFY2(m_wrong.size() == before, m_wrong.empty() ? "" : m_wrong.back().c_str());
    }

    /// Projects of your own: folders with alembic.ini and an env.py for the oracle's connection in
    /// SIGHTGLASS_CHAINS, separated by colons; SIGHTGLASS_EVERY=5 asks at every fifth revision.
    void recognisesRevisionsOfOtherProjects()
    {
        const QString folders = qEnvironmentVariable("SIGHTGLASS_CHAINS");
        if (folders.isEmpty())
            QSKIP("SIGHTGLASS_CHAINS names no folders.");
        const std::size_t before = m_wrong.size();
        const int every = std::max(1, qEnvironmentVariableIntValue("SIGHTGLASS_EVERY"));
        for (const QString& folder : folders.split(QLatin1Char(':')))
            walk(folder,
                 folder,
                 QFileInfo(folder).fileName().toStdString(),
                 static_cast<std::size_t>(every));
        for (std::size_t i = before; i < m_wrong.size(); ++i)
            qInfo("%s", m_wrong[i].c_str());
    }

    void cleanupTestCase()
    {
        qInfo("%zu databases: %zu recognised first (%zu of these alone at the top, %zu tied), %zu "
              "without "
              "anything to tell; with 10 %% damage %zu of %zu among the first three",
              m_databases,
              m_first,
              m_told,
              m_tied,
              m_nothing,
              m_damagedFirstThree,
              m_damaged);
        constexpr std::size_t recognised = 98;
        QVERIFY((m_first + m_nothing) * 100 >= m_databases * recognised);
        constexpr std::size_t share = 95;
        QVERIFY(m_damagedFirstThree * 100 >= m_damaged * share);
    }
};

int inference_differential_test(int argc, char** argv)
{
    InferenceDifferentialTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "inference_differential_test.moc"
