// SPDX-License-Identifier: GPL-3.0-or-later
// What a server can't show: doubts, conditions, assumptions, runs, copies.
#include "core/replay/replay.h"
#include "core/sql/sql_reader.h"

#include <QTest>

#include <algorithm>

using namespace sightglass;

namespace {

Operation operationOf(Change change)
{
    Operation operation;
    operation.change = std::move(change);
    return operation;
}

/// Applies SQL; the last refusal.
std::optional<Refusal> run(Replay& replay, std::string_view sql)
{
    std::optional<Refusal> last;
    for (const SqlStatement& statement : readSql(sql)) {
        for (const SqlChange& change : statement.changes) {
            if (auto refused = replay.apply(operationOf(change.change)))
                last = refused;
        }
    }
    return last;
}

Operation only(std::string_view sql)
{
    return operationOf(readSql(sql).front().changes.front().change);
}

const Table* table(const Replay& replay, const std::string& name)
{
    return replay.schema().table({.schema = "public", .name = name});
}

bool doubted(const Replay& replay, const std::string& name, const std::string& column = {})
{
    return std::ranges::any_of(replay.doubts(), [&](const Doubt& doubt) {
        return doubt.table.name == name && doubt.column == column;
    });
}

change::CreateEnum mood(bool oncePerRun, bool unlessExists)
{
    return {.type = {.schema = {}, .name = "mood"},
            .labels = {"a"},
            .oncePerRun = oncePerRun,
            .unlessExists = unlessExists};
}

} // namespace

class ReplayTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void takesCallersOfADroppedFunctionAlong()
    {
        Replay replay;
        QVERIFY(!run(replay,
                     "CREATE FUNCTION twice(n int) RETURNS int LANGUAGE sql IMMUTABLE AS "
                     "'SELECT n * 2'; CREATE TABLE t (n int, CONSTRAINT ck CHECK (twice(n) < 9));"
                     "CREATE INDEX ix ON t (twice(n))"));
        QCOMPARE(replay.schema().functions.begin()->first.second, std::string("integer"));
        QCOMPARE(run(replay, "DROP FUNCTION twice(int4)")->state, std::string("2BP01"));
        QVERIFY(!run(replay, "DROP FUNCTION twice(int4) CASCADE"));
        QVERIFY(table(replay, "t")->checks.empty());
        QVERIFY(table(replay, "t")->indexes.empty());
    }

    void knowsColumnsThatAQueryPicks()
    {
        Replay replay;
        QVERIFY(!run(replay,
                     "CREATE TABLE src (id serial PRIMARY KEY, a varchar(9));"
                     "CREATE TABLE made (x, y) AS SELECT id, s.a FROM src s WITH NO DATA"));
        const Table* const made = table(replay, "made");
        QVERIFY(made != nullptr && made->column("y") != nullptr);
        QCOMPARE(made->column("y")->type, std::string("character varying(9)"));
        QVERIFY(made->column("x")->nullable && !made->column("x")->defaultExpression);
        QVERIFY(!doubted(replay, "made"));
        QVERIFY(!run(replay, "CREATE TABLE more AS SELECT id + 1, upper(a) AS b FROM src"));
        QCOMPARE(table(replay, "more")->column("?column?")->type, std::string("integer"));
        QCOMPARE(table(replay, "more")->column("b")->type, std::string("text"));
        QVERIFY(!doubted(replay, "more"));
        QVERIFY(!run(replay, "CREATE TABLE sums AS SELECT sum(id) AS all_of_them FROM src"));
        QVERIFY(doubted(replay, "sums"));
    }

    void refusesWhatTheParserRefuses()
    {
        Replay replay;
        const SqlChange change = readSql("PRAGMA foreign_keys=ON").front().changes.front();
        Operation operation = operationOf(change.change);
        operation.reason = change.reason;
        operation.resolution = Resolution::Opaque;
        QCOMPARE(replay.apply(operation)->state, std::string("42601"));
        operation.guards.push_back({.text = "sqlite", .span = {}});
        QVERIFY(!replay.apply(operation));
    }

    void aRefusedOperationChangesNothing()
    {
        Replay replay;
        run(replay, "CREATE TABLE t (id integer)");
        const Schema before = replay.schema();
        // The sequence is made before the foreign key is refused.
        const auto refused =
            run(replay, "CREATE TABLE u (id serial PRIMARY KEY, t_id integer REFERENCES nowhere)");
        QVERIFY(refused.has_value());
        QCOMPARE(refused->state, std::string("42P01"));
        QVERIFY(replay.schema() == before);
        QVERIFY(!run(replay, "CREATE SEQUENCE u_id_seq").has_value());
    }

    void wouldRefuseLeavesEverythingAsItWas()
    {
        Replay replay;
        run(replay, "CREATE TABLE t (id serial)");
        const Schema before = replay.schema();
        QVERIFY(!replay.wouldRefuse(only("DROP TABLE t")).has_value());
        QVERIFY(replay.wouldRefuse(only("DROP TABLE u")).has_value());
        QVERIFY(replay.schema() == before);
        QVERIFY(replay.doubts().empty());
    }

    void aCopyIsIndependentAndSharesItsObjects()
    {
        Replay replay;
        run(replay, "CREATE TABLE a (id integer); CREATE TABLE b (id integer)");
        Replay copy = replay;
        run(copy, "ALTER TABLE b ADD COLUMN c integer");
        QVERIFY(table(replay, "b")->columns.size() == 1);
        QVERIFY(table(copy, "b")->columns.size() == 2);
        QVERIFY(table(replay, "a") == table(copy, "a"));
    }

    void aConditionalOperationIsAppliedAndDoubted()
    {
        Replay replay;
        run(replay, "CREATE TABLE t (id integer)");
        Operation operation = only("ALTER TABLE t ADD COLUMN a integer");
        operation.guards.push_back({.text = "settings.WIDE"});
        QVERIFY(!replay.apply(operation).has_value());
        QVERIFY(table(replay, "t")->column("a") != nullptr);
        QVERIFY(doubted(replay, "t", "a"));
        // Twice is refused by PostgreSQL, and a condition is never refused.
        QVERIFY(!replay.apply(operation).has_value());
    }

    void anAlternativeOnlyLeavesDoubt()
    {
        Replay replay;
        run(replay, "CREATE TABLE t (id integer)");
        Operation operation = only("DROP TABLE t");
        operation.alternative = true;
        QVERIFY(!replay.apply(operation).has_value());
        QVERIFY(table(replay, "t") != nullptr);
        QVERIFY(doubted(replay, "t"));
    }

    void anUnknownTypeOrDefaultLeavesDoubt()
    {
        Replay replay;
        run(replay, "CREATE TABLE t (id integer)");
        change::AddColumn add{.table = {.schema = {}, .name = "t"}};
        add.column.name = "a";
        add.column.type = Unknown{"a type of the application"};
        QVERIFY(!replay.apply(operationOf(add)).has_value());
        QCOMPARE(table(replay, "t")->column("a")->type, std::string());
        QVERIFY(doubted(replay, "t", "a"));
        const change::SetDefault set{.table = {.schema = {}, .name = "t"},
                                     .column = "id",
                                     .expression = Unknown{"computed"}};
        QVERIFY(!replay.apply(operationOf(set)).has_value());
        QVERIFY(doubted(replay, "t", "id"));
    }

    void opaqueCodeIsDoubtAboutItsTableOrAboutEverything()
    {
        Replay replay;
        run(replay, "CREATE TABLE t (id integer)");
        replay.apply(operationOf(change::Opaque{.what = "calls helper", .table = {{}, "t"}}));
        QVERIFY(doubted(replay, "t"));
        QVERIFY(!doubted(replay, ""));
        replay.apply(operationOf(change::Opaque{.what = "calls helper", .table = {}}));
        QVERIFY(doubted(replay, ""));
        const auto count = replay.doubts().size();
        replay.apply(
            operationOf(change::Opaque{.what = "writes rows", .table = {}, .structural = false}));
        QCOMPARE(replay.doubts().size(), count);
    }

    void whatWasNotReadMayHaveMadeWhatIsMissing_data()
    {
        QTest::addColumn<QString>("about");
        QTest::addColumn<QString>("sql");
        QTest::addColumn<bool>("refused");
        const auto row = [](const char* about, const char* sql, bool refused) {
            QTest::addRow("%s: %s", about, sql)
                << QString::fromUtf8(about) << QString::fromUtf8(sql) << refused;
        };
        row("t", "CREATE INDEX ix ON t (id)", false); // what is in the way may be gone
        row("t", "DROP INDEX none", false);           // of which table nobody knows
        row("t", "ALTER TABLE t DROP CONSTRAINT none", false);
        row("t", "ALTER TABLE t DROP COLUMN none", false);
        row("t", "ALTER TABLE u DROP COLUMN none", true);
        row("t", "CREATE TABLE u (id integer)", true);
        row("u", "CREATE INDEX ix ON t (id)", true);
        row("u", "CREATE TABLE u (id integer)", false);
        row("u", "ALTER TABLE u ADD FOREIGN KEY (id) REFERENCES nowhere", true);
        row("", "DROP INDEX none", false);
        row("", "ALTER TABLE none ADD COLUMN a integer", false);
        row("", "CREATE TABLE v (a integer, a integer)", true);
    }

    void whatWasNotReadMayHaveMadeWhatIsMissing()
    {
        QFETCH(QString, about);
        QFETCH(QString, sql);
        QFETCH(bool, refused);
        Replay replay;
        QVERIFY(!run(replay,
                     "CREATE TABLE t (id integer); CREATE INDEX ix ON t (id);"
                     "CREATE TABLE u (id integer)"));
        replay.apply(operationOf(
            change::Opaque{.what = "calls helper", .table = {{}, about.toStdString()}}));
        const Operation operation = only(sql.toStdString());
        QCOMPARE(replay.wouldRefuse(operation).has_value(), refused);
        QCOMPARE(replay.apply(operation).has_value(), refused);
    }

    void doubtFollowsARename()
    {
        Replay replay;
        run(replay, "CREATE TABLE t (id integer)");
        replay.apply(operationOf(change::Opaque{.what = "calls helper", .table = {{}, "t"}}));
        QVERIFY(!run(replay, "ALTER TABLE t RENAME TO moved").has_value());
        QVERIFY(doubted(replay, "moved"));
        QVERIFY(!doubted(replay, "t"));
        QVERIFY(!run(replay, "ALTER TABLE moved DROP COLUMN none").has_value());
    }

    void aSavepointUnderAConditionTakesBackWhatCameSince()
    {
        Replay replay;
        const auto under = [&](std::string_view sql) {
            Operation operation = only(sql);
            operation.guards.push_back({.text = "row"});
            QVERIFY(!replay.apply(operation).has_value());
        };
        run(replay, "CREATE TABLE t (id integer)");
        under("SAVEPOINT sa_savepoint_1");
        under("INSERT INTO t VALUES (1)");
        under("ROLLBACK TO SAVEPOINT sa_savepoint_1");
        under("RELEASE SAVEPOINT sa_savepoint_1");
        QVERIFY(replay.doubts().empty());
        under("SAVEPOINT sa_savepoint_2");
        under("CREATE TABLE u (id integer)");
        under("ROLLBACK TO SAVEPOINT sa_savepoint_2");
        QVERIFY(doubted(replay, ""));
    }

    void aFailureThatIsCaughtStaysOne()
    {
        Replay replay;
        replay.apply(operationOf(change::Opaque{.what = "calls helper", .table = {}}));
        Operation operation = only("DROP TABLE none");
        operation.tolerated = true;
        QVERIFY(replay.apply(operation).has_value());
    }

    void aTableWithAPartThatIsNotKnownIsMade()
    {
        Replay replay;
        change::CreateTable create{.table = {{}, "t"}};
        create.columns.push_back({.name = "id", .type = SqlText("integer")});
        create.columns.push_back({.name = "a", .type = Unknown{"a type of the application"}});
        Operation operation = operationOf(create);
        operation.resolution = Resolution::Opaque;
        operation.reason = "a type of the application";
        QVERIFY(!replay.apply(operation).has_value());
        QVERIFY(table(replay, "t") != nullptr);
        QVERIFY(doubted(replay, "t", "a"));
        QVERIFY(!doubted(replay, "t"));
        QVERIFY(!run(replay, "CREATE INDEX ix ON t (id)").has_value());
        // A reason that is about more than a part.
        operation.change = change::CreateTable{.table = {{}, "u"}, .columns = create.columns};
        operation.reason = "its columns are computed";
        QVERIFY(!replay.apply(operation).has_value());
        QVERIFY(table(replay, "u") == nullptr);
        QVERIFY(!run(replay, "CREATE INDEX ux ON u (id)").has_value());
    }

    void anEnumIsMadeOncePerRun()
    {
        Replay replay;
        QVERIFY(!replay.apply(operationOf(mood(true, false))).has_value());
        QVERIFY(!replay.apply(operationOf(mood(true, false))).has_value());
        run(replay, "DROP TYPE mood");
        QVERIFY(!replay.apply(operationOf(mood(true, false))).has_value());
        QVERIFY(replay.schema().enums.empty());
        replay.beginRun();
        QVERIFY(!replay.apply(operationOf(mood(true, false))).has_value());
        QCOMPARE(replay.schema().enums.size(), std::size_t{1});
        replay.beginRun();
        const auto refused = replay.apply(operationOf(mood(true, false)));
        QVERIFY(refused.has_value());
        QCOMPARE(refused->message, std::string("type \"mood\" already exists"));
        QVERIFY(!replay.apply(operationOf(mood(false, true))).has_value());
    }

    void temporaryTablesEndWithTheRun()
    {
        Replay replay;
        run(replay, "CREATE TEMPORARY TABLE t (id serial PRIMARY KEY)");
        QVERIFY(replay.schema().tables.empty());
        QVERIFY(replay.schema().sequences.empty());
        QVERIFY(!run(replay, "ALTER TABLE t ADD COLUMN a integer").has_value());
        replay.beginRun();
        QVERIFY(run(replay, "ALTER TABLE t ADD COLUMN a integer").has_value());
    }

    void aTableWhoseDefaultIsRefusedIsAssumedWithoutIt()
    {
        Replay replay;
        const Operation operation =
            only("CREATE TABLE t (id integer PRIMARY KEY, a text DEFAULT lower(randomblob(4)))");
        const auto refused = replay.apply(operation);
        QCOMPARE(refused->state, std::string("42883"));
        replay.assume(operation, *refused);
        QVERIFY(table(replay, "t") != nullptr);
        QCOMPARE(table(replay, "t")->columns.size(), std::size_t{2});
        QVERIFY(doubted(replay, "t", "a"));
        QVERIFY(!run(replay, "CREATE INDEX ix ON t (a)").has_value());
    }

    void assumesWhatIsMissing()
    {
        Replay replay;
        const Operation operation = only("ALTER TABLE app.t ADD CONSTRAINT c CHECK (a > 0)");
        const auto refused = replay.apply(operation);
        QVERIFY(refused.has_value());
        replay.assume(operation, *refused);
        const Table* const made = replay.schema().table({.schema = "app", .name = "t"});
        QVERIFY(made != nullptr);
        QVERIFY(made->column("a") != nullptr);
        QCOMPARE(made->checks.size(), std::size_t{1});
        QVERIFY(doubted(replay, "t") && doubted(replay, "t", "a"));
    }

    void assumesAMissingTypeAndTarget()
    {
        Replay replay;
        const Operation operation = only(
            "CREATE TABLE t (id integer PRIMARY KEY, s status, u_id integer REFERENCES u (id))");
        const auto refused = replay.apply(operation);
        QVERIFY(refused.has_value());
        replay.assume(operation, *refused);
        QVERIFY(table(replay, "u") != nullptr);
        QVERIFY(doubted(replay, "t"));
    }

    void anAssumedTableMayHaveAnything()
    {
        Replay replay;
        const Operation first = only("CREATE TABLE t (id integer, u_id integer REFERENCES u (id))");
        const auto refused = replay.apply(first);
        QVERIFY(refused.has_value());
        replay.assume(first, *refused);
        QVERIFY(!doubted(replay, "t"));
        QCOMPARE(table(replay, "t")->foreignKeys.size(), std::size_t{1});
        for (const char* const sql : {"CREATE TABLE w (u_mail text REFERENCES u (mail))",
                                      "ALTER TABLE u ALTER COLUMN age SET NOT NULL",
                                      "ALTER TABLE u DROP COLUMN name",
                                      "ALTER TABLE u DROP CONSTRAINT u_check"})
            QVERIFY2(!replay.apply(only(sql)).has_value(), sql);
        QCOMPARE(table(replay, "w")->foreignKeys.size(), std::size_t{1});
        QVERIFY(table(replay, "u")->column("age") != nullptr);
        QVERIFY(table(replay, "u")->column("name") == nullptr);
        QVERIFY(replay.apply(only("ALTER TABLE t DROP COLUMN name")).has_value());
        QVERIFY(replay.apply(only("CREATE TABLE u (id integer)")).has_value());
    }

    void knowsWhetherATableIsThereThoughNotHowItIs()
    {
        const auto reachOf = [](const Replay& replay, const std::string& name) {
            const auto& doubts = replay.doubts();
            const auto found = std::ranges::find_if(
                doubts, [&](const Doubt& each) { return each.table.name == name; });
            return found == doubts.end() ? -1 : static_cast<int>(found->reach);
        };
        Replay replay;
        run(replay, "CREATE TABLE a (id integer); CREATE TABLE b (id integer)");
        for (const char* const sql : {"CREATE INDEX i ON a (id)", "DROP TABLE b"}) {
            Operation operation = only(sql);
            operation.resolution = Resolution::Conditional;
            operation.guards = {Guard{.text = "x", .span = {}}};
            QVERIFY(!replay.apply(operation).has_value());
        }
        QCOMPARE(reachOf(replay, "a"), static_cast<int>(Doubt::Reach::Parts));
        QCOMPARE(reachOf(replay, "b"), static_cast<int>(Doubt::Reach::Existence));
    }

    void whatADropDoesNotFindIsGone()
    {
        Replay replay;
        run(replay, "CREATE TABLE t (id integer)");
        for (const char* const sql : {"DROP TABLE u",
                                      "DROP INDEX i",
                                      "ALTER TABLE t DROP CONSTRAINT c",
                                      "ALTER TABLE t DROP COLUMN c",
                                      "DROP TYPE y"}) {
            const Operation operation = only(sql);
            const auto refused = replay.apply(operation);
            QVERIFY2(refused.has_value(), sql);
            replay.assume(operation, *refused);
        }
        QCOMPARE(replay.schema().tables.size(), std::size_t{1});
        QCOMPARE(table(replay, "t")->columns.size(), std::size_t{1});
    }

    void viewsInACircleAndTablesInheritingThemselvesEnd()
    {
        Replay replay;
        run(replay,
            "CREATE TABLE t (id integer); CREATE VIEW a AS SELECT id FROM t;"
            "CREATE VIEW b AS SELECT id FROM a; CREATE OR REPLACE VIEW a AS SELECT id FROM b;");
        QVERIFY(!run(replay, "DROP VIEW a CASCADE").has_value());
        QVERIFY(replay.schema().views.empty());
        QVERIFY(run(replay, "ALTER TABLE t INHERIT t").has_value());
        QVERIFY(!run(replay, "ALTER TABLE t ADD COLUMN a integer").has_value());
    }

    void namesAreCutAt63Bytes()
    {
        Replay replay;
        change::CreateTable create;
        create.table.name = std::string(62, 'x') + "\xc3\xa4";
        create.columns.push_back({.name = "id", .type = std::string("SERIAL")});
        QVERIFY(!replay.apply(operationOf(create)).has_value());
        QVERIFY(table(replay, std::string(62, 'x')) != nullptr);
        const QualifiedName sequence{.schema = "public", .name = std::string(56, 'x') + "_id_seq"};
        QVERIFY(replay.schema().sequences.contains(sequence));
    }

    void manyOperationsOnManyTablesCostWhatTheyTouch()
    {
        Replay replay;
        change::CreateTable create;
        create.columns.push_back({.name = "id", .type = std::string("INTEGER")});
        for (int i = 0; i < 2000; ++i) {
            create.table.name = "t" + std::to_string(i);
            QVERIFY(!replay.apply(operationOf(create)).has_value());
        }
        change::RenameColumn rename{.table = {.schema = {}, .name = "t7"}};
        for (int i = 0; i < 2000; ++i) {
            rename.column = i % 2 == 0 ? "id" : "number";
            rename.newName = i % 2 == 0 ? "number" : "id";
            QVERIFY(!replay.apply(operationOf(rename)).has_value());
        }
        QCOMPARE(replay.schema().tables.size(), std::size_t{2000});
        QVERIFY(table(replay, "t7")->column("id") != nullptr);
    }
};

int replay_test(int argc, char** argv)
{
    ReplayTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "replay_test.moc"
