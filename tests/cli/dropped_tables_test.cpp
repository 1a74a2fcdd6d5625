// SPDX-License-Identifier: GPL-3.0-or-later
// The incident of the eleven tables: a real upgrade drops them, and they come back out of a backup.
#include "core/backup/run_table_restore.h"
#include "core/demos/demo.h"
#include "core/differences/differences.h"
#include "core/postgres/snapshot_catalog.h"
#include "core/postgres/writing_session.h"
#include "tests/cli/run_cli.h"

#include <QJsonArray>
#include <QProcess>
#include <QProcessEnvironment>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <map>
#include <memory>

using namespace sightglass;
using namespace sightglass::tests;

namespace {

const std::vector<std::string> dropped{"session",
                                       "account",
                                       "verification",
                                       "sessions",
                                       "accounts",
                                       "verification_tokens",
                                       "user",
                                       "pinned_stocks",
                                       "user_api_keys",
                                       "openai_usage",
                                       "rate_limit"};

/// What a table can have beside what the demo's have.
constexpr const char* moreSql = R"(
CREATE TYPE provider_kind AS ENUM ('openai', 'anthropic', 'own');
ALTER TABLE user_api_keys ADD COLUMN kind provider_kind NOT NULL DEFAULT 'own';
ALTER TABLE user_api_keys ADD COLUMN kinds provider_kind[];
CREATE FUNCTION touched() RETURNS trigger LANGUAGE plpgsql AS
  'BEGIN NEW."updatedAt" := now(); RETURN NEW; END';
CREATE TRIGGER user_touched BEFORE UPDATE ON "user" FOR EACH ROW EXECUTE FUNCTION touched();
CREATE TRIGGER account_touched BEFORE UPDATE ON account FOR EACH ROW EXECUTE FUNCTION touched();
ALTER TABLE account DISABLE TRIGGER account_touched;
INSERT INTO stocks (symbol, name) SELECT DISTINCT p.symbol, p.symbol FROM pinned_stocks p
  WHERE NOT EXISTS (SELECT FROM stocks s WHERE s.symbol = p.symbol);
ALTER TABLE pinned_stocks ADD CONSTRAINT pinned_stocks_symbol_fk FOREIGN KEY (symbol)
  REFERENCES stocks (symbol) ON UPDATE CASCADE;
ALTER TABLE pinned_stocks ADD CONSTRAINT pinned_symbol_upper CHECK (symbol = upper(symbol)) NOT VALID;
CREATE INDEX openai_usage_large_idx ON openai_usage (user_id, total_tokens DESC)
  WHERE total_tokens > 1000;
CREATE SEQUENCE request_numbers START 100;
ALTER TABLE openai_usage ADD COLUMN request bigint DEFAULT nextval('request_numbers');
COMMENT ON TABLE rate_limit IS 'of the front end';
CREATE ROLE app_reader;
GRANT SELECT ON "user" TO app_reader;
ALTER TABLE session ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_sessions ON session TO app_reader USING (true);
ALTER TABLE rate_limit OWNER TO app_reader;
ANALYZE;
)";

} // namespace

class DroppedTablesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void initTestCase()
    {
        qunsetenv("SIGHTGLASS_DSN");
        qputenv("SIGHTGLASS_DATA", m_data.path().toUtf8());
        auto demo = startDemo("dropped-tables", {});
        QVERIFY2(demo.has_value(), demo ? "" : toText(demo.error()).c_str());
        m_demo = std::move(*demo);
        auto target = parseConnectionTarget(m_demo.dsn);
        QVERIFY(target.has_value());
        m_target = std::move(*target);
        sql(moreSql);
        m_symbol = one("SELECT max(symbol) FROM pinned_stocks");
        m_rights = one("SELECT relacl::text FROM pg_class WHERE relname = 'user'");
        QCOMPARE(cli({"backup"}).status, 0);
        m_before = state();
        QVERIFY(m_before.rows.contains("public.user") && m_before.rows.size() >= 17);
        QProcess alembic;
        auto environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("DATABASE_URL"), QString::fromStdString(m_demo.dsn));
        alembic.setProcessEnvironment(environment);
        alembic.setWorkingDirectory(QString::fromStdString(m_demo.project.string()));
        alembic.start(QStringLiteral("/usr/bin/alembic"),
                      {QStringLiteral("upgrade"), QStringLiteral("head")});
        if (!alembic.waitForFinished(120'000) || alembic.error() == QProcess::FailedToStart)
            QSKIP("there is no Alembic here");
        QVERIFY2(alembic.exitCode() == 0, alembic.readAllStandardError().constData());
        // Types, functions and sequences of their own are what somebody cleans up afterwards.
        sql("DROP TYPE provider_kind; DROP SEQUENCE request_numbers");
        m_after = state();
        for (const std::string& name : dropped)
            QVERIFY(!m_after.rows.contains("public." + name));
    }

    void cleanupTestCase() { m_demo.server.reset(); }

    void whatLacksIsToldBeforeAnythingHappens()
    {
        const CliRun run =
            cli({"restore", id(), "--table", "session", "--dry-run", "--format", "json"});
        QCOMPARE(run.status, 4);
        QVERIFY2(contains(run.out, "leads to public.user, which is not there; choose it as well"),
                 run.out.c_str());
        QCOMPARE(cli({"restore", id(), "--table", "no_such"}).status, 2);
        sql("CREATE TABLE elsewhere (id int); CREATE INDEX user_email_idx ON elsewhere (id)");
        const CliRun taken =
            cli({"restore", id(), "--table", "user", "--dry-run", "--format", "json"});
        QCOMPARE(taken.status, 4);
        QVERIFY2(contains(taken.out, "The name public.user_email_idx"), taken.out.c_str());
        sql("DROP TABLE elsewhere; ALTER FUNCTION touched() RENAME TO gone");
        const CliRun called =
            cli({"restore", id(), "--table", "user", "--dry-run", "--format", "json"});
        QCOMPARE(called.status, 4);
        QVERIFY2(contains(called.out, "calls the function"), called.out.c_str());
        sql("ALTER FUNCTION gone() RENAME TO touched");
        same(m_after, state(), {});
    }

    void aRowThatLacksItsPartnerLeavesEverythingAsItIs()
    {
        const std::string symbol = m_symbol.toStdString();
        sql("UPDATE stocks SET symbol = 'GONE' WHERE symbol = '" + symbol + "'");
        const State changed = state();
        const CliRun run = restoreAll();
        QCOMPARE(run.status, 5); // the first step was done, and taken back again
        QVERIFY2(contains(run.err, "pinned_stocks_symbol_fk") || contains(run.err, "foreign key"),
                 run.err.c_str());
        same(changed, state(), {});
        QCOMPARE(leftOver(), QString());
        sql("UPDATE stocks SET symbol = '" + symbol + "' WHERE symbol = 'GONE'");
        same(m_after, state(), {});
    }

    void aLockOfAnotherSessionIsNotWaitedForLong()
    {
        const auto rival = session();
        QVERIFY(rival->begin(WritingSession::Access::ReadWrite, {}).has_value());
        QVERIFY(rival->execute("locking", "LOCK TABLE stocks IN ROW EXCLUSIVE MODE", {}));
        const CliRun run = restoreAll();
        QCOMPARE(run.status, 5);
        QVERIFY2(contains(run.err, "another session holds a lock"), run.err.c_str());
        rival->rollback();
        same(m_after, state(), {});
        QCOMPARE(leftOver(), QString());
    }

    void theElevenTablesComeBack()
    {
        const CliRun run = restoreAll();
        QVERIFY2(run.status == 0, (run.err + run.out).c_str());
        const State now = state();
        for (const std::string& name : dropped) {
            QVERIFY2(now.rows.contains("public." + name), name.c_str());
            QCOMPARE(now.rows.at("public." + name), m_before.rows.at("public." + name));
        }
        same(m_before, now, dropped); // what came back is what was
        State others = now;
        for (const std::string& name : dropped)
            others.rows.erase("public." + name);
        QVERIFY(others.rows == m_after.rows); // and nothing else has changed
        for (const auto& [name, value] : m_before.sequences)
            QVERIFY2(now.sequences.contains(name) && now.sequences.at(name) == value, name.c_str());
        for (const Difference& each : differencesBetween(m_after.schema, now.schema, settings()))
            QVERIFY2(each.change == Difference::Change::OnlyRight && isOurs(each),
                     toText(each.object).c_str());
        QCOMPARE(one("SELECT relacl::text FROM pg_class WHERE relname = 'user'"), m_rights);
        QCOMPARE(leftOver(), QString());

        const CliRun again = restoreAll();
        QCOMPARE(again.status, 4);
        QVERIFY2(contains(again.err, "is there already") || contains(again.out, "is there already"),
                 again.err.c_str());
        same(now, state(), {});
    }

    void itIsTakenBackWithoutLosingARow()
    {
        const CliRun shown = cli({"undo", "--dry-run", "--format", "json"});
        QVERIFY2(shown.status == 0, shown.err.c_str());
        const CliRun run = cli({"undo", "--confirm", phraseOf(shown)});
        QVERIFY2(run.status == 0, run.err.c_str());
        for (const std::string& name : dropped)
            QVERIFY(!state().rows.contains("public." + name));
        QCOMPARE(one("SELECT count(*) > 0 FROM sightglass_restored_1.\"user\""),
                 QStringLiteral("t"));
    }

private:
    /// Catalog, contents by table and values by sequence.
    struct State
    {
        Schema schema;
        std::map<std::string, std::string> rows;
        std::map<std::string, std::string> sequences;
    };

    CliRun cli(std::vector<std::string> arguments) const
    {
        arguments.insert(arguments.end(),
                         {"--project", m_demo.project.string(), "--dsn", m_demo.dsn});
        return runCli(arguments);
    }

    CliRun restoreAll() const
    {
        std::vector<std::string> arguments{"restore", id()};
        for (const std::string& name : dropped)
            arguments.insert(arguments.end(), {"--table", name});
        auto asked = arguments;
        asked.insert(asked.end(), {"--dry-run", "--format", "json"});
        const CliRun shown = cli(asked);
        if (shown.status != 0)
            return shown;
        arguments.insert(arguments.end(), {"--confirm", phraseOf(shown)});
        return cli(arguments);
    }

    static std::string phraseOf(const CliRun& run)
    {
        return run.json()[QStringLiteral("plan")]
            .toObject()[QStringLiteral("confirmation")]
            .toObject()[QStringLiteral("phrase")]
            .toString()
            .toStdString();
    }

    static std::string id()
    {
        return runCli({"backups", "--format", "json"})
            .json()[QStringLiteral("backups")]
            .toArray()[0]
            .toObject()[QStringLiteral("id")]
            .toString()
            .toStdString();
    }

    void sql(const std::string& text) const
    {
        const auto done = m_demo.server->runSql(m_demo.description.database, text, {});
        QVERIFY2(done.has_value(), done ? "" : toText(done.error()).c_str());
    }

    std::unique_ptr<WritingSession> session() const
    {
        auto opened = connectForAction(m_target, {}, {});
        return opened ? std::move(*opened) : nullptr;
    }

    QString one(const std::string& query) const
    {
        const auto answer = session()->executeAlone("reading", query, {});
        if (!answer || answer->rows.empty())
            return QStringLiteral("nothing");
        return QString::fromStdString(answer->rows[0][0].value_or("NULL"));
    }

    /// Databases and schemas that a restore makes on its way.
    QString leftOver() const
    {
        return one("SELECT coalesce(string_agg(n, ' '), '') FROM (SELECT datname::text n FROM "
                   "pg_database WHERE datname ~ '_restored_' UNION ALL SELECT nspname FROM "
                   "pg_namespace WHERE nspname ~ '^sightglass') x");
    }

    State state() const
    {
        State state;
        auto live = catalogReader({})(m_target, {}, {});
        if (!live)
            return state;
        state.schema = live->schema;
        const auto asked = session();
        for (const auto& [name, table] : state.schema.tables) {
            const auto sum =
                asked->executeAlone("reading",
                                    "SELECT count(*) || ' ' || coalesce(md5(string_agg(t::text, "
                                    "'|' ORDER BY t::text)), '') FROM " +
                                        toSql(name) + " t",
                                    {});
            state.rows[toText(name)] = sum ? sum->rows[0][0].value_or("") : "not read";
        }
        for (const auto& [name, sequence] : state.schema.sequences) {
            const auto value = asked->executeAlone(
                "reading", "SELECT last_value || ' ' || is_called FROM " + toSql(name), {});
            state.sequences[toText(name)] = value ? value->rows[0][0].value_or("") : "not read";
        }
        return state;
    }

    static DifferenceSettings settings() { return {.owners = true, .leftOut = {}}; }

    static bool isOurs(const Difference& each)
    {
        return std::ranges::find(dropped, each.object.name) != dropped.end() ||
               each.object.name == "provider_kind" || each.object.name == "request_numbers" ||
               each.kind == "sequence";
    }

    /// Both hold the same; of `only` where it names any.
    static void same(const State& left, const State& right, const std::vector<std::string>& only)
    {
        for (const Difference& each : differencesBetween(left.schema, right.schema, settings())) {
            const bool counts =
                only.empty() || std::ranges::find(only, each.object.name) != only.end();
            QVERIFY2(!counts,
                     (each.kind + " " + toText(each.object) + " " + each.part + ": " + each.left +
                      " / " + each.right)
                         .c_str());
        }
        if (only.empty()) {
            QVERIFY(left.rows == right.rows);
            QVERIFY(left.sequences == right.sequences);
        }
    }

    QTemporaryDir m_data;
    RunningDemo m_demo;
    ConnectionTarget m_target;
    State m_before;
    State m_after;
    QString m_rights;
    QString m_symbol; ///< that a pinned stock has
};

int dropped_tables_test(int argc, char** argv)
{
    DroppedTablesTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "dropped_tables_test.moc"
