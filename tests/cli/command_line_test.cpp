// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/cli/run_cli.h"

#include <QFile>
#include <QJsonArray>
#include <QTemporaryDir>
#include <QTest>

#include <filesystem>
#include <fstream>

using namespace sightglass;
using namespace sightglass::tests;

class CommandLineTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void initTestCase() { qunsetenv("SIGHTGLASS_DSN"); }

    void aSoundChainEndsWithStatusZero()
    {
        const CliRun run = runCli({"chain", "--project", dataProject("shop")});
        QCOMPARE(run.status, 0);
        QVERIFY(contains(run.out, "2 revisions, 1 head, 1 base\n"));
        QVERIFY(contains(run.out, "2b3c4d5e6f7a  orders"));
        QCOMPARE(run.err, std::string());
    }

    void commonOptionsStandBeforeOrAfterTheCommand()
    {
        const CliRun before =
            runCli({"--project", dataProject("shop"), "--format", "json", "chain"});
        const CliRun after =
            runCli({"chain", "--format", "json", "--project", dataProject("shop")});
        QCOMPARE(before.status, 0);
        QVERIFY(!after.out.empty());
        QCOMPARE(before.out, after.out);
        QCOMPARE(after.json()[QStringLiteral("format")].toString(), QStringLiteral("sightglass/1"));
        QCOMPARE(after.json()[QStringLiteral("heads")].toArray().at(0).toString(),
                 QStringLiteral("2b3c4d5e6f7a"));
    }

    void aBrokenChainEndsWithStatusOneAndCanBeLetThrough()
    {
        QCOMPARE(runCli({"chain", "--project", dataProject("torn")}).status, 1);
        QCOMPARE(runCli({"chain", "--project", dataProject("torn"), "--fail-on", "never"}).status,
                 0);
    }

    void diagnoseJudgesFilesAloneWithoutADatabase()
    {
        const CliRun run =
            runCli({"diagnose", "--project", dataProject("shop"), "--format", "json"});
        QCOMPARE(run.status, 0);
        QVERIFY(run.json()[QStringLiteral("state")].isNull());
        QVERIFY(run.json()[QStringLiteral("database")].isNull());
        const CliRun torn =
            runCli({"diagnose", "--project", dataProject("torn"), "--format", "json"});
        QCOMPARE(torn.status, 1);
        QCOMPARE(torn.json()[QStringLiteral("state")].toString(), QStringLiteral("broken-chain"));
        const QJsonObject fresh = torn.json()[QStringLiteral("fresh_database")].toObject();
        QVERIFY(!fresh[QStringLiteral("ok")].toBool(true));
        QVERIFY(fresh[QStringLiteral("error")].toString().contains(
            QStringLiteral("KeyError: '0badc0ffee00'")));
    }

    void aChainThatAnEmptyDatabaseRefusesIsNotCalledSound()
    {
        const CliRun run =
            runCli({"diagnose", "--project", dataProject("adrift"), "--format", "json"});
        QCOMPARE(run.status, 0); // it is a finding, not a state of a database
        const QJsonObject document = run.json();
        QVERIFY(document[QStringLiteral("state")].isNull());
        QCOMPARE(document[QStringLiteral("title")].toString(),
                 QStringLiteral("The chain can't build a new database. No database was read."));
        const QJsonObject fresh = document[QStringLiteral("fresh_database")].toObject();
        QCOMPARE(fresh[QStringLiteral("ok")], QJsonValue(false));
        QCOMPARE(fresh[QStringLiteral("revision")].toString(), QStringLiteral("7a6b5c4d3e2f"));
        const CliRun text = runCli({"diagnose", "--project", dataProject("adrift")});
        QVERIFY(contains(text.out, "stops at 7a6b5c4d3e2f: relation \"users\" does not exist"));
    }

    void mistakesInTheArgumentsAreOneLineWithTheNextStep_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QString>("sentence");
        const QString shop = QString::fromStdString(dataProject("shop"));
        QTest::newRow("no command")
            << QStringList{} << QStringLiteral("No command was given. Run sightglass-cli --help.");
        QTest::newRow("unknown command")
            << QStringList{QStringLiteral("frobnicate")} << QStringLiteral("frobnicate");
        QTest::newRow("unknown option")
            << QStringList{QStringLiteral("chain"), QStringLiteral("--colour")}
            << QStringLiteral("Run sightglass-cli chain --help.");
        QTest::newRow("unknown format") << QStringList{QStringLiteral("chain"),
                                                       QStringLiteral("--format"),
                                                       QStringLiteral("xml")}
                                        << QStringLiteral("--format");
        QTest::newRow("no such folder") << QStringList{QStringLiteral("chain"),
                                                       QStringLiteral("--project"),
                                                       QStringLiteral("/no/such/folder")}
                                        << QStringLiteral("/no/such/folder");
        QTest::newRow("another database")
            << QStringList{QStringLiteral("diagnose"),
                           QStringLiteral("--project"),
                           shop,
                           QStringLiteral("--dsn"),
                           QStringLiteral("mysql://root:hunter2@db/x")}
            << QStringLiteral("mysql");
        QTest::newRow("no url in the project") << QStringList{QStringLiteral("diagnose"),
                                                              QStringLiteral("--project"),
                                                              shop,
                                                              QStringLiteral("--dsn-from-project")}
                                               << QStringLiteral("sqlalchemy.url");
        QTest::newRow("schema of two")
            << QStringList{QStringLiteral("schema"),
                           QStringLiteral("head"),
                           QStringLiteral("--live")}
            << QStringLiteral("Name one revision, --live, --models or --sql-file FILE.");
        QTest::newRow("schema of nowhere")
            << QStringList{QStringLiteral("schema"), QStringLiteral("--live")}
            << QStringLiteral("No database was named.");
        QTest::newRow("no kind of picture")
            << QStringList{QStringLiteral("draw"), QStringLiteral("-o"), QStringLiteral("x.gif")}
            << QStringLiteral("Name a file that ends in .svg, .png or .dot.");
        QTest::newRow("no kind of report")
            << QStringList{QStringLiteral("report"), QStringLiteral("-o"), QStringLiteral("x.docx")}
            << QStringLiteral("Name a file that ends in .md.");
        QTest::newRow("no such demo")
            << QStringList{QStringLiteral("demo"), QStringLiteral("no-such-demo")}
            << QStringLiteral("no-such-demo");
    }

    void mistakesInTheArgumentsAreOneLineWithTheNextStep()
    {
        QFETCH(QStringList, arguments);
        QFETCH(QString, sentence);
        std::vector<std::string> words;
        for (const QString& argument : arguments)
            words.push_back(argument.toStdString());
        const CliRun run = runCli(words);
        QCOMPARE(run.status, 2);
        QCOMPARE(run.out, std::string());
        QVERIFY2(isOneErrorLine(run.err), run.err.c_str());
        QVERIFY2(contains(run.err, sentence.toStdString()), run.err.c_str());
        QVERIFY2(!contains(run.err, "hunter2"), run.err.c_str());
    }

    void aFolderWithoutAProjectIsSaidSo()
    {
        const QTemporaryDir folder;
        const CliRun run = runCli({"chain", "--project", folder.path().toStdString()});
        QCOMPARE(run.status, 2);
        QVERIFY2(isOneErrorLine(run.err), run.err.c_str());
    }

    void aBrokenIniNamesFileAndLine()
    {
        const QTemporaryDir folder;
        const std::string ini = folder.path().toStdString() + "/alembic.ini";
        std::ofstream(ini) << "[alembic]\nscript_location alembic\n";
        const CliRun run = runCli({"chain", "--project", folder.path().toStdString()});
        QCOMPARE(run.status, 2);
        QVERIFY2(isOneErrorLine(run.err) && contains(run.err, "alembic.ini:2"), run.err.c_str());
    }

    void aFileThatCannotBeReadLeavesTheRestStanding()
    {
        const QTemporaryDir folder;
        const std::filesystem::path root = folder.path().toStdString();
        std::filesystem::copy(
            dataProject("shop"), root / "shop", std::filesystem::copy_options::recursive);
        std::filesystem::create_symlink("loop.py", root / "shop/alembic/versions/loop.py");
        const CliRun run =
            runCli({"chain", "--project", (root / "shop").string(), "--format", "json"});
        QCOMPARE(run.json()[QStringLiteral("revisions")].toArray().size(), 2);
        QVERIFY2(contains(run.out, "loop.py"), run.out.c_str());
    }

    void aServerThatIsDownGivesStatusThreeAndTheChainStillStands()
    {
        const CliRun run = runCli({"diagnose",
                                   "--project",
                                   dataProject("shop"),
                                   "--format",
                                   "json",
                                   "--dsn",
                                   "postgresql://app:hunter2@127.0.0.1:1/shop"});
        QCOMPARE(run.status, 3);
        QVERIFY2(isOneErrorLine(run.err), run.err.c_str());
        QVERIFY(!contains(run.err, "hunter2"));
        QVERIFY(!contains(run.out, "hunter2"));
        QVERIFY(run.json()[QStringLiteral("state")].isNull());
        QVERIFY(run.json()[QStringLiteral("database_error")].toString().contains(
            QStringLiteral("127.0.0.1")));
    }

    void theEnvironmentNamesADatabaseWhereNoOptionDoes()
    {
        qputenv("SIGHTGLASS_DSN", "postgresql://app@127.0.0.1:1/shop");
        const CliRun run = runCli({"diagnose", "--project", dataProject("shop")});
        qunsetenv("SIGHTGLASS_DSN");
        QCOMPARE(run.status, 3);
    }

    void everyCommandHelpsWithExamplesAndStatuses()
    {
        for (const Command* command : commandTable()) {
            const CliRun run = runCli({std::string(command->name), "--help"});
            QCOMPARE(run.status, 0);
            QVERIFY2(contains(run.out, "Exit status: 0 done;"), run.out.c_str());
            QVERIFY2(contains(run.out, "  sightglass-cli " + std::string(command->name)),
                     run.out.c_str());
            QVERIFY2(contains(run.out, "--version-table-schema"), run.out.c_str());
            QCOMPARE(run.err, std::string());
        }
        QVERIFY(contains(runCli({"--version"}).out, "sightglass-cli " SIGHTGLASS_VERSION));
    }

    void writesDotAndMarkdownAndSaysWhereOnStderr()
    {
        const QTemporaryDir folder;
        const std::string dot = folder.path().toStdString() + "/graph.dot";
        const std::string page = folder.path().toStdString() + "/report.md";
        const CliRun drawn = runCli({"draw", "-o", dot, "--project", dataProject("shop")});
        QCOMPARE(drawn.status, 0);
        QCOMPARE(drawn.out, std::string());
        QVERIFY(contains(drawn.err, "graph.dot"));
        QCOMPARE(runCli({"report", "-o", page, "--project", dataProject("torn")}).status, 0);
        QFile report(QString::fromStdString(page));
        QVERIFY(report.open(QIODevice::ReadOnly));
        QVERIFY(report.readAll().contains("The chain is broken at 0badc0ffee00."));
        QCOMPARE(runCli({"report", "-o", "/no/such/folder/x.md", "--project", dataProject("shop")})
                     .status,
                 2);
    }

    void stopsWhenAsked()
    {
        std::stop_source source;
        source.request_stop();
        QCOMPARE(runCli({"chain", "--project", dataProject("shop")}, source.get_token()).status,
                 130);
    }

    void listsTheDemos()
    {
        const CliRun run = runCli({"demo"});
        QCOMPARE(run.status, 0);
        QVERIFY(contains(run.out, "broken-chain"));
        QVERIFY(contains(run.out, "version-mismatch"));
    }
};

int command_line_test(int argc, char** argv)
{
    CommandLineTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "command_line_test.moc"
