// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/history/sql_file.h"
#include "tests/unit/project/project_tree.h"

#include <QTest>

using namespace sightglass;
using namespace sightglass::tests;

class SqlScanTest : public QObject
{
    Q_OBJECT

    static SqlFileFacts facts(const std::string& text)
    {
        const ProjectScan scan = ProjectTree{{"sql/init.sql", text}}.scan();
        return scan.sqlFiles.empty() ? SqlFileFacts() : scan.sqlFiles.front();
    }

private Q_SLOTS:

    void saysWhatATransactionHolds_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char* text, const char* expected) {
            QTest::newRow(text) << QString::fromUtf8(text) << QString::fromUtf8(expected);
        };
        row("CREATE TABLE a (x int);\nCREATE TABLE b (x int);", "none");
        row("BEGIN;\nCREATE TABLE a (x int);\nCREATE TABLE b (x int);\nCOMMIT;", "whole");
        row("BEGIN;\nCREATE TABLE a (x int);\nCOMMIT;\nINSERT INTO a VALUES (1);", "partly");
        row("START TRANSACTION; CREATE TABLE a (x int); SAVEPOINT s; ROLLBACK TO s; CREATE TABLE b "
            "(x int); COMMIT;",
            "whole");
        row("CREATE TABLE a (x int);", "not-needed");
        row("SELECT 1; SELECT 2;", "not-needed");
        row("SET x.y = 1;\nBEGIN;\nCREATE TABLE a (x int);\nCREATE TABLE b (x int);\nEND;",
            "whole");
    }

    void saysWhatATransactionHolds()
    {
        QFETCH(QString, text);
        QFETCH(QString, expected);
        QCOMPARE(QString::fromUtf8(toText(facts(text.toStdString()).transaction).data()), expected);
    }

    void readsTheHeadOfADump()
    {
        const SqlFileFacts dump = facts(
            "--\n-- PostgreSQL database dump\n--\n\n-- Dumped from database version 15.6 (Debian)\n"
            "-- Dumped by pg_dump version 15.6\n\nCREATE TABLE public.alembic_version (version_num "
            "character varying(32) NOT NULL);\n"
            "COPY public.alembic_version (version_num) FROM stdin;\nabc123\n\\.\n");
        QVERIFY(dump.fromPgDump);
        QCOMPARE(dump.serverVersion, std::string("15.6 (Debian)"));
        QCOMPARE(dump.versionRows, std::vector<std::string>{"abc123"});
        const SqlFileFacts hand =
            facts("-- Shop\n-- Generated from: v1.0.28\n-- Alembic Revision: base_v106\nCREATE "
                  "TABLE a (x int);\n"
                  "INSERT INTO alembic_version (version_num) VALUES ('base_v106');\n");
        QVERIFY(!hand.fromPgDump);
        QCOMPARE(hand.header.size(), std::size_t(2));
        QCOMPARE(hand.header[1].second, std::string("base_v106"));
        QCOMPARE(hand.versionRows, std::vector<std::string>{"base_v106"});
        QCOMPARE(hand.tables, std::vector<std::string>{"public.a"});
        QVERIFY(hand.schema != nullptr);
    }

    void aRevisionThatNoFileDefinesIsNamed()
    {
        const std::set<std::string> revisions{"a1"};
        const auto found = [&](const std::string& id) {
            const ProjectTree tree{
                {"init.sql", "INSERT INTO alembic_version VALUES ('" + id + "');"}};
            const auto project = findProject(tree.files(), {.start = "/p"});
            ScanInput more{.project = *project};
            more.revisions = &revisions;
            return ProjectTree::text(tree.scan(&more), "sql-file-of-unknown-revision");
        };
        QCOMPARE(found("a1"), std::string());
        QCOMPARE(found("b2"), std::string("medium init.sql:1\n"));
    }

    void aFileThatMakesTheChainsTablesIsNamed()
    {
        const ReplayedSchema chain = readSqlFile("CREATE TABLE a (x int);", "chain").result;
        ProjectTree tree{
            {"sql/init.sql", "BEGIN; CREATE TABLE a (x int); CREATE TABLE b (x int); COMMIT;"}};
        const auto project = findProject(tree.files(), {.start = "/p"});
        ScanInput more{.project = *project};
        more.chain = &chain.schema;
        QCOMPARE(ProjectTree::text(tree.scan(&more), "sql-file-beside-chain"),
                 std::string("low sql/init.sql:1\n"));
        tree.put("compose.yml",
                 "services:\n  db:\n    image: postgres:16\n    volumes:\n      - "
                 "./sql:/docker-entrypoint-initdb.d:ro\n");
        const ProjectScan scan = tree.scan(&more);
        QCOMPARE(ProjectTree::text(scan, "sql-file-beside-chain"),
                 std::string("high sql/init.sql:1\n"));
        QCOMPARE(scan.sqlFiles.front().alsoInChain, std::vector<std::string>{"public.a"});
    }

    void anotherDialectIsSaidAndNotJudged()
    {
        const ProjectScan scan = ProjectTree{{"my.sql",
                                              "CREATE TABLE `a` (`x` int) ENGINE=InnoDB;\nCREATE "
                                              "TABLE `b` (`x` int) ENGINE=InnoDB;\n"}}
                                     .scan();
        QVERIFY(!scan.sqlFiles.front().isPostgres);
        QCOMPARE(ProjectTree::text(scan, "sql-file-stops-half-way"), std::string());
    }

    void whoRunsItDecidesHowLoud()
    {
        const std::string text = "CREATE TABLE a (x int);\nCREATE TABLE b (x int);\n";
        const auto found = [](const std::vector<std::pair<std::string, std::string>>& texts) {
            return ProjectTree::text(ProjectTree(texts).scan(), "sql-file-stops-half-way");
        };
        QCOMPARE(found({{"a.sql", text}}), std::string("low a.sql:1\n"));
        QCOMPARE(found({{"tests/a.sql", text}}), std::string());
        QCOMPARE(found({{"a.sql", text},
                        {"compose.yml",
                         "services:\n  db:\n    image: postgres:16\n    volumes: "
                         "['./a.sql:/docker-entrypoint-initdb.d/a.sql']\n"}}),
                 std::string("medium a.sql:1\n"));
    }
};

int sql_scan_test(int argc, char** argv)
{
    SqlScanTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "sql_scan_test.moc"
