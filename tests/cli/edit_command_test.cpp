// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/cli/run_cli.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

using namespace sightglass;
using namespace sightglass::tests;

/// Edits of the chain through the whole program, beside real Alembic.
class EditCommandTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void init()
    {
        qunsetenv("SIGHTGLASS_DSN");
        m_place = std::make_unique<QTemporaryDir>();
        qputenv("SIGHTGLASS_DATA", m_place->filePath(QStringLiteral("data")).toUtf8());
        makeProject(QStringLiteral("shop"));
    }

    void aDryRunShowsTheDiffAndChangesNothing()
    {
        const CliRun run = edit({"repoint", "ccc", "aaa", "--dry-run"});
        QVERIFY2(run.status == 0, run.err.c_str());
        QVERIFY2(contains(run.out, "-down_revision = 'bbb'\n"), run.out.c_str());
        QVERIFY(contains(run.out, "+down_revision = 'aaa'\n"));
        QVERIFY(contains(run.out, "runs without --dry-run"));
        QCOMPARE(alembic({QStringLiteral("heads")}), QStringLiteral("ccc (head)\nddd (head)\n"));
    }

    void whatItLeavesIsWhatAlembicReads()
    {
        const CliRun run = edit({"repoint", "ccc", "ddd"});
        QVERIFY2(run.status == 0, run.err.c_str());
        QCOMPARE(alembic({QStringLiteral("heads")}), QStringLiteral("bbb (head)\nccc (head)\n"));
        const CliRun back = edit({"undo", "--confirm", "shop"});
        QVERIFY2(back.status == 0, back.err.c_str());
        QCOMPARE(alembic({QStringLiteral("heads")}), QStringLiteral("ccc (head)\nddd (head)\n"));
    }

    /// The same file as `alembic merge`, but for the time in it.
    void mergesAsAlembicDoes_data()
    {
        QTest::addColumn<QString>("settings");
        QTest::newRow("as it comes") << QString();
        QTest::newRow("named by date") << QStringLiteral(
            "file_template = %%(year)d_%%(month).2d_%%(day).2d-%%(rev)s_%%(slug)s\n"
            "truncate_slug_length = 12\n");
    }

    void mergesAsAlembicDoes()
    {
        QFETCH(const QString, settings);
        append(QStringLiteral("shop/alembic.ini"), settings.toUtf8());
        makeProject(QStringLiteral("theirs"));
        append(QStringLiteral("theirs/alembic.ini"), settings.toUtf8());
        const CliRun run = edit({"merge", "-m", "Join: both, of them", "--rev-id", "c0ffee"});
        QVERIFY2(run.status == 0, run.err.c_str());
        alembic({QStringLiteral("merge"),
                 QStringLiteral("heads"),
                 QStringLiteral("-m"),
                 QStringLiteral("Join: both, of them"),
                 QStringLiteral("--rev-id"),
                 QStringLiteral("c0ffee")},
                QStringLiteral("theirs"));
        QCOMPARE(versions(QStringLiteral("shop")), versions(QStringLiteral("theirs")));
        QCOMPARE(alembic({QStringLiteral("heads")}), QStringLiteral("c0ffee (head)\n"));
    }

    void aBrokenChainIsMendedByARename()
    {
        QVERIFY(QFile::rename(file(QStringLiteral("shop"), QStringLiteral("ccc_x.py")),
                              file(QStringLiteral("shop"), QStringLiteral("bad_x.py"))));
        const CliRun run = edit({"rename", "bad_x.py", "--format", "json"});
        QVERIFY2(run.status == 0, run.err.c_str());
        QVERIFY(run.json().contains(QStringLiteral("plan")));
        QVERIFY(QFile::exists(file(QStringLiteral("shop"), QStringLiteral("ccc_about_ccc.py"))));
    }

    void refusalsSayWhatToDo()
    {
        const CliRun cycle = edit({"repoint", "aaa", "ccc"});
        QCOMPARE(cycle.status, 4);
        QVERIFY2(isOneErrorLine(cycle.err), cycle.err.c_str());
        const CliRun unknown = edit({"repoint", "nowhere", "ccc"});
        QCOMPARE(unknown.status, 2);
        QVERIFY2(isOneErrorLine(unknown.err), unknown.err.c_str());
        const CliRun nothing = edit({"merge", "ccc"});
        QCOMPARE(nothing.status, 2);
        const CliRun taken = edit({"new-id", "ccc", "--id", "aaa"});
        QCOMPARE(taken.status, 2);
        append(QStringLiteral("shop/migrations/versions/eee_x.py"),
               "D = 'aaa'\nrevision = 'eee'\ndown_revision = D\n");
        const CliRun computed = edit({"repoint", "eee", "bbb"});
        QCOMPARE(computed.status, 4);
        QVERIFY2(contains(computed.err, "by hand"), computed.err.c_str());
    }

