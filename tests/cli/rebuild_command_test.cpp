// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/cli/run_cli.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

using namespace sightglass;
using namespace sightglass::tests;

/// Lost files come back out of git byte for byte, and out of models where git has none.
class RebuildCommandTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void init()
    {
        qunsetenv("SIGHTGLASS_DSN");
        m_place = std::make_unique<QTemporaryDir>();
        qputenv("SIGHTGLASS_DATA", m_place->filePath(QStringLiteral("data")).toUtf8());
        QVERIFY(QDir(m_place->path()).mkpath(QStringLiteral("shop/migrations/versions")));
        write(QStringLiteral("alembic.ini"), "[alembic]\nscript_location = migrations\n");
        write(QStringLiteral("migrations/env.py"),
              "import models\n\ntarget_metadata = models.meta\n");
        write(QStringLiteral("models.py"),
              "import sqlalchemy as sa\n\nmeta = sa.MetaData()\n"
              "sa.Table('a', meta, sa.Column('id', sa.Integer(), primary_key=True))\n"
              "sa.Table('b', meta, sa.Column('id', sa.Integer(), primary_key=True),\n"
              "         sa.Column('word', sa.String(20), nullable=False))\n");
        write(version(QStringLiteral("aaa")),
              revision("aaa",
                       "None",
                       "op.create_table('a', sa.Column('id', sa.Integer(), "
                       "primary_key=True))"));
        write(version(QStringLiteral("bbb")), lostFile());
        write(version(QStringLiteral("ccc")),
              revision("ccc",
                       "'bbb'",
                       "op.add_column('b', sa.Column('word', sa.String(20), "
                       "nullable=False))"));
    }

    void aFileThatGitHasComesBackByteForByte_data()
    {
        QTest::addColumn<bool>("stashed");
        QTest::newRow("deleted in a commit") << false;
        QTest::newRow("only in a stash") << true;
    }

    void aFileThatGitHasComesBackByteForByte()
    {
        QFETCH(bool, stashed);
        const QString name = version(QStringLiteral("bbb"));
        if (stashed)
            QVERIFY(QFile::rename(path(name), m_place->filePath(QStringLiteral("aside"))));
        git({"init", "-q"});
        git({"add", "-A"});
        git({"commit", "-qm", "first"});
        if (stashed) {
            QVERIFY(QFile::rename(m_place->filePath(QStringLiteral("aside")), path(name)));
            git({"stash", "-q", "-u"});
        } else {
            git({"rm", "-q", "migrations/versions/bbb_x.py"});
            git({"commit", "-qm", "lost"});
        }
        QVERIFY(!QFile::exists(path(name)));
        const CliRun shown = rebuild({"bbb", "--dry-run"});
        QVERIFY2(shown.status == 0, shown.err.c_str());
        QVERIFY2(contains(shown.out, stashed ? "stash" : "(first)"), shown.out.c_str());
        QVERIFY2(contains(shown.out, "+revision = 'bbb'"), shown.out.c_str());
        QVERIFY(!QFile::exists(path(name)));
        const CliRun run = rebuild({"bbb"});
        QVERIFY2(run.status == 0, run.err.c_str());
        QCOMPARE(read(name), lostFile());
        const CliRun back = runCli({"undo", "--confirm", "shop", "--project", project()});
        QVERIFY2(back.status == 0, back.err.c_str());
        QVERIFY(!QFile::exists(path(name)));
    }

    void aFileThatGitHasNotIsMadeFromTheModels()
    {
        QVERIFY(QFile::remove(path(version(QStringLiteral("bbb")))));
        const CliRun git = rebuild({"bbb", "--from", "git"});
        QCOMPARE(git.status, 2);
        QVERIFY2(isOneErrorLine(git.err), git.err.c_str());
        const CliRun run = rebuild({"bbb"});
        QVERIFY2(run.status == 0, (run.out + run.err).c_str());
        const QByteArray made = read(QStringLiteral("migrations/versions/bbb_rebuild_bbb.py"));
        QVERIFY2(made.contains("down_revision = 'aaa'"), made.constData());
        QVERIFY2(made.contains("'b',\n        sa.Column('id', sa.Integer(), nullable=False),\n"
                               "        sa.PrimaryKeyConstraint("),
                 made.constData());
        QVERIFY2(!made.contains("word"), made.constData());
    }

    void refusalsSayWhatToDo()
    {
        const CliRun there = rebuild({"bbb"});
        QCOMPARE(there.status, 2);
        QVERIFY2(contains(there.err, "is not lost"), there.err.c_str());
        const CliRun live = rebuild({"zzz", "--from", "live"});
        QCOMPARE(live.status, 2);
        QVERIFY2(contains(live.err, "--dsn"), live.err.c_str());
        QCOMPARE(rebuild({}).status, 2);
        const CliRun initial = rebuild({"--initial", "--from", "models"});
        QCOMPARE(initial.status, 2);
        QVERIFY2(contains(initial.err, "no initial migration"), initial.err.c_str());
    }

    void aSquashLeavesOneFileAndCanBeTakenBack()
    {
        const CliRun run = runCli({"squash", "--project", project()});
        QVERIFY2(run.status == 0, (run.out + run.err).c_str());
        const QDir versions(path(QStringLiteral("migrations/versions")));
        QCOMPARE(versions.entryList(QDir::Files).size(), 1);
        QVERIFY(QFile::exists(path(QStringLiteral("migrations/squashed_ccc/bbb_x.py"))));
        const CliRun back = runCli({"undo", "--confirm", "shop", "--project", project()});
        QVERIFY2(back.status == 0, back.err.c_str());
        QCOMPARE(versions.entryList(QDir::Files).size(), 3);
        QCOMPARE(read(version(QStringLiteral("bbb"))), lostFile());
    }

