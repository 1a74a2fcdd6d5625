// SPDX-License-Identifier: GPL-3.0-or-later
// A chain that Alembic can't load is no clean review.
#include "tests/cli/run_cli.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

using namespace sightglass::tests;

namespace {

constexpr auto begins = "revision = 'a1'\ndown_revision = None\n\n\ndef upgrade():\n    pass\n";
constexpr auto breaks = "revision = 'b1'\ndown_revision = 'a1'\nfrom alembic import op\n\n\n"
                        "def upgrade():\n    op.drop_table('x'\n";
constexpr auto unread = "def upgrade(:\n";

} // namespace

class ReviewOfBrokenChainsTest : public QObject
{
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;

    void write(const QString& name, const char* text) const
    {
        QFile file(m_folder->filePath(name));
        QVERIFY(QDir().mkpath(QFileInfo(file.fileName()).path()));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(text);
    }

    void git(const QStringList& arguments) const
    {
        QProcess process;
        process.setWorkingDirectory(m_folder->path());
        process.start(QStringLiteral("git"),
                      QStringList{QStringLiteral("-c"),
                                  QStringLiteral("user.email=a@example.org"),
                                  QStringLiteral("-c"),
                                  QStringLiteral("user.name=A"),
                                  QStringLiteral("-c"),
                                  QStringLiteral("commit.gpgsign=false")} +
                          arguments);
        QVERIFY(process.waitForFinished(30'000));
        QVERIFY2(process.exitCode() == 0, process.readAllStandardError().constData());
    }

    void commit(const QString& message) const
    {
        git({QStringLiteral("add"), QStringLiteral("-A")});
        git({QStringLiteral("commit"), QStringLiteral("-q"), QStringLiteral("-m"), message});
    }

    CliRun review(std::vector<std::string> more = {}) const
    {
        std::vector<std::string> arguments{
            "review", "--project", m_folder->path().toStdString(), "--format", "json"};
        arguments.insert(arguments.end(), more.begin(), more.end());
        return runCli(arguments);
    }

    static QStringList rulesOf(const CliRun& run)
    {
        QStringList rules;
        const auto take = [&](const QJsonValue& findings) {
            for (const auto& each : findings.toArray())
                rules << each[QStringLiteral("rule")].toString();
        };
        take(run.json()[QStringLiteral("findings")]);
        for (const auto& revision : run.json()[QStringLiteral("revisions")].toArray())
            take(revision[QStringLiteral("findings")]);
        rules.removeDuplicates();
        rules.sort();
        return rules;
    }

private Q_SLOTS:

    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        write(QStringLiteral("alembic.ini"), "[alembic]\nscript_location = m\n");
        write(QStringLiteral("m/env.py"), "from alembic import context\n");
        write(QStringLiteral("m/versions/a.py"), begins);
    }

    void aFileThatPythonCantReadIsSaid()
    {
        write(QStringLiteral("m/versions/b.py"), breaks);
        const CliRun run = review();
        QCOMPARE(run.status, 1);
        QVERIFY(rulesOf(run).contains(QStringLiteral("syntax-error")));
    }

    void aRangeThatAlembicCantLoadIsSaid()
    {
        write(QStringLiteral("m/versions/b.py"), breaks);
        const CliRun run = review({"base:a1"});
        QCOMPARE(run.status, 1);
        QVERIFY(rulesOf(run).contains(QStringLiteral("syntax-error")));
    }

    void foldersThatAreNotReadAreSaid()
    {
        QVERIFY(QFile::remove(m_folder->filePath(QStringLiteral("m/versions/a.py"))));
        write(QStringLiteral("m/versions/postgresql/a.py"), begins);
        const CliRun run = review({"--fail-on", "medium"});
        QCOMPARE(run.status, 1);
        QVERIFY(!rulesOf(run).isEmpty());
    }

    void aBranchAnswersForItsOwnFilesOnly()
    {
        git({QStringLiteral("init"),
             QStringLiteral("-q"),
             QStringLiteral("-b"),
             QStringLiteral("main")});
        write(QStringLiteral("m/versions/old.py"), unread);
        commit(QStringLiteral("begin"));
        git({QStringLiteral("checkout"),
             QStringLiteral("-q"),
             QStringLiteral("-b"),
             QStringLiteral("mine")});
        QCOMPARE(rulesOf(review({"--since", "main"})), QStringList());
        write(QStringLiteral("m/versions/new.py"), unread);
        commit(QStringLiteral("break"));
        const CliRun run = review({"--since", "main"});
        QCOMPARE(run.status, 1);
        QVERIFY(!rulesOf(run).isEmpty());
        QVERIFY(contains(run.out, "new.py"));
        QVERIFY(!contains(run.out, "old.py"));
    }
};

int review_of_broken_chains_test(int argc, char** argv)
{
    ReviewOfBrokenChainsTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "review_of_broken_chains_test.moc"