private:
    void makeProject(const QString& name) const
    {
        QVERIFY(QDir(m_place->path()).mkpath(name + QStringLiteral("/migrations/versions")));
        append(name + QStringLiteral("/alembic.ini"), "[alembic]\nscript_location = migrations\n");
        append(name + QStringLiteral("/migrations/env.py"), "");
        QFile mako(QStringLiteral(SIGHTGLASS_TEST_DATA "/cli/script.py.mako"));
        QVERIFY(mako.open(QIODevice::ReadOnly));
        append(name + QStringLiteral("/migrations/script.py.mako"), mako.readAll());
        for (const auto& [id, down] : {std::pair("aaa", "None"),
                                       std::pair("bbb", "'aaa'"),
                                       std::pair("ccc", "'bbb'"),
                                       std::pair("ddd", "'aaa'")})
            append(name + QStringLiteral("/migrations/versions/%1_x.py").arg(QLatin1String(id)),
                   QByteArray("\"\"\"about ") + id + "\"\"\"\nrevision = '" + id +
                       "'\ndown_revision = " + down + "\n");
    }

    void append(const QString& name, const QByteArray& text) const
    {
        QFile one(m_place->filePath(name));
        QVERIFY(one.open(QIODevice::Append));
        one.write(text);
    }

    CliRun edit(std::vector<std::string> arguments) const
    {
        arguments.push_back("--project");
        arguments.push_back(m_place->filePath(QStringLiteral("shop")).toStdString());
        return runCli(arguments);
    }

    QString file(const QString& project, const QString& name) const
    {
        return m_place->filePath(project + QStringLiteral("/migrations/versions/") + name);
    }

    QString alembic(const QStringList& arguments,
                    const QString& project = QStringLiteral("shop")) const
    {
        QProcess process;
        process.setWorkingDirectory(m_place->filePath(project));
        process.start(QStringLiteral("/usr/bin/python3"),
                      QStringList{QStringLiteral("-B"),
                                  QStringLiteral("-m"),
                                  QStringLiteral("alembic.config")} +
                          arguments);
        process.waitForFinished();
        QStringList lines = QString::fromUtf8(process.readAllStandardOutput())
                                .split(QLatin1Char('\n'), Qt::SkipEmptyParts);
        lines.sort(); // Alembic's order is that of a set
        return lines.isEmpty() ? QString() : lines.join(QLatin1Char('\n')) + QLatin1Char('\n');
    }

    /// Names and contents, without the time.
    QByteArray versions(const QString& project) const
    {
        QByteArray all;
        const QDir folder(file(project, QString()));
        for (const QString& name : folder.entryList(QDir::Files, QDir::Name)) {
            QFile one(folder.filePath(name));
            all += one.open(QIODevice::ReadOnly) ? name.toUtf8() + "\n" : QByteArray();
            while (!one.atEnd()) {
                const QByteArray line = one.readLine();
                all += line.startsWith("Create Date:") ? QByteArray() : line;
            }
        }
        return all;
    }

    std::unique_ptr<QTemporaryDir> m_place;
};

int edit_command_test(int argc, char** argv)
{
    EditCommandTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "edit_command_test.moc"
