// SPDX-License-Identifier: GPL-3.0-or-later
// Folders of every form, read by us and loaded by real Alembic: both have to say the same.
#include "core/scripts/ini_file.h"
#include "core/scripts/script_directory.h"

#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTest>

#include <algorithm>

using namespace sightglass;

namespace {

QString caseFolder()
{
    return QStringLiteral(SIGHTGLASS_TEST_DATA) + QStringLiteral("/scripts/cases");
}

/// Output of Debian's Python with Alembic; a null document when it did not end well.
QByteArray python(const QStringList& arguments)
{
    QProcess process;
    process.start(QStringLiteral("/usr/bin/python3"), arguments);
    if (!process.waitForFinished(60'000)) {
        process.kill();
        process.waitForFinished(5'000);
        return {};
    }
    return process.readAllStandardOutput();
}

QStringList ids(const std::vector<RevisionReference>& references)
{
    QStringList result;
    for (const RevisionReference& one : references)
        result.append(QString::fromStdString(one.id));
    result.sort();
    return result;
}

QStringList ids(const QJsonValue& value)
{
    QStringList result;
    for (const QJsonValue& one : value.toArray())
        result.append(one.toString());
    return result;
}

QString line(const QString& id,
             const QStringList& down,
             const QStringList& needs,
             const QStringList& labels,
             const QString& message)
{
    return id + QStringLiteral(" <- ") + down.join(QLatin1Char(',')) + QStringLiteral(" | ") +
           needs.join(QLatin1Char(',')) + QStringLiteral(" | ") + labels.join(QLatin1Char(',')) +
           QStringLiteral(" | ") + message;
}

} // namespace

class ReadingTest : public QObject
{
    Q_OBJECT

    static Scripts read(const QString& folder)
    {
        Project project;
        project.versionLocations = {folder.toStdString()};
        project.recursive = folder.endsWith(QStringLiteral("nested"));
        auto scripts = readScripts(DiskFileSystem(), project, {});
        return scripts ? *scripts : Scripts{};
    }

    static QJsonObject alembic(const QString& folder)
    {
        QStringList arguments{
            QStringLiteral(SIGHTGLASS_SOURCE_DIR "/tests/support/alembic_oracle.py"), folder};
        if (folder.endsWith(QStringLiteral("nested")))
            arguments.append(QStringLiteral("--recursive"));
        return QJsonDocument::fromJson(python(arguments)).object();
    }

private Q_SLOTS:

    void saysWhatAlembicSays_data()
    {
        QTest::addColumn<QString>("folder");
        for (const QString& name : QDir(caseFolder()).entryList(QDir::Dirs | QDir::NoDotAndDotDot))
            QTest::newRow(qPrintable(name)) << caseFolder() + QLatin1Char('/') + name;
    }

    void saysWhatAlembicSays()
    {
        QFETCH(QString, folder);
        const Scripts ours = read(folder);
        const QJsonObject theirs = alembic(folder);
        QVERIFY2(!theirs.isEmpty(),
                 "real Alembic gave no answer; install the Debian package alembic");
        if (theirs.contains(QStringLiteral("error"))) {
            const std::string error = theirs[QStringLiteral("error")].toString().toStdString();
            const std::string message = theirs[QStringLiteral("message")].toString().toStdString();
            const bool named = std::ranges::any_of(ours.problems, [&](const FileProblem& one) {
                return one.alembic.find(error) != std::string::npos || one.alembic == message ||
                       one.alembic.find("exception raised there") != std::string::npos;
            });
            QVERIFY2(named, ("no problem of ours says " + error + ": " + message).c_str());
            return;
        }
        for (const FileProblem& problem : ours.problems)
            QVERIFY2(problem.alembic.empty(), (problem.detail + " | " + problem.alembic).c_str());
        QStringList left;
        for (const Revision& one : ours.revisions)
            left.append(line(QString::fromStdString(one.id),
                             ids(one.down),
                             ids(one.dependsOn),
                             ids(one.labels),
                             QString::fromStdString(one.message)));
        QStringList right;
        for (const QJsonValue& one : theirs[QStringLiteral("revisions")].toArray())
            right.append(line(one[QStringLiteral("id")].toString(),
                              ids(one[QStringLiteral("down")]),
                              ids(one[QStringLiteral("depends_on")]),
                              ids(one[QStringLiteral("own_labels")]),
                              one[QStringLiteral("message")].toString()));
        left.sort();
        right.sort();
        QCOMPARE(left.join(QLatin1Char('\n')), right.join(QLatin1Char('\n')));
    }

    void readsAnIniAsConfigParser()
    {
        static constexpr const char* text =
            "# top\n[DEFAULT]\nshared = s%%\n[alembic]\nA = 1  # no comment\nb: two = 2\nc =\n   "
            "more\n\n"
            "   ; gone\n   lines %(shared)s\nd = %(a)s/%(b)s/%(here)s\n[x] ; y]\nq = [z]\n";
        const QByteArray script =
            "import configparser,json,sys\n"
            "p=configparser.ConfigParser({'here':'/p'})\np.read_string(sys.argv[1])\n"
            "print(json.dumps({s:dict(p.items(s)) for s in p.sections()}))\n";
        const auto theirs =
            QJsonDocument::fromJson(
                python({QStringLiteral("-c"), QString::fromUtf8(script), QString::fromUtf8(text)}))
                .object();
        const auto ours = IniFile::parse(text, "/p/alembic.ini", "/p");
        QVERIFY(ours.has_value());
        QCOMPARE(static_cast<int>(ours->sections().size()), static_cast<int>(theirs.size()));
        QVERIFY(!theirs.isEmpty());
        for (const QString& section : theirs.keys()) {
            const QJsonObject options = theirs[section].toObject();
            for (const QString& option : options.keys()) {
                const auto value = ours->value(section.toStdString(), option.toStdString());
                QCOMPARE(QString::fromStdString(value->value()), options[option].toString());
            }
        }
    }
};

int reading_test(int argc, char** argv)
{
    ReadingTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "reading_test.moc"