private:
    static QByteArray
    revision(const QByteArray& id, const QByteArray& down, const QByteArray& upgrade)
    {
        return "\"\"\"about " + id + "\"\"\"\nfrom alembic import op\nimport sqlalchemy as sa\n\n" +
               "revision = '" + id + "'\ndown_revision = " + down + "\n\n\ndef upgrade():\n    " +
               upgrade + "\n\n\ndef downgrade():\n    pass\n";
    }

    /// With what no other program would write alike.
    static QByteArray lostFile()
    {
        return revision("bbb",
                        "'aaa'  # \xC3\xA9\r",
                        "op.create_table( 'b', sa.Column('id', sa.Integer(), primary_key=True) )") +
               "\n\n\n# no end of line";
    }

    static QString version(const QString& id)
    {
        return QStringLiteral("migrations/versions/") + id + QStringLiteral("_x.py");
    }

    QString path(const QString& name) const
    {
        return m_place->filePath(QStringLiteral("shop/") + name);
    }

    std::string project() const { return path(QString()).toStdString(); }

    void write(const QString& name, const QByteArray& text) const
    {
        QFile file(path(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(text);
    }

    QByteArray read(const QString& name) const
    {
        QFile file(path(name));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    CliRun rebuild(std::vector<std::string> arguments) const
    {
        arguments.insert(arguments.begin(), "rebuild");
        arguments.push_back("--project");
        arguments.push_back(project());
        return runCli(arguments);
    }

    void git(const std::vector<std::string>& arguments) const
    {
        QStringList all{QStringLiteral("-c"),
                        QStringLiteral("user.name=t"),
                        QStringLiteral("-c"),
                        QStringLiteral("user.email=t@example.org"),
                        QStringLiteral("-c"),
                        QStringLiteral("core.autocrlf=false")};
        for (const std::string& each : arguments)
            all.push_back(QString::fromStdString(each));
        QProcess process;
        process.setWorkingDirectory(path(QString()));
        process.start(QStringLiteral("git"), all);
        QVERIFY(process.waitForFinished());
        QVERIFY2(process.exitCode() == 0, process.readAllStandardError().constData());
    }

    std::unique_ptr<QTemporaryDir> m_place;
};

int rebuild_command_test(int argc, char** argv)
{
    RebuildCommandTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "rebuild_command_test.moc"
