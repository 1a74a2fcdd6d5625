// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/review/sql_review.h"

#include <QTest>

using namespace sightglass;

namespace {

ReviewFacts withRows(const std::vector<std::pair<const char*, int>>& rows)
{
    ReviewFacts facts;
    for (const auto& [table, count] : rows)
        facts.tables[{.schema = "public", .name = table}].rows = count;
    return facts;
}

LossAssessment lossOf(const std::string& live, const std::string& sql, ReviewFacts facts = {})
{
    SqlReviewInput input;
    input.file = "change.sql";
    input.live = live;
    input.prior = "CREATE TABLE orders (id int);";
    input.priorIsComplete = true;
    input.text = sql;
    input.facts = std::move(facts);
    return reviewSql(std::move(input), {}).loss.value();
}

/// A line a loss: "dropped table public.a, 3 rows, with schema app; view public.v".
std::string told(const LossAssessment& loss)
{
    std::string text;
    for (const Loss& each : loss.losses) {
        text += std::string(toText(each.how)) + " " + std::string(toText(each.kind)) + " " +
                toText(each.table) + (each.column.empty() ? "" : "." + each.column);
        if (each.rows)
            text += ", " + std::to_string(*each.rows) + " rows";
        if (!each.through.empty())
            text += ", " + each.through;
        if (each.refused)
            text += ", refused";
        for (const std::string& dependent : each.dependents)
            text += "; " + dependent;
        text += "\n";
    }
    return text;
}

} // namespace

/// What a range would destroy of a live database, from SQL alone.
class LossTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void aDroppedTableIsCountedWithWhatHangsOnIt()
    {
        const LossAssessment loss =
            lossOf("CREATE TABLE jobs (id serial PRIMARY KEY, n text);"
                   "CREATE TABLE runs (id int, job int CONSTRAINT fk_job REFERENCES jobs (id));"
                   "CREATE VIEW open_jobs AS SELECT id FROM jobs;",
                   "DROP TABLE jobs CASCADE;",
                   withRows({{"jobs", 40}, {"runs", 900}}));
        QCOMPARE(told(loss),
                 std::string(
                     "dropped table public.jobs, 40 rows; foreign key fk_job of public.runs; view "
                     "public.open_jobs; sequence public.jobs_id_seq\n"));
        QCOMPARE(loss.tables(), std::size_t(1));
        QCOMPARE(loss.rows(), std::int64_t(40));
        QVERIFY(!loss.losses.front().managed);
        QVERIFY(!loss.isCounted());
    }

    void aTableThatTheChainMakesIsItsOwn()
    {
        const LossAssessment loss = lossOf("CREATE TABLE orders (id int);", "DROP TABLE orders;");
        QCOMPARE(loss.losses.size(), std::size_t(1));
        QVERIFY(loss.losses.front().managed);
        QCOMPARE(loss.withoutRows(), std::size_t(1));
        QCOMPARE(loss.notManaged(), std::size_t(0));
    }

    void whatPostgresqlRefusesIsNamedAndNotCounted()
    {
        const LossAssessment loss =
            lossOf("CREATE TABLE jobs (id int PRIMARY KEY);"
                   "CREATE TABLE runs (job int CONSTRAINT fk_job REFERENCES jobs (id));",
                   "DROP TABLE jobs;",
                   withRows({{"jobs", 40}}));
        QCOMPARE(told(loss),
                 std::string("dropped table public.jobs, 40 rows, refused; foreign key fk_job of "
                             "public.runs\n"));
        QCOMPARE(loss.tables(), std::size_t(0));
        QCOMPARE(loss.rows(), std::int64_t(0));
    }

    void droppingASchemaTakesItsTables()
    {
        const LossAssessment loss =
            lossOf("CREATE SCHEMA app; CREATE TABLE app.a (id int); CREATE TABLE app.b (id int);"
                   "CREATE TABLE c (id int);",
                   "DROP SCHEMA app CASCADE;");
        QCOMPARE(
            told(loss),
            std::string("dropped table app.a, with schema app\ndropped table app.b, with schema "
                        "app\n"));
    }

    void truncateFollowsForeignKeysWithCascadeOnly()
    {
        const char* const live =
            "CREATE TABLE a (id int PRIMARY KEY); CREATE TABLE b (id int PRIMARY KEY, a int "
            "REFERENCES a (id)); CREATE TABLE c (b int REFERENCES b (id));";
        const ReviewFacts facts = withRows({{"a", 1}, {"b", 2}, {"c", 3}});
        const LossAssessment all = lossOf(live, "TRUNCATE a CASCADE;", facts);
        QCOMPARE(all.tables(), std::size_t(3));
        QCOMPARE(all.rows(), std::int64_t(6));
        QCOMPARE(QString::fromStdString(all.losses[2].through),
                 QStringLiteral("CASCADE from public.a"));
        QCOMPARE(lossOf(live, "TRUNCATE c;", facts).rows(), std::int64_t(3));
    }

    void deleteOfEveryRowFollowsCascadingKeys()
    {
        const char* const live = "CREATE TABLE a (id int PRIMARY KEY);"
                                 "CREATE TABLE b (a int REFERENCES a (id) ON DELETE CASCADE);"
                                 "CREATE TABLE c (a int REFERENCES a (id) ON DELETE SET NULL);";
        const LossAssessment loss = lossOf(live, "DELETE FROM a;", withRows({{"a", 5}, {"b", 7}}));
        QCOMPARE(loss.tables(), std::size_t(2));
        QCOMPARE(loss.rows(), std::int64_t(12));
        QVERIFY(loss.losses.front().how == Loss::How::Deleted);
        QCOMPARE(lossOf(live, "DELETE FROM a WHERE id = 3;").tables(), std::size_t(0));
    }

    void aPartitionedTableIsOneLossWithThePartitionsRows()
    {
        const LossAssessment loss =
            lossOf("CREATE TABLE m (id int, at date) PARTITION BY RANGE (at);"
                   "CREATE TABLE m1 PARTITION OF m FOR VALUES FROM ('2024-01-01') TO "
                   "('2025-01-01');"
                   "CREATE TABLE m2 PARTITION OF m FOR VALUES FROM ('2025-01-01') TO "
                   "('2026-01-01');",
                   "DROP TABLE m;",
                   withRows({{"m1", 10}, {"m2", 20}}));
        QCOMPARE(told(loss),
                 std::string("dropped table public.m, 30 rows; partition public.m1; partition "
                             "public.m2\n"));
    }

    void aColumnTellsItsIndexesAndValues()
    {
        ReviewFacts facts = withRows({{"jobs", 100}});
        facts.columns[{{.schema = "public", .name = "jobs"}, "note"}].nulls = 90;
        const LossAssessment loss = lossOf("CREATE TABLE jobs (id int, note text);"
                                           "CREATE INDEX ix_note ON jobs (note);",
                                           "ALTER TABLE jobs DROP COLUMN note;",
                                           facts);
        QCOMPARE(told(loss),
                 std::string("dropped column public.jobs.note, 10 rows; index ix_note\n"));
        QCOMPARE(loss.columns(), std::size_t(1));
        QCOMPARE(loss.rows(), std::int64_t(0)); // those of tables
    }

    void whatTheRunMakesIsNoLossAndRenamesAreFollowed()
    {
        QCOMPARE(told(lossOf("CREATE TABLE jobs (id int);",
                             "CREATE TABLE scratch (id int); DROP TABLE scratch;"
                             "ALTER TABLE jobs ADD COLUMN x int; ALTER TABLE jobs DROP COLUMN x;")),
                 std::string(""));
        QCOMPARE(told(lossOf("CREATE TABLE jobs (id int, a text);",
                             "ALTER TABLE jobs RENAME TO old_jobs;"
                             "ALTER TABLE old_jobs RENAME COLUMN a TO b;"
                             "ALTER TABLE old_jobs DROP COLUMN b; CREATE TABLE jobs (id int);"
                             "DROP TABLE old_jobs; DROP TABLE jobs;",
                             withRows({{"jobs", 8}}))),
                 std::string(
                     "dropped column public.jobs.a, 8 rows\ndropped table public.jobs, 8 rows\n"));
    }

    void aTypeTakesItsColumnsWithCascade()
    {
        QCOMPARE(told(lossOf("CREATE TYPE mood AS ENUM ('a'); CREATE TABLE p (id int, m mood);",
                             "DROP TYPE mood CASCADE;")),
                 std::string("dropped column public.p.m, with type public.mood\n"));
    }

    void whatCannotBeReadIsNotTakenForNothing()
    {
        const LossAssessment loss = lossOf("CREATE TABLE jobs (id int);", "DROP OWNED BY worker;");
        QCOMPARE(loss.losses.size(), std::size_t(0));
        QCOMPARE(loss.unknown.size(), std::size_t(1));
    }

    void withoutALiveSchemaThereIsNoAssessment()
    {
        SqlReviewInput input;
        input.text = "DROP TABLE jobs;";
        QVERIFY(!reviewSql(std::move(input), {}).loss.has_value());
    }
};

int loss_test(int argc, char** argv)
{
    LossTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "loss_test.moc"
